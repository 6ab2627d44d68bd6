import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { parse } from 'csv-parse/sync'
import { AppError } from '../app-error.ts'
import { type Tx, transact } from '../db/open.ts'
import { importOtherInstitutions } from '../workflow/import-other-institutions.ts'
import { type ImportProblem, type ImportResult, importUnits, reportOf, type UnitRow } from '../workflow/import-units.ts'
import { activeRound, roundByCode } from '../workflow/rounds.ts'
import { planUnits } from '../workflow/units-plan.ts'
import { importRosterCommand } from './import-roster.ts'
import { importLines } from './import-words.ts'
import { withSession } from './session.ts'

/** `lec import units|others FILE.csv`: everything of the file or, with every bad line named, nothing. */
export function importCommand(): Command {
  const command = new Command('import').description('นำเข้าหน่วยงานและรายชื่อจากไฟล์ / import units and rosters from files')
  command
    .command('units')
    .description(
      'LAOs (code, kind, name_th, province_code, province_th, district_th) and institutions (code, kind, name_th, lao_code); optional: former_code, opened, closed (YYYY-MM-DD), reason, letter',
    )
    .argument('<file>', 'CSV, UTF-8 or Windows-874, header in line 1')
    .option('--dry-run', 'print what would be done, do nothing')
    .option('--whole', 'the file is the whole registry: list every unit that it does not name')
    .action((file: string, options: { dryRun?: boolean; whole?: boolean }) =>
      withSession(({ database, clock }) => {
        const rows = readUnitRows(file, ['code', 'kind'])
        const isDry = options.dryRun ?? false
        const whole = options.whole ?? false
        const result = transact(database.db, (tx) =>
          isDry ? dryReport(tx, { rows, whole }, clock.now()) : importUnits(tx, rows, clock.now(), { whole }),
        )
        if (!result.ok) return refuse(file, result.problems)
        warn(file, result.report.warnings)
        console.log(importLines(result.report, { isDry }).join('\n'))
      }),
    )
  command
    .command('others')
    .description(
      'institutions of other affiliations (lao_code, code, name_th, affiliation, baseline, baseline_date, closed)',
    )
    .argument('<file>', 'CSV, UTF-8 or Windows-874, header in line 1')
    .option('--round <code>', 'round of the baseline, e.g. 2567/1 (default: the active one)')
    .action((file: string, options: { round?: string }) =>
      withSession(({ database, clock }) => {
        const rows = readUnitRows(file, ['lao_code', 'code'])
        const result = transact(database.db, (tx) => {
          const round = options.round ? roundByCode(tx, options.round) : activeRound(tx)
          if (!round)
            throw new AppError('There is no such round; add one with: lec round add 2567/1 --activate', {
              code: 'not-found',
            })
          return importOtherInstitutions(tx, { rows, roundId: round.id }, clock.now())
        })
        if (!result.ok) return refuse(file, result.problems)
        const { added, changed, closed, unchanged, warnings } = result.report
        warn(file, warnings)
        const gone = closed > 0 ? ` ปิด ${closed}` : ''
        console.log(`เพิ่ม ${added} แห่ง เปลี่ยนแปลง ${changed} ไม่เปลี่ยนแปลง ${unchanged}${gone}`)
      }),
    )
  command.addCommand(importRosterCommand())
  return command
}

/** The plan alone, as a report. */
function dryReport(tx: Tx, input: { rows: readonly UnitRow[]; whole: boolean }, now: number): ImportResult {
  const planned = planUnits(tx, input, now)
  return planned.ok ? { ok: true, report: reportOf(planned.plan) } : planned
}

const MOST_SHOWN = 50

function warn(file: string, warnings: readonly ImportProblem[]): void {
  for (const { line, words } of warnings) console.error(`${file}:${line}: ข้อสังเกต ${words}`)
}

function refuse(file: string, problems: readonly ImportProblem[]): void {
  for (const { line, words } of problems.slice(0, MOST_SHOWN)) console.error(`${file}:${line}: ${words}`)
  if (problems.length > MOST_SHOWN) console.error(`และอีก ${problems.length - MOST_SHOWN} บรรทัด`)
  console.error(`ไม่ได้นำเข้า: มี ${problems.length} บรรทัดที่ต้องแก้ไข ข้อมูลเดิมไม่เปลี่ยนแปลง`)
  process.exitCode = 1
}

/**
 * Rows of a CSV file by header, with the line numbers that an editor shows. Excel's quoting, its semicolons and tabs, and its
 * byte-order mark are understood; a row with more cells than the header has is refused, since a stray comma shifts its columns.
 */
export function readUnitRows(file: string, required: readonly string[]): UnitRow[] {
  const [head, ...records] = readRecords(file)
  const header = (head?.cells ?? []).map((name) => name.trim().toLowerCase())
  if (records.length === 0) throw new AppError(`${file}: ไม่มีข้อมูล มีแต่หัวตารางหรือไฟล์ว่าง`, { code: 'bad-input' })
  const missing = required.filter((name) => !header.includes(name))
  if (missing.length > 0) {
    throw new AppError(`${file}: หัวตารางไม่มีคอลัมน์ ${missing.join(', ')} (พบ: ${header.join(', ')})`, {
      code: 'bad-input',
    })
  }
  const shifted = records.filter(({ cells }) => cells.slice(header.length).some((cell) => cell.trim() !== ''))
  if (shifted.length > 0) {
    const lines = shifted.slice(0, MOST_SHOWN).map(({ line }) => `${file}:${line}`)
    throw new AppError(`มีช่องมากกว่าหัวตาราง ชื่อที่มีเครื่องหมายคั่นต้องอยู่ในเครื่องหมายคำพูด: ${lines.join(', ')}`, {
      code: 'bad-input',
    })
  }
  return records.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])),
  }))
}

function readRecords(file: string): { line: number; cells: string[] }[] {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    throw new AppError(`${file}: เปิดไฟล์ไม่ได้`, { code: 'bad-input', cause })
  }
  const text = decode(bytes)
  try {
    const records = parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      delimiter: delimiterOf(text),
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (cause) {
    throw new AppError(`${file}: อ่านเป็น CSV ไม่ได้ (${(cause as Error).message})`, { code: 'bad-input', cause })
  }
}

/** The sign that parts the header: names may hold the other ones. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/))
  const times = (sign: string) => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (times(sign) > times(best) ? sign : best))
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-874').decode(bytes)
  }
}
