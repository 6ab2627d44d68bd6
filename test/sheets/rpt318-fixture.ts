import type { XlsxCell } from './xlsx-fixture.ts'

/**
 * A made-up export in the manner of LEC's RPT318: titles, a header of two merged rows, parents and addresses after the pupil,
 * columns in LEC's order and not in ours.
 */
export const rpt318Upper: XlsxCell[] = [
  'ลำดับ',
  'เลขประจำตัวนักเรียน',
  'นักเรียน',
  null,
  null,
  'วันเดือนปีเกิด',
  'เชื้อชาติ',
  'สัญชาติ',
  'ศาสนา',
  'เลขประจำตัวประชาชน',
  'วันที่เข้าศึกษา',
  'ส่วนสูง',
  'น้ำหนัก',
  'สภาพนักเรียน',
  'ระดับชั้น',
  'ห้อง',
  'บิดา',
  null,
  null,
  null,
  'ที่อยู่ตามทะเบียนบ้าน',
  null,
]
export const rpt318Lower: XlsxCell[] = [
  ...[null, null, 'คำนำหน้า', 'ชื่อ', 'นามสกุล', null, null, null, null, null, null, null, null, null, null, null],
  ...['คำนำหน้า', 'ชื่อ', 'นามสกุล', 'เลขประจำตัวประชาชน', 'บ้านเลขที่', 'ตำบล'],
]

export type LecPupil = {
  id: XlsxCell
  birth: XlsxCell
  first?: string
  last?: string
  grade?: string
  status?: string
}

export function rpt318Row(n: number, pupil: LecPupil): XlsxCell[] {
  const { id, birth, first = `ชื่อ${n}`, last = 'ทดสอบ', grade = 'ประถมศึกษาปีที่ 1', status = 'กำลังศึกษา' } = pupil
  return [
    ...[n, String(1000 + n), 'เด็กชาย', first, last, birth, 'ไทย', 'ไทย', 'พุทธ', id, '16/5/2566', 120, 22, status],
    ...[grade, '1', 'นาย', 'พ่อสมมติ', last, '3100200300404', '99/9', 'ตำบลสมมติ'],
  ]
}

/** The sheets of the export, the data not first, with its merged cells. */
export function rpt318Sheets(title: string, rows: readonly XlsxCell[][]) {
  const data: XlsxCell[][] = [['รายงาน RPT318'], [title], rpt318Upper, rpt318Lower, ...rows.map((row) => [...row])]
  const vertical = 'ABFGHIJKLMNOP'.split('').map((letter) => `${letter}3:${letter}4`)
  const merges = { ข้อมูล: ['A1:V1', 'A2:V2', 'C3:E3', 'Q3:T3', 'U3:V3', ...vertical] }
  return { sheets: { เงื่อนไข: [['ปีการศึกษา', '2567']], ข้อมูล: data }, merges }
}
