import { Command, Option } from 'commander'
import { type ExportOptions, runExport } from './export/run-export.ts'
import { openProgress } from './progress.ts'
import { withSession } from './session.ts'

/** `lec export` (R2): everything that is confirmed, and for the rest that it is not. */
export function exportCommand(): Command {
  return new Command('export')
    .description('ส่งออกข้อมูลที่ยืนยันแล้ว / export what is confirmed, as XLSX and CSV')
    .requiredOption('--round <code>', 'round, e.g. 2567/1')
    .addOption(new Option('--province <code>', 'one province, e.g. P30').conflicts('lao'))
    .option('--lao <code>', 'one LAO')
    .option('--out <dir>', 'folder in which the export folder is made', '.')
    .addOption(new Option('--format <format>', 'what to write').choices(['xlsx', 'csv', 'both']).default('both'))
    .option('--rosters', 'also the confirmed pupil lists, full numbers in them, in the column order of LEC’s RPT318')
    .addHelpText(
      'after',
      '\nExit status: 0 done; 1 refused, or written with figures that differ without a known cause; 2 wrong use.',
    )
    .action((options: ExportOptions) =>
      withSession(async ({ database, clock }) => {
        const progress = openProgress({ now: Date.now, out: process.stderr })
        const { said, unexplained } = await runExport({ database, clock, tell: progress.tell }, options).finally(
          progress.end,
        )
        console.log(said.join('\n'))
        if (unexplained === 0) return
        console.error('lec: มียอดที่ต่างกันโดยไม่ทราบสาเหตุ โปรดดูแผ่น ตรวจยอด')
        process.exitCode = 1
      }),
    )
}
