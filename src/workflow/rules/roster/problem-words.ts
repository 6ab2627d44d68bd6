import { columnHeader, type InstitutionKind, type RosterColumn } from './columns.ts'
import { maskId, maskMistyped, maskNumbers } from './mask-id.ts'
import type { NationalIdFault } from './national-id.ts'
import { countingStatuses, leavingStatuses } from './status.ts'

/** Every Thai sentence about a roster. Each says what it is and what to do; none may hold a whole pupil number. */

/** What was typed, short and with long numbers masked: people paste numbers and names into wrong columns. */
export function quoted(typed: string): string {
  const masked = maskNumbers(typed)
  const characters = Array.from(masked)
  return `“${characters.length > 24 ? `${characters.slice(0, 24).join('')}…` : masked}”`
}

function pupil(kind: InstitutionKind): string {
  return kind === 'child_centre' ? 'เด็กเล็ก' : kind === 'college' ? 'นักศึกษา' : 'นักเรียน'
}

export const headerWords = {
  none: (missing: readonly RosterColumn[]) =>
    `ไม่พบหัวตารางในแถวที่ 1 จึงยังอ่านรายชื่อไม่ได้ โปรดใส่หัวคอลัมน์ให้ครบ ได้แก่ ${headers(missing)}`,
  missing: (missing: readonly RosterColumn[]) =>
    `ไม่พบหัวคอลัมน์ ${headers(missing)} จึงยังอ่านรายชื่อไม่ได้ โปรดแก้หัวคอลัมน์ในแถวที่ 1 ให้ตรงกับแบบฟอร์ม`,
  ambiguous: (repeated: readonly { column: RosterColumn; at: readonly string[] }[]) =>
    `หัวคอลัมน์ซ้ำกัน ${repeated.map(({ column, at }) => `${columnHeader(column)} (คอลัมน์ ${at.join(', ')})`).join(' และ ')} จึงยังอ่านรายชื่อไม่ได้ โปรดเหลือไว้อย่างละคอลัมน์เดียว`,
}

function headers(columns: readonly RosterColumn[]): string {
  return columns.map((column) => columnHeader(column)).join(', ')
}

export const cellWords = {
  formula: (header: string) => `ช่อง${header}เป็นสูตรคำนวณ โปรดพิมพ์ค่าจริงแทนสูตร`,
  blank: (header: string) => `ยังไม่ได้กรอก${header} โปรดกรอกให้ครบ`,
}

export function nationalIdWords(fault: NationalIdFault, bare: string): string {
  // A number pasted many times over into one cell would fill the message.
  const shown = bare.length > 24 ? quoted(bare) : maskNumbers(bare)
  switch (fault.why) {
    case 'rounded':
      return 'เลขประจำตัวประชาชนถูกโปรแกรมตารางปัดเป็นเลขย่อ (เช่น 1.1017E+12) เลขจริงหายไปแล้ว โปรดตั้งรูปแบบช่องเป็นข้อความ แล้วพิมพ์ใหม่ให้ครบ 13 หลัก'
    case 'lost-zero':
      return `เลขประจำตัวประชาชน ${shown} มี 12 หลัก เลข 0 ตัวแรกน่าจะหายไป โปรดตั้งรูปแบบช่องเป็นข้อความ แล้วพิมพ์ใหม่โดยเติม 0 ข้างหน้า (${maskId(fault.whole)})`
    case 'length':
      return `เลขประจำตัวประชาชน ${shown} มี ${fault.digits} หลัก ต้องมี 13 หลัก โปรดตรวจกับหลักฐานทะเบียนราษฎรแล้วพิมพ์ใหม่`
    case 'characters':
      return `เลขประจำตัวประชาชน ${quoted(maskMistyped(bare))} มีอักษรอื่นปนอยู่ โปรดพิมพ์เฉพาะตัวเลข 13 หลัก หรือรหัส G-Code`
    case 'placeholder':
      return 'เลขประจำตัวประชาชนนี้เป็นเลขสมมุติ โปรดพิมพ์เลขจริง หากยังไม่มีหลักฐานทะเบียนราษฎร ให้เว้นว่างและเลือกสถานะ รอออกรหัส G-Code'
    case 'first-digit-9':
      return `เลขประจำตัวประชาชน ${shown} ขึ้นต้นด้วย 9 ซึ่งไม่มีการออกเลขนี้ โปรดตรวจกับหลักฐานทะเบียนราษฎรแล้วพิมพ์ใหม่`
    case 'check-digit':
      return `เลขประจำตัวประชาชน ${shown} ไม่ถูกต้อง (หลักสุดท้ายไม่ตรงกับเลขตรวจสอบ) โปรดตรวจกับหลักฐานทะเบียนราษฎรแล้วพิมพ์ใหม่`
  }
}

// The guideline's steps (R27) and what to do until the number comes.
const gCodeSteps =
  'ดำเนินการตามประกาศกระทรวงศึกษาธิการ ลงวันที่ 31 ตุลาคม 2562: (1) ลงทะเบียนผู้ใช้งานที่ http://www.gcode.moe.go.th (2) ขอออกรหัสตามคู่มือของระบบ (3) นำรหัสมากรอกแล้วเปลี่ยนสถานะเป็น เรียนอยู่ ระหว่างรอ ให้เขียนคำชี้แจง เช่น วันที่ยื่นคำขอ'

export const numberWords = {
  blank: `ยังไม่ได้กรอกเลขประจำตัวประชาชนหรือรหัส G-Code โปรดกรอก หากไม่มีหลักฐานทะเบียนราษฎร ให้เลือกสถานะ รอออกรหัส G-Code แล้ว${gCodeSteps}`,
  notThaiSeries: (number: string) =>
    `เลข ${maskId(number)} ขึ้นต้นด้วย ${number[0]} ซึ่งออกให้ผู้ไม่มีสัญชาติไทย แต่ช่องสัญชาติระบุว่า ไทย โปรดตรวจสอบ หากถูกต้องแล้วให้เขียนคำชี้แจง`,
  oldSeries: (number: string) =>
    `เลข ${maskId(number)} ขึ้นต้นด้วย ${number[0]} ซึ่งออกให้ผู้เกิดก่อน พ.ศ. 2528 โปรดตรวจเลขและวันเกิด หากถูกต้องแล้วให้เขียนคำชี้แจง`,
  gcodeOldForm: (number: string) =>
    `รหัส ${quoted(maskMistyped(number))} ไม่ใช่รูปแบบ G-Code ปัจจุบัน (G ตามด้วยตัวเลข 12 หลัก) โปรดตรวจที่ http://www.gcode.moe.go.th หากเป็นรหัสเดิมจริง ให้เขียนคำชี้แจง`,
  waiting: `ยังไม่มีรหัส G-Code โปรด${gCodeSteps}`,
  duplicate: (number: string, rows: readonly number[], times: number) =>
    `เลข ${number.length > 24 ? quoted(number) : maskId(number)} ซ้ำกันใน${listRows(rows)}${times > rows.length ? ` (รวม ${times} แถว)` : ''} โปรดตรวจว่าเป็นคนเดียวกันหรือไม่ แล้วเหลือไว้แถวเดียวหรือแก้เลขให้ถูกต้อง`,
}

function listRows(rows: readonly number[]): string {
  return rows.map((row, i) => `${i === 0 ? '' : i === rows.length - 1 ? ' และ' : ' '}แถวที่ ${row}`).join('')
}

export const personWords = {
  prefixUnknown: (typed: string) => `คำนำหน้า ${quoted(typed)} ไม่ถูกต้อง โปรดพิมพ์ใหม่ เช่น ด.ช. ด.ญ. นาย นางสาว สามเณร`,
  prefixAge: (prefix: string, better: string, adult: boolean) =>
    `คำนำหน้า ${prefix} ไม่ตรงกับอายุ (${adult ? 'ครบ 15 ปีแล้ว' : 'ยังไม่ครบ 15 ปี'}) ควรเป็น ${better} โปรดแก้ไข หรือเขียนคำชี้แจง`,
  sexMissing: (prefix: string) => `คำนำหน้า ${prefix} ไม่บอกเพศ โปรดกรอกเพศ ชาย หรือ หญิง`,
  sexUnknown: (typed: string) => `เพศ ${quoted(typed)} ไม่ถูกต้อง โปรดกรอก ชาย หรือ หญิง`,
  nationalityUnknown: (typed: string) => `สัญชาติ ${quoted(typed)} ไม่ถูกต้อง โปรดพิมพ์ชื่อสัญชาติ เช่น ไทย หากไม่มี ให้พิมพ์ ไม่มีสัญชาติ`,
  gradeUnknown: (typed: string) => `ระดับชั้น ${quoted(typed)} ไม่อยู่ในรายการ โปรดเลือกจากรายการ เช่น อ.1 ป.1 ม.1 ปวช.1`,
  gradeUnusual: (grade: string, kind: InstitutionKind) =>
    `ระดับชั้น ${grade} ไม่ใช่ชั้นที่${{ school: 'โรงเรียน', college: 'วิทยาลัย', child_centre: 'ศูนย์พัฒนาเด็กเล็ก' }[kind]}เปิดตามปกติ โปรดตรวจสอบ หากถูกต้องแล้วให้เขียนคำชี้แจง`,
  statusUnknown: (typed: string) =>
    `สถานะ ${quoted(typed)} ไม่อยู่ในรายการ โปรดเลือกจากรายการ: ${[...countingStatuses, ...leavingStatuses].join(', ')}`,
  newNotMovedIn: (kind: InstitutionKind) =>
    `${pupil(kind)}คนนี้ไม่อยู่ในรายชื่อที่ยืนยันไว้ครั้งก่อน หากย้ายเข้ามาใหม่ โปรดเปลี่ยนสถานะเป็น ย้ายเข้า หากไม่ใช่ (เช่น เปลี่ยนเลขประจำตัว หรือตกหล่นครั้งก่อน) โปรดเขียนคำชี้แจง`,
  existsMissing: (kind: InstitutionKind) =>
    `ยังไม่ได้ทำเครื่องหมาย มีตัวตนอยู่จริง โปรดตรวจว่า${pupil(kind)}มีตัวตนอยู่จริง แล้วทำเครื่องหมาย หากไม่มีตัวตน ให้เปลี่ยนสถานะเป็น ไม่มีตัวตน`,
}

export const dateWords = {
  unreadable: (header: string, typed: string) =>
    `อ่าน${header} ${quoted(typed)} ไม่ได้ โปรดพิมพ์เป็น วัน/เดือน/ปี พ.ศ. เช่น 15/05/2560`,
  'year-unclear': (header: string, typed: string) =>
    `ปีใน${header} ${quoted(typed)} ไม่ชัดว่าเป็นปีใด โปรดพิมพ์ปี พ.ศ. ให้ครบ 4 หลัก`,
  'year-out-of-range': (header: string, typed: string) =>
    `ปีใน${header} ${quoted(typed)} เป็นไปไม่ได้ ทั้ง พ.ศ. และ ค.ศ. โปรดพิมพ์ใหม่เป็นปี พ.ศ. 4 หลัก`,
  'no-such-day': (header: string, typed: string) =>
    `${header} ${quoted(typed)} ไม่มีอยู่จริงในปฏิทิน โปรดตรวจกับหลักฐานแล้วพิมพ์ใหม่`,
  'serial-before-1970': (header: string) =>
    `${header}ถูกโปรแกรมตารางอ่านเป็นปีก่อน พ.ศ. 2513 น่าจะเกิดจากการพิมพ์ปีเพียง 2 หลัก โปรดพิมพ์ปี พ.ศ. ให้ครบ 4 หลัก`,
}

export const ageWords = {
  afterAsOf: 'วันเดือนปีเกิดอยู่หลังวันที่สำรวจข้อมูล โปรดตรวจแล้วพิมพ์ใหม่',
  underOne: (kind: InstitutionKind) => `${pupil(kind)}อายุยังไม่ครบ 1 ปี ณ วันที่สำรวจข้อมูล โปรดตรวจวันเดือนปีเกิดแล้วพิมพ์ใหม่`,
  over30: 'อายุเกิน 30 ปี โปรดตรวจวันเดือนปีเกิด หากถูกต้องแล้วให้เขียนคำชี้แจง',
  offGrade: (grade: string) =>
    `อายุต่างจากเกณฑ์ของชั้น ${grade} เกิน 2 ปี โปรดตรวจวันเดือนปีเกิดและระดับชั้น หากถูกต้องแล้วให้เขียนคำชี้แจง`,
}

export const countWords = {
  notWhole: (typed: string) => `จำนวน ${quoted(typed)} ไม่ใช่จำนวนเต็มตั้งแต่ 0 ขึ้นไป โปรดพิมพ์ใหม่เป็นตัวเลข`,
  blank: 'ยังไม่ได้กรอกจำนวนปัจจุบัน โปรดกรอก หากสถานศึกษาประกาศเลิกแล้ว ให้กรอก 0 พร้อมเหตุผล',
  formula: 'ช่องจำนวนเป็นสูตรคำนวณ โปรดพิมพ์ตัวเลขแทนสูตร',
  zero: 'จำนวนเป็น 0 ต้องระบุเหตุผล เช่น ประกาศเลิกสถานศึกษา พร้อมเลขที่ประกาศ',
  unchecked: 'ยังไม่ได้ทำเครื่องหมาย ตรวจสอบแล้ว ในรอบนี้ แม้จำนวนไม่เปลี่ยนแปลงก็ต้องทำเครื่องหมาย',
  changed: (from: number, to: number) =>
    `จำนวนเปลี่ยนจาก ${from} เป็น ${to} คน ซึ่งต่างจากฐานข้อมูลเดิมมาก โปรดตรวจสอบ หากถูกต้องแล้วให้ระบุเหตุผล`,
}
