import { plainDashes, wordKey } from '../text/thai-text.ts'

export const rosterColumns = [
  'nationalId',
  'pupilNumber',
  'prefix',
  'firstName',
  'lastName',
  'sex',
  'birthDate',
  'nationality',
  'grade',
  'room',
  'enteredOn',
  'status',
  'exists',
  'explanation',
] as const
export type RosterColumn = (typeof rosterColumns)[number]

/** Colleges follow the rules of schools (R8). */
export type InstitutionKind = 'school' | 'college' | 'child_centre'

type ColumnWords = { header: string; required: boolean; aliases: readonly string[] }

// The words of our template and, as aliases, those of LEC's pupil export RPT318 and the short forms seen in schools' own
// lists. Left out on purpose: ชื่อ-นามสกุล (one column for two) and หมายเหตุ (a remark is not the explanation of a warning).
const words: Record<RosterColumn, ColumnWords> = {
  nationalId: {
    header: 'เลขประจำตัวประชาชน',
    required: true,
    aliases: [
      'เลขบัตรประชาชน',
      'เลขบัตรประจำตัวประชาชน',
      'เลขที่บัตรประชาชน',
      'เลขที่บัตรประจำตัวประชาชน',
      'เลขประจำตัวประชาชน 13 หลัก',
      'หมายเลขประจำตัวประชาชน',
      'หมายเลขบัตรประชาชน',
      'รหัสประจำตัวประชาชน',
    ],
  },
  pupilNumber: {
    header: 'เลขประจำตัวนักเรียน',
    required: false,
    aliases: ['เลขประจำตัวเด็กเล็ก', 'เลขประจำตัวเด็ก', 'เลขประจำตัวนักศึกษา', 'รหัสนักเรียน', 'รหัสนักศึกษา', 'รหัสประจำตัวนักเรียน'],
  },
  prefix: { header: 'คำนำหน้า', required: true, aliases: ['คำนำหน้าชื่อ', 'คำนำหน้านาม'] },
  firstName: { header: 'ชื่อ', required: true, aliases: ['ชื่อตัว', 'ชื่อนักเรียน', 'ชื่อเด็กเล็ก'] },
  lastName: { header: 'นามสกุล', required: true, aliases: ['ชื่อสกุล', 'สกุล'] },
  sex: { header: 'เพศ', required: false, aliases: [] },
  birthDate: {
    header: 'วันเดือนปีเกิด',
    required: true,
    aliases: ['วัน/เดือน/ปีเกิด', 'วัน/เดือน/ปี เกิด', 'วัน-เดือน-ปีเกิด', 'วันเกิด', 'ว/ด/ป เกิด', 'ว.ด.ป. เกิด', 'วันที่เกิด'],
  },
  nationality: { header: 'สัญชาติ', required: true, aliases: [] },
  grade: { header: 'ระดับชั้น', required: true, aliases: ['ชั้น', 'ชั้นเรียน', 'ระดับชั้นเรียน', 'ชั้นปี'] },
  room: { header: 'ห้อง', required: false, aliases: ['ห้องเรียน', 'ห้องที่'] },
  enteredOn: {
    header: 'วันที่เข้าศึกษา',
    required: false,
    aliases: ['วันที่เข้าเรียน', 'วันเข้าศึกษา', 'วันเข้าเรียน', 'วันที่เข้ารับการศึกษา'],
  },
  status: {
    header: 'สถานะ',
    required: true,
    aliases: ['สภาพนักเรียน', 'สภาพเด็กเล็ก', 'สถานะนักเรียน', 'สถานะเด็กเล็ก', 'สถานภาพ', 'สถานภาพนักเรียน', 'สถานะการศึกษา'],
  },
  exists: { header: 'มีตัวตนอยู่จริง', required: true, aliases: ['มีตัวตน', 'การมีตัวตน', 'มีตัวตนจริง', 'มีตัวตนอยู่จริงหรือไม่'] },
  explanation: { header: 'คำชี้แจง', required: false, aliases: ['คำชี้แจงเพิ่มเติม'] },
}

export const requiredColumns: readonly RosterColumn[] = rosterColumns.filter((column) => words[column].required)

/** The Thai header of a column as the template writes it; a child centre has เด็กเล็ก, not นักเรียน. */
export function columnHeader(column: RosterColumn, kind?: InstitutionKind): string {
  const { header } = words[column]
  return kind === 'child_centre' ? header.replace('นักเรียน', 'เด็กเล็ก') : header
}

/** What a header cell is compared by: no spaces, dots, stars, colons or remarks in brackets. */
function headerKey(text: string): string {
  return plainDashes(wordKey(text))
    .replace(/[([（【].*?[)\]）】]/g, '')
    .replace(/[*:：]/g, '')
}

const columnOf = new Map<string, RosterColumn>(
  rosterColumns.flatMap((column) =>
    [words[column].header, ...words[column].aliases].map((word) => [headerKey(word), column] as const),
  ),
)

// With its remarks in brackets; on a page pasted into the header the patterns above would try for seconds.
const longestHeader = 200

/** The column that a header cell names, or null for a column that is none of ours (it is never read). */
export function columnNamed(headerText: string): RosterColumn | null {
  return headerText.length > longestHeader ? null : (columnOf.get(headerKey(headerText)) ?? null)
}
