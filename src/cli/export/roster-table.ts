import { SYSTEM_NAME } from '../../bot/words/confirm-words.ts'
import { round as roundWords } from '../../bot/words/terms.ts'
import type { ExportedInstitution, ExportedLao } from '../../workflow/export-lines.ts'
import type { Round } from '../../workflow/rounds.ts'
import { buddhistOffset, type PartialDate } from '../../workflow/rules/roster/calendar.ts'
import type { Pupil } from '../../workflow/rules/roster/pupil.ts'
import { type Column, type Table, toTable } from './table.ts'
import { moment, SHEET, STATE } from './words.ts'

const nothing = () => null

/**
 * LEC's own order of columns (report RPT318, domain.md section 9). Race, religion, height and weight we do not keep: their
 * columns stay empty, so that the others stand where LEC expects them; parents and addresses, which follow there, are left out.
 */
export const rpt318Columns: readonly Column<Pupil>[] = [
  { header: 'เลขประจำตัวนักเรียน', width: 12, cell: (pupil) => pupil.pupilNumber },
  { header: 'คำนำหน้า', width: 10, cell: (pupil) => pupil.prefix },
  { header: 'ชื่อ', width: 20, cell: (pupil) => pupil.firstName },
  { header: 'นามสกุล', width: 22, cell: (pupil) => pupil.lastName },
  { header: 'วันเดือนปีเกิด', width: 13, cell: (pupil) => typedDate(pupil.birthDate) },
  { header: 'เชื้อชาติ', width: 9, cell: nothing },
  { header: 'สัญชาติ', width: 9, cell: (pupil) => pupil.nationality },
  { header: 'ศาสนา', width: 9, cell: nothing },
  { header: 'เลขประจำตัวประชาชน', width: 17, cell: (pupil) => pupil.number },
  { header: 'วันที่เข้าศึกษา', width: 13, cell: (pupil) => (pupil.enteredOn ? typedDate(pupil.enteredOn) : null) },
  { header: 'ส่วนสูง', width: 8, cell: nothing },
  { header: 'น้ำหนัก', width: 8, cell: nothing },
  { header: 'สภาพนักเรียน', width: 16, cell: (pupil) => pupil.status },
  { header: 'ระดับชั้น', width: 10, cell: (pupil) => pupil.grade },
  { header: 'ห้อง', width: 7, cell: (pupil) => pupil.room },
]

/** d/m/BE as LEC writes it; what is not known of a birth is 00, as civil registration has it. */
function typedDate({ year, month, day }: PartialDate): string {
  const two = (part: number | null) => String(part ?? 0).padStart(2, '0')
  return `${two(day)}/${two(month)}/${year + buddhistOffset}`
}

export function rosterTable(pupils: readonly Pupil[]): Table {
  return toTable(SHEET.roster, rpt318Columns, pupils)
}

/** What stands above the list: whose it is, and by which receipt. */
export function rosterTitles(input: { round: Round; lao: ExportedLao; child: ExportedInstitution }): string[] {
  const { round, lao, child } = input
  const { reported } = child
  const receipt = reported
    ? `ใบรับ ${reported.receiptNumber} · ${moment(reported.confirmedAt)} · นับ ${reported.counted} คน · รหัสบันทึก ${reported.headHash.slice(0, 12)}`
    : ''
  return [
    `${SHEET.roster}ที่ยืนยัน ${roundWords(round)} ระบบ ${SYSTEM_NAME}`,
    `${child.code} ${child.name} ${lao.name}`,
    `${STATE[child.state]} · ${receipt}`,
  ]
}
