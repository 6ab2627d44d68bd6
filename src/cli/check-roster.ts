import { Command } from 'commander'
import { type FileFault, readRosterFile } from '../sheets/file-grid.ts'
import { findRosterColumns, type RosterGrid, toRawRows } from '../sheets/roster-columns.ts'
import { type CalendarDate, dayExists, schoolYearOf } from '../workflow/rules/roster/calendar.ts'
import { columnHeader, type InstitutionKind } from '../workflow/rules/roster/columns.ts'
import { judgeRoster } from '../workflow/rules/roster/judge-roster.ts'
import type { JudgeContext } from '../workflow/rules/roster/judge-row.ts'
import { maskNumbers } from '../workflow/rules/roster/mask-id.ts'
import type { Problem } from '../workflow/rules/roster/problem.ts'
import { type RosterTotals, rosterTotals } from '../workflow/rules/roster/roster-totals.ts'
import { unreadColumns, unreadWords } from './unread-columns.ts'

/** `isTable`: false when the header was not understood, so that no row was looked at. */
type Judged = { isTable: boolean; problems: Problem[]; totals: RosterTotals; unread: string | null }
type Options = { kind?: string; asOf?: string; json?: boolean }

const exitWithErrors = 1
const exitUnusable = 2

/** `lec check-roster`: a roster file under the very rules of the sync. Exit 0 without errors, 1 with, 2 when it cannot judge. */
export function checkRosterCommand(): Command {
  return new Command('check-roster')
    .description('ตรวจไฟล์รายชื่อด้วยกฎเดียวกับการนำเข้าจริง / check a roster file with the rules of the sync')
    .argument('[file]', 'ไฟล์ CSV (UTF-8, Windows-874) หรือ XLSX หัวตารางอยู่แถวที่ 1 / CSV or XLSX, header in row 1')
    .option('--kind <kind>', 'ประเภทสถานศึกษา / kind of institution: school, college, child_centre')
    .option('--as-of <date>', 'วันที่สำรวจข้อมูล (ค.ศ.) / as-of date in CE: YYYY-MM-DD')
    .option('--json', 'แสดงผลเป็น JSON / print {problems, totals} as JSON')
    .addHelpText('after', '\nExit status: 0 no error, 1 errors in the roster, 2 unreadable file or wrong arguments.')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : exitUnusable))
    .action(checkRoster)
}

async function checkRoster(file: string | undefined, options: Options): Promise<void> {
  const kind = readKind(options.kind)
  const asOf = readAsOf(options.asOf)
  if (file === undefined || kind === null || asOf === null) {
    return refuse([
      ...(file === undefined ? ['ไม่ได้ระบุไฟล์ / missing FILE: lec check-roster FILE.csv|FILE.xlsx'] : []),
      ...(kind === null ? ['--kind ต้องเป็น / must be one of: school, college, child_centre'] : []),
      ...(asOf === null ? ['--as-of ต้องเป็นวันที่ ค.ศ. / must be a CE date YYYY-MM-DD, e.g. 2024-06-10'] : []),
    ])
  }
  const reading = await readRosterFile(file)
  if (!reading.ok) return refuse([`${file}: ${faultWords[reading.why]}${reading.detail ? ` (${reading.detail})` : ''}`])
  const judged = judge(reading.grid, { kind, asOf, schoolYear: schoolYearOf(asOf) })
  process.stdout.write(options.json === true ? asJson(judged) : asText(judged))
  if (options.json === true && judged.unread !== null) process.stderr.write(`lec check-roster: ${judged.unread}\n`)
  if (judged.problems.some(({ severity }) => severity === 'error')) process.exitCode = exitWithErrors
}

const faultWords: Record<FileFault, string> = {
  'not-found': 'เปิดไฟล์ไม่ได้ / cannot open the file',
  'old-excel':
    'เป็นไฟล์ Excel รุ่นเก่า (.xls) หรือใส่รหัสผ่านไว้ โปรดบันทึกเป็น .xlsx หรือ .csv / old or protected Excel file, save as .xlsx or .csv',
  'not-a-table': 'ไม่ใช่ไฟล์ CSV หรือ XLSX / neither CSV nor XLSX',
  broken: 'ไฟล์เสียหาย อ่านไม่ได้ / the file is broken and cannot be read',
}

function refuse(messages: readonly string[]): void {
  for (const message of messages) process.stderr.write(`lec check-roster: ${message}\n`)
  process.exitCode = exitUnusable
}

function readKind(typed: string | undefined): InstitutionKind | null {
  return typed === 'school' || typed === 'college' || typed === 'child_centre' ? typed : null
}

/** A year such as 2567 is BE and would make every pupil centuries old: refused. */
function readAsOf(typed: string | undefined): CalendarDate | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed ?? '')
  if (parts === null) return null
  const date = { year: Number(parts[1]), month: Number(parts[2]), day: Number(parts[3]) }
  return date.year >= 1900 && date.year <= 2100 && dayExists(date) ? date : null
}

function judge(grid: RosterGrid, context: JudgeContext): Judged {
  const found = findRosterColumns(grid.header)
  if (found.ok) {
    const { problems, totals } = judgeRoster(toRawRows(grid.rows, found.columns), context)
    return { isTable: true, problems, totals, unread: unreadWords(unreadColumns(grid, found.columns)) }
  }
  const problems = [found.problem]
  return { isTable: false, problems, totals: rosterTotals({ rows: 0, pupils: [], problems }), unread: null }
}

function headerOf({ column }: Problem): string | null {
  return column === null ? null : columnHeader(column)
}

function asJson({ problems, totals }: Judged): string {
  const listed = problems.map((problem) => {
    const { row, severity, code, message } = problem
    return { row, column: headerOf(problem), severity, code, message }
  })
  return `${JSON.stringify({ problems: listed, totals }, null, 2)}\n`
}

function asText({ isTable, problems, totals, unread }: Judged): string {
  const lines = problems.map((problem) => {
    const { row, severity, message, code, explained, suggestion } = problem
    const word = severity === 'error' ? 'ต้องแก้ไข' : explained === true ? 'ชี้แจงแล้ว' : 'ต้องชี้แจง'
    return `แถวที่ ${row}  ${headerOf(problem) ?? 'ทั้งแถว'}  [${word} ${code}]  ${message}${suggestion ? ` น่าจะเป็น ${maskNumbers(suggestion)}` : ''}`
  })
  if (!isTable) return `${[...lines, '', 'ยังไม่ได้อ่านรายชื่อในตาราง โปรดแก้แถวหัวตารางตามข้างต้น แล้วตรวจใหม่'].join('\n')}\n`
  const sum = [
    `ทั้งหมด ${totals.rows} ราย  ต้องแก้ไข ${totals.errors} ราย  ต้องชี้แจง ${totals.unexplainedWarnings} รายการ`,
    `นับเป็นจำนวน ${totals.counted} ราย (ชาย ${totals.male} หญิง ${totals.female} รอออกรหัส G-Code ${totals.waitingGCode})  ไม่นับ ${totals.notCounted} ราย`,
  ]
  const notes = unread === null ? [] : [unread]
  return `${[...lines, ...(lines.length > 0 ? [''] : []), ...notes, ...sum].join('\n')}\n`
}
