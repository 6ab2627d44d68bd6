#!/usr/bin/env node
import { Command } from 'commander'
import { AppError } from './app-error.ts'

/** Every command of `lec`. Each is loaded only when it is asked for: most of the start-up time is imports. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  import: async () => (await import('./cli/import-file.ts')).importCommand(),
  unit: async () => (await import('./cli/unit.ts')).unitCommand(),
  round: async () => (await import('./cli/round.ts')).roundCommand(),
  extend: async () => (await import('./cli/extend.ts')).extendCommand(),
  reminders: async () => (await import('./cli/reminders.ts')).remindersCommand(),
  nudge: async () => (await import('./cli/nudge.ts')).nudgeCommand(),
  invite: async () => (await import('./cli/invite.ts')).inviteCommand(),
  appoint: async () => (await import('./cli/appoint.ts')).appointCommand(),
  line: async () => (await import('./cli/line.ts')).lineCommand(),
  announce: async () => (await import('./cli/announce.ts')).announceCommand(),
  outbox: async () => (await import('./cli/outbox.ts')).outboxCommand(),
  sheets: async () => (await import('./cli/sheets.ts')).sheetsCommand(),
  sync: async () => (await import('./cli/sync.ts')).syncCommand(),
  status: async () => (await import('./cli/status.ts')).statusCommand(),
  export: async () => (await import('./cli/export.ts')).exportCommand(),
  'spot-check': async () => (await import('./cli/spot-check.ts')).spotCheckCommand(),
  evidence: async () => (await import('./cli/evidence.ts')).evidenceCommand(),
  'verify-log': async () => (await import('./cli/verify-log.ts')).verifyLogCommand(),
  gallery: async () => (await import('./cli/gallery.ts')).galleryCommand(),
  'check-roster': async () => (await import('./cli/check-roster.ts')).checkRosterCommand(),
}

/** The `lec` command with what `args` ask for, or with everything when they name nothing known. */
export async function lecCommand(args: readonly string[]): Promise<Command> {
  const lec = new Command('lec')
    .description('LEC Confirm: การยืนยันจำนวนนักเรียนและเด็กเล็กในระบบ LEC')
    .helpOption('-h, --help', 'แสดงวิธีใช้ / show help')
    .addHelpText(
      'after',
      '\nSettings come from the environment or .env (see .env.example).\nExit status: 0 done, 1 refused or failed, 2 wrong use.',
    )
  const asked = COMMANDS[args[0] ?? '']
  const loaders = asked ? [asked] : Object.values(COMMANDS)
  for (const load of loaders) lec.addCommand(await load())
  exitWithTwo(lec)
  return lec
}

/** Wrong use ends with 2, here and in every subcommand; help and version with 0. */
function exitWithTwo(command: Command): void {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  for (const sub of command.commands) exitWithTwo(sub)
}

if (import.meta.main) {
  const args = process.argv.slice(2)
  try {
    await (await lecCommand(args)).parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    process.stderr.write(`lec: ${error.message}\n`)
    process.exitCode = error.code === 'bad-config' ? 2 : 1
  }
}
