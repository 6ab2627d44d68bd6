import { Command } from 'commander'
import { eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import { type Tx, transact } from '../db/open.ts'
import { units } from '../db/schema.ts'
import { activeRound, type Round, roundByCode } from '../workflow/rounds.ts'
import { phaseOf } from '../workflow/rules/round-window.ts'
import { nationStatus } from '../workflow/status.ts'
import { type LaoLine, laoLines } from '../workflow/structure.ts'
import { childrenOf, codeOf, type Unit, unitByAnyCode, unitByCode } from '../workflow/unit.ts'
import { closingReport } from './closing-report.ts'
import { withSession } from './session.ts'

const PHASE = {
  draft: 'ยังไม่เปิด',
  recording: 'เปิดบันทึก',
  confirming: 'เปิดยืนยัน',
  recording_closed: 'ปิดการบันทึกแล้ว',
  closed: 'ปิดรอบแล้ว',
  archived: 'เก็บเข้าแฟ้มแล้ว',
} as const
const STATE = { open: 'ยังไม่ยืนยัน', confirmed: 'ยืนยันแล้ว', not_required: 'ไม่ต้องยืนยัน', not_applicable: '-' } as const

/** `lec status`: who has confirmed and who has not, for the nation, a province or an LAO (R3). */
export function statusCommand(): Command {
  return new Command('status')
    .description('สถานะการยืนยัน / who has confirmed, who is left')
    .option('--round <code>', 'round (default: the active one)')
    .option('--unit <code>', 'code of an LAO or institution; P and two digits for a province')
    .option('--closing', 'what the close leaves: never confirmed, fallen back, after due, late acts, found later')
    .option('--json', 'print as JSON')
    .action((options: { round?: string; unit?: string; closing?: boolean; json?: boolean }) =>
      withSession(({ database, clock }) => {
        const now = clock.now()
        const lines = transact(database.db, (tx) => report(tx, options, now))
        if (options.json) console.log(JSON.stringify(lines.json))
        else console.log(lines.text.join('\n'))
      }),
    )
}

function report(
  tx: Tx,
  options: { round?: string; unit?: string; closing?: boolean },
  now: number,
): { text: string[]; json: unknown } {
  const round = options.round ? roundByCode(tx, options.round) : activeRound(tx)
  if (!round) throw new AppError('ยังไม่มีรอบที่เปิดใช้งาน เพิ่มด้วย: lec round add 2567/1 --activate', { code: 'not-found' })
  const head = [`ปีการศึกษา ${round.schoolYear} (ครั้งที่ ${round.term}) ${PHASE[phaseOf(round, now)]}`]
  if (options.closing) return closing(tx, { round, code: options.unit, head }, now)
  if (!options.unit) return nation(tx, round, now, head)
  const named = unitByAnyCode(tx, options.unit)
  const unit = named?.unit
  if (named?.former) head.push(`${options.unit} เป็นรหัสเดิมของ${named.unit.name} รหัสปัจจุบัน ${named.code ?? '-'}`)
  if (!unit) throw new AppError(`ไม่รู้จักหน่วยงานรหัส ${options.unit}`, { code: 'not-found' })
  const laos = unit.level === 'province' ? childrenOf(tx, { unitId: unit.id, level: 'lao' }, now) : [laoOf(tx, unit)]
  const lines = laoLines(tx, { roundId: round.id, laos }, now)
  return { text: [...head, ...lines.flatMap((line) => laoText(tx, line))], json: lines }
}

function closing(
  tx: Tx,
  input: { round: Round; code: string | undefined; head: string[] },
  now: number,
): { text: string[]; json: unknown } {
  const province = input.code ? unitByCode(tx, input.code) : null
  if (input.code && province?.level !== 'province')
    throw new AppError(`--closing ใช้กับทั้งประเทศหรือจังหวัด ${input.code} ไม่ใช่จังหวัด`, { code: 'bad-input' })
  const { text, json } = closingReport(tx, { round: input.round, province }, now)
  return { text: [...input.head, ...text], json }
}

function laoOf(tx: Tx, unit: Unit): Unit {
  if (unit.level === 'lao') return unit
  const parent = unit.parentId ? tx.select().from(units).where(eq(units.id, unit.parentId)).get() : null
  if (parent?.level !== 'lao') throw new AppError(`${unit.name} ไม่ใช่ อปท. หรือสถานศึกษา`, { code: 'bad-input' })
  return parent
}

function laoText(tx: Tx, line: LaoLine): string[] {
  const overview = `ภาพรวม ${STATE[line.overview]}, สังกัดอื่น ${STATE[line.otherCounts]}${line.marked ? ', จังหวัดตรวจสอบแล้ว' : ''}`
  const children = line.institutions.map((child) => {
    const figure = child.reportedCount ?? child.counted
    const trouble = child.errors > 0 ? ` ต้องแก้ไข ${child.errors} ราย` : ''
    return `  ${codeOf(tx, child.id)} ${child.name}: ${STATE[child.state]}${figure === null ? '' : ` ${figure} คน`}${trouble}${child.drifted ? ' (ตารางถูกแก้หลังยืนยัน)' : ''}`
  })
  return [`${codeOf(tx, line.id)} ${line.name}: ${overview}`, ...children]
}

function nation(tx: Tx, round: Round, now: number, head: string[]): { text: string[]; json: unknown } {
  const department = tx.select().from(units).where(eq(units.level, 'department')).get()
  if (!department) throw new AppError('ยังไม่มีหน่วยงาน นำเข้าด้วย: lec import units FILE.csv', { code: 'not-found' })
  const status = nationStatus(tx, { round, departmentId: department.id }, now)
  const lines = status.provinces.map(
    (province) =>
      `${codeOf(tx, province.id)} ${province.name}: ${province.confirmed ? 'ยืนยันแล้ว' : 'ยังไม่ยืนยัน'} อปท. ครบ ${province.complete}/${province.laos} แห่ง ${province.counted} คน`,
  )
  return { text: [...head, ...lines], json: status }
}
