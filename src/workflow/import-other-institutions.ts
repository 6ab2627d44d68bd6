import { and, eq } from 'drizzle-orm'
import type { Instant, OtherInstitutionId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { otherCounts, otherInstitutions } from '../db/schema.ts'
import { bringBaselines } from './carry-forward.ts'
import { appendEvent, type EventType } from './event-log.ts'
import { roundById } from './rounds.ts'
import { unitByAnyCode } from './unit.ts'
import { bangkokMidnight, type ImportProblem, type UnitRow } from './units-file.ts'

export type OthersReport = {
  added: number
  changed: number
  closed: number
  unchanged: number
  warnings: ImportProblem[]
}
type Wanted = {
  line: number
  laoId: UnitId
  code: string
  name: string
  affiliation: string
  baseline: number | null
  baselineDate: string | null
  closed: Instant | null
}

/**
 * Imports the institutions of other affiliations that LAOs fund (R5, R23): columns lao_code, code, name_th, affiliation,
 * baseline, baseline_date, closed (ISO days). All or nothing; the baseline belongs to the given round, and where the file gives
 * none it is what was confirmed in the last closed one. One that is announced abolished while the round runs stays in it: its LAO
 * records 0 with the reason (R24); before the round opens it is closed.
 */
export function importOtherInstitutions(
  tx: Tx,
  input: { rows: readonly UnitRow[]; roundId: RoundId },
  now: Instant,
): { ok: true; report: OthersReport } | { ok: false; problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  const warnings: ImportProblem[] = []
  const seen = new Set<string>()
  const wanted = input.rows.map((row) => readRow(tx, { row, seen, problems, warnings })).filter((row) => row !== null)
  if (problems.length > 0) return { ok: false, problems }
  const report = { added: 0, changed: 0, closed: 0, unchanged: 0, warnings }
  const round = roundById(tx, input.roundId)
  const writing = { roundId: round.id, hasBegun: now >= round.recordingOpensAt, report }
  for (const row of wanted) report[writeRow(tx, { ...writing, row }, now)] += 1
  for (const laoId of new Set(wanted.map((row) => row.laoId))) bringBaselines(tx, { roundId: round.id, laoId })
  return { ok: true, report }
}

function readRow(
  tx: Tx,
  input: { row: UnitRow; seen: Set<string>; problems: ImportProblem[]; warnings: ImportProblem[] },
): Wanted | null {
  const { line, cells } = input.row
  const cell = (name: string) => (cells[name] ?? '').trim()
  const before = input.problems.length
  const add = (words: string) => input.problems.push({ line, words })
  const found = unitByAnyCode(tx, cell('lao_code'))
  const lao = found?.unit
  if (lao?.level !== 'lao') add(`ไม่รู้จัก อปท. รหัส ${cell('lao_code')}`)
  const code = cell('code')
  if (!/^[0-9]{8,10}$/.test(code)) add(`รหัสสถานศึกษา "${code}" ต้องเป็นตัวเลข 8 ถึง 10 หลัก`)
  if (cell('name_th') === '') add('ไม่มีชื่อ (name_th)')
  const key = `${lao?.id ?? cell('lao_code')}/${code}`
  if (input.seen.has(key)) add(`รหัส ${code} ซ้ำในไฟล์`)
  input.seen.add(key)
  const baseline = cell('baseline')
  if (baseline !== '' && !/^[0-9]+$/.test(baseline)) add(`ยอดฐานข้อมูล "${baseline}" ต้องเป็นจำนวนเต็ม`)
  if (baseline !== '' && !isDate(cell('baseline_date'))) add('ยอดฐานข้อมูลต้องมีวันที่ (baseline_date) แบบ YYYY-MM-DD')
  const closed = bangkokMidnight(cell('closed'))
  if (cell('closed') !== '' && closed === null) add(`วันที่ (closed) "${cell('closed')}" ต้องเป็นแบบ YYYY-MM-DD ปี ค.ศ.`)
  if (lao?.level === 'lao' && lao.closedAt !== null) add(`อปท. รหัส ${cell('lao_code')} (${lao.name}) ปิดแล้ว`)
  if (!lao || input.problems.length > before) return null
  if (found?.former) input.warnings.push({ line, words: `${cell('lao_code')} เป็นรหัสเดิมของ${lao.name}` })
  return {
    line,
    laoId: lao.id,
    code,
    name: cell('name_th'),
    affiliation: cell('affiliation') || 'สังกัดอื่น',
    baseline: baseline === '' ? null : Number(baseline),
    baselineDate: baseline === '' ? null : cell('baseline_date'),
    closed,
  }
}

type Writing = { row: Wanted; roundId: RoundId; hasBegun: boolean; report: OthersReport }
type Written = 'added' | 'changed' | 'closed' | 'unchanged'

function writeRow(tx: Tx, input: Writing, now: Instant): Written {
  const { row, roundId, hasBegun, report } = input
  const warn = (words: string) => report.warnings.push({ line: row.line, words })
  const { laoId, code, name, affiliation } = row
  const known = tx
    .select()
    .from(otherInstitutions)
    .where(and(eq(otherInstitutions.laoId, laoId), eq(otherInstitutions.code, code)))
    .get()
  const isOver = row.closed !== null && row.closed <= now
  if (known?.closedAt || (!known && isOver)) {
    if (!isOver || !known) warn(`${name} ปิดแล้ว จึงไม่นำเข้า`)
    return 'unchanged'
  }
  if (known && isOver && !hasBegun) {
    tx.update(otherInstitutions).set({ closedAt: now }).where(eq(otherInstitutions.id, known.id)).run()
    record(tx, { type: 'other-institution-closed', id: known.id, row, roundId }, now)
    return 'closed'
  }
  if (isOver) warn(`${name} ประกาศเลิกระหว่างรอบ ยังอยู่ในรอบนี้: ให้ อปท. บันทึก 0 พร้อมเหตุผล และนำเข้าอีกครั้งก่อนเปิดรอบหน้า`)
  const facts = { laoId, code, name, affiliation }
  const id = known?.id ?? tx.insert(otherInstitutions).values(facts).returning({ id: otherInstitutions.id }).get().id
  const renamed = known?.name !== name || known.affiliation !== affiliation
  if (known && renamed) tx.update(otherInstitutions).set(facts).where(eq(otherInstitutions.id, known.id)).run()
  const rebased = writeBaseline(tx, { id, roundId, row })
  if (known && !renamed && !rebased) return 'unchanged'
  record(tx, { type: known ? 'other-institution-changed' : 'other-institution-added', id, row, roundId }, now)
  return known ? 'changed' : 'added'
}

/** Whether the round's baseline became another one; what the LAO entered stays as it is. */
function writeBaseline(tx: Tx, input: { id: OtherInstitutionId; roundId: RoundId; row: Wanted }): boolean {
  const { id, roundId } = input
  const { baseline, baselineDate } = input.row
  const before = tx
    .select({ baseline: otherCounts.baseline, baselineDate: otherCounts.baselineDate })
    .from(otherCounts)
    .where(and(eq(otherCounts.roundId, roundId), eq(otherCounts.otherInstitutionId, id)))
    .get()
  tx.insert(otherCounts)
    .values({ roundId, otherInstitutionId: id, baseline, baselineDate })
    .onConflictDoUpdate({
      target: [otherCounts.roundId, otherCounts.otherInstitutionId],
      set: { baseline, baselineDate },
    })
    .run()
  return baseline !== null && (before?.baseline !== baseline || before.baselineDate !== baselineDate)
}

function record(
  tx: Tx,
  input: { type: EventType; id: OtherInstitutionId; row: Wanted; roundId: RoundId },
  now: Instant,
): void {
  const { type, id, roundId } = input
  const { laoId, code, name, affiliation, baseline, baselineDate, closed } = input.row
  const data = { otherInstitutionId: id, code, name, affiliation, baseline, baselineDate, closed, by: 'file' }
  appendEvent(tx, { at: now, type, roundId, unitId: laoId, data })
}

function isDate(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
