import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { AppError } from '../app-error.ts'
import { type Tx, transact } from '../db/open.ts'
import { policyOf, setReminderPolicy } from '../workflow/remind-policy.ts'
import { roundByCode } from '../workflow/rounds.ts'
import { policyLines } from './reminders-report.ts'
import { withSession } from './session.ts'

type Options = { set?: string; usual?: boolean }

/** `lec round reminders CODE`: shows a round's reminder policy, or sets it from a JSON file. */
export function roundRemindersCommand(): Command {
  return new Command('reminders')
    .description('แผนการเตือนของรอบ / show or set who is reminded when; what a file leaves out is as usual')
    .argument('<code>', 'e.g. 2567/1')
    .addOption(new Option('--set <file>', 'a policy as JSON, as this command prints it').conflicts('usual'))
    .option('--usual', 'give the round the usual policy again')
    .action((code: string, options: Options) =>
      withSession(({ database, clock }) => {
        const lines = transact(database.db, (tx) => run(tx, { code, options }, clock.now()))
        console.log(lines.join('\n'))
      }),
    )
}

function run(tx: Tx, input: { code: string; options: Options }, now: number): string[] {
  const { code, options } = input
  const round = roundByCode(tx, code)
  if (!round) throw new AppError(`ไม่รู้จักรอบ ${code}`, { code: 'not-found' })
  if (options.set === undefined && !options.usual) return policyLines(policyOf(round), round.reminderPolicy !== null)
  const given = options.set === undefined ? null : readJson(options.set)
  const set = setReminderPolicy(tx, { code, given }, now)
  if (!set.ok) throw new AppError(`แผนการเตือนใช้ไม่ได้: ${set.problems.join('; ')}`, { code: 'bad-input' })
  return policyLines(set.policy, given !== null)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new AppError(`${file}: อ่านเป็น JSON ไม่ได้`, { code: 'bad-input', cause })
  }
}
