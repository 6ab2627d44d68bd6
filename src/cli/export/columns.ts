import { SYSTEM_NAME } from '../../bot/words/confirm-words.ts'
import type { ConfirmedOther, Heads, InstitutionFigures } from '../../workflow/export-figures.ts'
import type {
  ExportedComponent,
  ExportedInstitution,
  ExportedLao,
  ExportedProvince,
} from '../../workflow/export-lines.ts'
import type { Sums } from '../../workflow/export-sums.ts'
import { grades } from '../../workflow/rules/roster/grade.ts'
import { maskNumbers } from '../../workflow/rules/roster/mask-id.ts'
import type { Cell, Column } from './table.ts'
import { KIND, moment, NOT_DECLARED, notesOf, STATE } from './words.ts'

/** The confirmed figure of one row. */
export const FIGURE = 'จำนวนที่ยืนยัน'

type InProvince = { province: ExportedProvince }
type InLao = InProvince & { lao: ExportedLao }
export type InstitutionRow = InLao & { child: ExportedInstitution; figures: InstitutionFigures | null }
export type OtherRow = InLao & { other: ConfirmedOther; state: ExportedComponent }
export type LaoRow = InLao & { sums: Sums }
export type ProvinceRow = InProvince & { sums: Sums }

const provinceColumns: readonly Column<InProvince>[] = [
  { header: 'รหัสจังหวัด', width: 10, cell: ({ province }) => province.code },
  { header: 'จังหวัด', width: 22, cell: ({ province }) => province.name },
]

const laoNameColumns: readonly Column<InLao>[] = [
  ...provinceColumns,
  { header: 'รหัส อปท.', width: 11, cell: ({ lao }) => lao.code },
  { header: 'อปท.', width: 34, cell: ({ lao }) => lao.name },
]

/** Who confirmed it is not repeated here: the receipt's number leads to it. */
function receiptColumns<Row>(title: string, of: (row: Row) => ExportedComponent): Column<Row>[] {
  const reported = (row: Row) => of(row).reported
  return [
    { header: `เลขที่ใบรับ${title}`, width: 16, cell: (row) => reported(row)?.receiptNumber ?? null },
    { header: `วันเวลายืนยัน${title}`, width: 24, cell: (row) => moment(reported(row)?.confirmedAt ?? null) },
    { header: `รหัสบันทึก${title}`, width: 14, cell: (row) => reported(row)?.headHash.slice(0, 12) ?? null },
    { header: `ระบบที่ยืนยัน${title}`, width: 13, cell: (row) => (reported(row) ? SYSTEM_NAME : null) },
  ]
}

function gradeColumns<Row>(heads: (row: Row) => Heads | null): Column<Row>[] {
  const inGrade = (row: Row, name: string, sex: 'male' | 'female'): Cell => heads(row)?.byGrade.get(name)?.[sex] ?? null
  return grades.flatMap(({ name }) => [
    { header: `${name} ชาย`, width: 8, cell: (row: Row) => inGrade(row, name, 'male') },
    { header: `${name} หญิง`, width: 8, cell: (row: Row) => inGrade(row, name, 'female') },
  ])
}

function headColumns<Row>(heads: (row: Row) => Heads | null): Column<Row>[] {
  return [
    { header: 'ชาย', width: 8, cell: (row) => heads(row)?.male ?? null },
    { header: 'หญิง', width: 8, cell: (row) => heads(row)?.female ?? null },
    { header: 'ในจำนวนนี้ รอออกรหัส G-Code', width: 12, cell: (row) => heads(row)?.waiting ?? null },
  ]
}

export const institutionColumns: readonly Column<InstitutionRow>[] = [
  ...laoNameColumns,
  { header: 'รหัสสถานศึกษา', width: 13, cell: ({ child }) => child.code },
  { header: 'สถานศึกษา', width: 36, cell: ({ child }) => child.name },
  { header: 'ประเภท', width: 18, cell: ({ child }) => KIND[child.kind] ?? child.kind },
  { header: 'สถานะ', width: 22, cell: ({ child }) => STATE[child.state] },
  { header: 'หมายเหตุ', width: 40, cell: ({ child }) => notesOf(child, { gone: child.gone }) },
  { header: FIGURE, width: 11, cell: ({ figures }) => figures?.counted ?? null },
  ...headColumns<InstitutionRow>(({ figures }) => figures?.heads ?? null),
  { header: 'เปิดให้แก้ไข (ครั้ง)', width: 9, cell: ({ child }) => child.reopenedTimes },
  ...receiptColumns<InstitutionRow>('', ({ child }) => child),
  ...gradeColumns<InstitutionRow>(({ figures }) => figures?.heads ?? null),
]

export const otherColumns: readonly Column<OtherRow>[] = [
  ...laoNameColumns,
  { header: 'รหัสสถานศึกษาสังกัดอื่น', width: 14, cell: ({ other }) => other.code },
  { header: 'สถานศึกษาสังกัดอื่น', width: 36, cell: ({ other }) => other.name },
  { header: 'สังกัด', width: 14, cell: ({ other }) => other.affiliation },
  { header: 'สถานะ', width: 22, cell: ({ state }) => STATE[state.state] },
  { header: 'หมายเหตุ', width: 40, cell: ({ state, lao }) => notesOf(state, { gone: lao.gone }) },
  { header: FIGURE, width: 11, cell: ({ other }) => other.current },
  { header: 'จำนวนเดิม', width: 10, cell: ({ other }) => other.baseline },
  { header: 'จำนวนเดิม ณ วันที่', width: 14, cell: ({ other }) => thaiDate(other.baselineDate) },
  { header: 'เหตุผล', width: 30, cell: ({ other }) => (other.reason === null ? null : maskNumbers(other.reason)) },
  ...receiptColumns<OtherRow>('', ({ state }) => state),
]

/** 2020-08-07 → 07/08/2563 */
function thaiDate(iso: string | null): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso ?? '')
  return parts ? `${parts[3]}/${parts[2]}/${Number(parts[1]) + 543}` : iso
}

/** A sum of nothing is no figure: the cell stays empty. */
const ifAny = (of: number, figure: number): Cell => (of === 0 ? null : figure)

const sumColumns: readonly Column<{ sums: Sums }>[] = [
  { header: 'สถานศึกษาที่ยืนยันแล้ว (แห่ง)', width: 10, cell: ({ sums }) => sums.institutions.confirmed },
  { header: 'อยู่ระหว่างแก้ไข (แห่ง)', width: 10, cell: ({ sums }) => sums.institutions.correcting },
  { header: 'ยังไม่ยืนยัน (แห่ง) ไม่รวมในยอด', width: 12, cell: ({ sums }) => sums.institutions.open },
  { header: 'ไม่ต้องยืนยัน (แห่ง)', width: 10, cell: ({ sums }) => sums.institutions.not_required },
  { header: 'รวมที่ยืนยัน ในสังกัด', width: 11, cell: ({ sums }) => ifAny(sums.withFigure, sums.counted) },
  ...headColumns<{ sums: Sums }>(({ sums }) => (sums.withFigure === 0 ? null : sums.heads)),
  { header: 'รวมที่ยืนยัน สังกัดอื่น', width: 11, cell: ({ sums }) => ifAny(sums.otherWithFigure, sums.otherCounted) },
]

const sumGrades = gradeColumns<{ sums: Sums }>(({ sums }) => (sums.withFigure === 0 ? null : sums.heads))

function laoNotes({ lao }: LaoRow): string {
  const undeclared = lao.overview.state === 'not_applicable' && lao.otherCounts.state === 'not_applicable'
  const overview = notesOf(lao.overview, { gone: lao.gone, covers: lao.overview.covers })
  const others = notesOf(lao.otherCounts, { covers: lao.otherCounts.covers })
  return [
    ...(undeclared ? [NOT_DECLARED] : []),
    ...(overview ? [`ภาพรวม: ${overview}`] : []),
    ...(others && others !== overview ? [`สังกัดอื่น: ${others}`] : []),
  ].join(' · ')
}

export function laoColumns(options: { grades: boolean }): readonly Column<LaoRow>[] {
  return [
    ...laoNameColumns,
    { header: 'ประเภท', width: 22, cell: ({ lao }) => KIND[lao.kind] ?? lao.kind },
    { header: 'สถานะภาพรวม', width: 22, cell: ({ lao }) => STATE[lao.overview.state] },
    { header: 'สถานะสังกัดอื่น', width: 22, cell: ({ lao }) => STATE[lao.otherCounts.state] },
    { header: 'จังหวัดตรวจสอบแล้ว', width: 10, cell: ({ lao }) => (lao.marked ? 'ตรวจสอบแล้ว' : null) },
    { header: 'หมายเหตุ', width: 40, cell: laoNotes },
    ...sumColumns,
    { header: 'ยอดในภาพรวมที่ยืนยัน', width: 11, cell: ({ lao }) => lao.overview.reported?.counted ?? null },
    ...receiptColumns<LaoRow>(' ภาพรวม', ({ lao }) => lao.overview),
    ...receiptColumns<LaoRow>(' สังกัดอื่น', ({ lao }) => lao.otherCounts),
    ...(options.grades ? sumGrades : []),
  ]
}

export const provinceTotalColumns: readonly Column<ProvinceRow>[] = [
  ...provinceColumns,
  { header: 'สถานะ', width: 22, cell: ({ province }) => STATE[province.confirmation.state] },
  { header: 'หมายเหตุ', width: 40, cell: ({ province }) => notesOf(province.confirmation) },
  { header: 'อปท. (แห่ง)', width: 8, cell: ({ sums }) => sums.laos },
  {
    header: 'อปท. ครบถ้วน (แห่ง)',
    width: 10,
    cell: ({ province }) => province.laos.filter((lao) => lao.complete).length,
  },
  ...sumColumns,
  { header: 'อปท. ที่ยังไม่ยืนยันสังกัดอื่น (แห่ง)', width: 12, cell: ({ sums }) => sums.otherCounts.open },
  { header: 'ยอดที่จังหวัดยืนยัน', width: 11, cell: ({ province }) => province.confirmation.reported?.counted ?? null },
  ...receiptColumns<ProvinceRow>('', ({ province }) => province.confirmation),
  ...sumGrades,
]
