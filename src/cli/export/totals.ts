import { count } from '../../bot/words/dates.ts'
import type { Checks } from '../../workflow/export-checks.ts'
import type { Sums } from '../../workflow/export-sums.ts'
import { grades } from '../../workflow/rules/roster/grade.ts'
import type { Cell, Table } from './table.ts'
import { CAUSE, CHECK, CHECKS, SHEET, STATE } from './words.ts'

/** The nation by grade and sex, with how many units gave no figure. */
export function nationTable(input: { sums: Sums; provinces: number; provincesConfirmed: number }): Table {
  const { sums, provinces, provincesConfirmed } = input
  const { heads } = sums
  const none = sums.withFigure === 0
  const byGrade = grades.map(({ name }): Cell[] => {
    const { male, female } = heads.byGrade.get(name) ?? { male: 0, female: 0 }
    return none ? [name, null, null, null] : [name, male, female, male + female]
  })
  const own = none ? [null, null, null] : [heads.male, heads.female, sums.counted]
  const others = sums.otherWithFigure === 0 ? null : sums.otherCounted
  const rows: Cell[][] = [
    ...byGrade,
    ['รวมที่ยืนยัน ในสังกัด', ...own],
    ['ในจำนวนนี้ รอออกรหัส G-Code', null, null, none ? null : heads.waiting],
    ['รวมที่ยืนยัน สังกัดอื่น', null, null, others],
    ['จังหวัดที่ยืนยันแล้ว', null, null, `${count(provincesConfirmed)} จาก ${count(provinces)} จังหวัด`],
    [`สถานศึกษาที่${STATE.correcting}`, null, null, sums.institutions.correcting],
    [`สถานศึกษาที่${STATE.open} ไม่รวมในยอด`, null, null, sums.institutions.open],
    [`อปท. ที่${STATE.open}สังกัดอื่น ไม่รวมในยอด`, null, null, sums.otherCounts.open],
  ]
  const columns = [
    { header: 'รายการ', width: 44 },
    { header: 'ชาย', width: 12 },
    { header: 'หญิง', width: 12 },
    { header: 'รวม', width: 16 },
  ]
  return { name: SHEET.nation, columns, rows }
}

/** Every figure that two places say differently; there should be none without a cause. */
export function checksTable({ compared, differences }: Checks): Table {
  const listed = differences.map(({ code, name, what, recorded, found, cause }): Cell[] => {
    const gap = recorded === null ? null : found - recorded
    return [code, name, CHECK[what], recorded, found, gap, cause === null ? CHECKS.unknown : CAUSE[cause]]
  })
  const line = (words: string): Cell[] => [null, words, null, null, null, null, null]
  const none = listed.length === 0 ? [line(CHECKS.none)] : []
  const widths = [13, 36, 48, 12, 12, 10, 60]
  return {
    name: SHEET.checks,
    columns: CHECKS.headers.map((header, at) => ({ header, width: widths[at] ?? 12 })),
    rows: [...listed, ...none, line(`เทียบแล้ว ${count(compared)} รายการ`)],
  }
}
