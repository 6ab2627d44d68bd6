import { Command } from 'commander'

export type ImportRosterOptions = {
  institution: string
  round?: string
  tab?: string
  yes?: boolean
  onlyGood?: boolean
}

/** `lec import roster FILE`: a pupil list into the institution's sheet. Shows first, writes when told; removes nobody. */
export function importRosterCommand(): Command {
  return new Command('roster')
    .description(
      "LEC's RPT318, our own template or another pupil list into the institution's sheet; shows first, removes nobody",
    )
    .argument('<file>', 'XLSX, or CSV in UTF-8 or Windows-874')
    .requiredOption('--institution <code>', 'code of the school, college or child centre')
    .option('--round <code>', 'round, e.g. 2567/1 (default: the active one)')
    .option('--tab <name>', 'tab of the workbook, where several match')
    .option('--only-good', 'leave out rows in which the rules find an error')
    .option('--yes', 'write without asking; without it and without a terminal it is only shown')
    .action(async (file: string, options: ImportRosterOptions) => {
      // Google's clients cost most of the start-up time; the other imports do without them.
      const { runImport } = await import('./run-roster-import.ts')
      await runImport(file, options)
    })
}
