import { and, eq } from 'drizzle-orm'
import type { RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { otherCounts, otherInstitutions } from '../db/schema.ts'
import type { ImportProblem, UnitRow } from './import-units.ts'
import { unitByCode } from './unit.ts'

export type OthersReport = { added: number; changed: number; unchanged: number }
type Wanted = {
  laoId: UnitId
  code: string
  name: string
  affiliation: string
  baseline: number | null
  baselineDate: string | null
}

/**
 * Imports the institutions of other affiliations that LAOs fund (R5, R23): columns lao_code, code, name_th, affiliation,
 * baseline, baseline_date (ISO). All or nothing; the baseline belongs to the given round.
 */
export function importOtherInstitutions(
  tx: Tx,
  input: { rows: readonly UnitRow[]; roundId: RoundId },
): { ok: true; report: OthersReport } | { ok: false; problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  const seen = new Set<string>()
  const wanted = input.rows.map((row) => readRow(tx, { row, seen, problems })).filter((row) => row !== null)
  if (problems.length > 0) return { ok: false, problems }
  const report = { added: 0, changed: 0, unchanged: 0 }
  for (const row of wanted) writeRow(tx, { row, roundId: input.roundId, report })
  return { ok: true, report }
}

function readRow(tx: Tx, input: { row: UnitRow; seen: Set<string>; problems: ImportProblem[] }): Wanted | null {
  const { line, cells } = input.row
  const cell = (name: string) => (cells[name] ?? '').trim()
  const before = input.problems.length
  const add = (words: string) => input.problems.push({ line, words })
  const lao = unitByCode(tx, cell('lao_code'))
  if (lao?.level !== 'lao') add(`ไม่รู้จัก อปท. รหัส ${cell('lao_code')}`)
  const code = cell('code')
  if (!/^[0-9]{8,10}$/.test(code)) add(`รหัสสถานศึกษา "${code}" ต้องเป็นตัวเลข 8 ถึง 10 หลัก`)
  if (cell('name_th') === '') add('ไม่มีชื่อ (name_th)')
  const key = `${cell('lao_code')}/${code}`
  if (input.seen.has(key)) add(`รหัส ${code} ซ้ำในไฟล์`)
  input.seen.add(key)
  const baseline = cell('baseline')
  if (baseline !== '' && !/^[0-9]+$/.test(baseline)) add(`ยอดฐานข้อมูล "${baseline}" ต้องเป็นจำนวนเต็ม`)
  if (baseline !== '' && !isDate(cell('baseline_date'))) add('ยอดฐานข้อมูลต้องมีวันที่ (baseline_date) แบบ YYYY-MM-DD')
  if (!lao || input.problems.length > before) return null
  return {
    laoId: lao.id,
    code,
    name: cell('name_th'),
    affiliation: cell('affiliation') || 'สังกัดอื่น',
    baseline: baseline === '' ? null : Number(baseline),
    baselineDate: baseline === '' ? null : cell('baseline_date'),
  }
}

function writeRow(tx: Tx, input: { row: Wanted; roundId: RoundId; report: OthersReport }): void {
  const { row, roundId, report } = input
  const { baseline, baselineDate, ...facts } = row
  const known = tx
    .select()
    .from(otherInstitutions)
    .where(and(eq(otherInstitutions.laoId, row.laoId), eq(otherInstitutions.code, row.code)))
    .get()
  const id = known?.id ?? tx.insert(otherInstitutions).values(facts).returning({ id: otherInstitutions.id }).get().id
  const same = known?.name === row.name && known.affiliation === row.affiliation
  if (known && !same) tx.update(otherInstitutions).set(facts).where(eq(otherInstitutions.id, known.id)).run()
  if (!known) report.added += 1
  else if (same) report.unchanged += 1
  else report.changed += 1
  tx.insert(otherCounts)
    .values({ roundId, otherInstitutionId: id, baseline, baselineDate })
    .onConflictDoUpdate({
      target: [otherCounts.roundId, otherCounts.otherInstitutionId],
      set: { baseline, baselineDate },
    })
    .run()
}

function isDate(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
