/** Every Thai word that we write into a spreadsheet or tell about one; edited here without touching logic. */

const MONTHS = ['ม.ค.', 'ก.พ.', 'มี.ค.', 'เม.ย.', 'พ.ค.', 'มิ.ย.', 'ก.ค.', 'ส.ค.', 'ก.ย.', 'ต.ค.', 'พ.ย.', 'ธ.ค.']
const BANGKOK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Bangkok',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** "10.42 น. (11 มิ.ย. 2567)" */
export function bangkokMoment(at: number): string {
  const parts = Object.fromEntries(BANGKOK.formatToParts(at).map((part) => [part.type, part.value]))
  const month = MONTHS[Number(parts['month']) - 1]
  return `${parts['hour']}.${parts['minute']} น. (${Number(parts['day'])} ${month} ${Number(parts['year']) + 543})`
}

/** "7 ส.ค. 2563" for "2020-08-07". */
export function thaiDay(isoDate: string): string {
  const [year, month, day] = isoDate.split('-').map(Number)
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${(year ?? 0) + 543}`
}

export type PupilWord = 'นักเรียน' | 'เด็กเล็ก' | 'นักศึกษา'

export function pupilWord(kind: string): PupilWord {
  if (kind === 'child_centre') return 'เด็กเล็ก'
  return kind === 'college' ? 'นักศึกษา' : 'นักเรียน'
}

export const tabTitles = {
  roster: 'รายชื่อ',
  counts: 'จำนวนสังกัดอื่น',
  report: 'ผลตรวจ',
  howTo: 'วิธีใช้',
} as const

export const rosterFileTitle = (input: { round: string; unit: string; kind: string }) =>
  `รายชื่อ${pupilWord(input.kind)} ครั้งที่ ${spokenRound(input.round)} ${input.unit}`
export const countsFileTitle = (input: { round: string; unit: string }) =>
  `จำนวนนักเรียนสังกัดอื่น ครั้งที่ ${spokenRound(input.round)} ${input.unit}`

/** "1/2567" for the round "2567/1". */
function spokenRound(code: string): string {
  const [year, term] = code.split('/')
  return term === undefined ? code : `${term}/${year}`
}

export const sexes = ['ชาย', 'หญิง'] as const
export const suggestedNationalities = ['ไทย', 'ลาว', 'เมียนมา', 'กัมพูชา', 'จีน', 'เวียดนาม', 'ไม่มีสัญชาติ'] as const

export const countHeaders = {
  code: 'รหัสสถานศึกษา',
  name: 'ชื่อสถานศึกษา',
  affiliation: 'สังกัด',
  baseline: 'ฐานข้อมูล',
  baselineDate: 'ข้อมูล ณ วันที่',
  current: 'จำนวนปัจจุบัน',
  checked: 'ตรวจสอบแล้ว',
  reason: 'เหตุผล',
} as const

export const protectionWords = {
  header: 'แถวหัวตาราง ระบบใช้อ่านข้อมูล',
  report: 'แท็บนี้ระบบเป็นผู้เขียน',
  howTo: 'คำแนะนำการใช้งาน',
  given: 'ข้อมูลจากทะเบียน แก้ไขในตารางไม่ได้',
} as const

export const lockReason = 'ยืนยันข้อมูลแล้ว หากต้องการแก้ไข โปรดขอยกเลิกการยืนยันข้อมูลใน LINE'

export function rosterHowTo(kind: string): string[] {
  const pupil = pupilWord(kind)
  return [
    `วิธีบันทึกรายชื่อ${pupil}`,
    `1. กรอกรายชื่อในแท็บ "${tabTitles.roster}" หนึ่งแถวต่อ${pupil}หนึ่งคน วางจากไฟล์อื่นได้ เรียงลำดับใหม่ได้ แต่โปรดอย่าแก้แถวหัวตารางและอย่าผสานเซลล์`,
    '2. เลขประจำตัวประชาชนต้องครบ 13 หลัก รวมทั้งเลข 0 ตัวหน้า (ช่องนี้ตั้งรูปแบบเป็นข้อความไว้แล้ว) ใช้เลขไทยหรือเลขอารบิกก็ได้',
    '3. วันเดือนปีเกิดใช้ปี พ.ศ. เช่น 15/05/2560 หรือ 15 พ.ค. 2560',
    '4. ผู้ที่ย้ายเข้า ให้เพิ่มแถวและเลือกสถานะ "ย้ายเข้า" ผู้ที่ย้ายออก จบการศึกษา ลาออก เสียชีวิต หรือไม่มีตัวตน ให้เลือกสถานะนั้น ไม่ต้องลบแถว',
    '5. ผู้ที่ไม่มีหลักฐานทะเบียนราษฎรหรือไม่มีสัญชาติไทย และยังไม่มีเลข 13 หลัก ให้ขอรหัส G-Code ที่ http://www.gcode.moe.go.th ระหว่างรอให้เลือกสถานะ "รอออกรหัส G-Code" และเขียนคำชี้แจง',
    `6. ตรวจว่า${pupil}มีตัวตนอยู่จริงทีละคน แล้วทำเครื่องหมายในช่อง "มีตัวตนอยู่จริง"`,
    `7. ดูผลในแท็บ "${tabTitles.report}" ภายในไม่กี่นาทีหลังแก้ไข รายการ "ต้องแก้ไข" ต้องแก้ให้หมด รายการ "ต้องชี้แจง" ให้แก้ หรือเขียนเหตุผลในช่อง "คำชี้แจง"`,
    '8. การบันทึกในตารางยังไม่ใช่การยืนยัน เมื่อครบถ้วนแล้วโปรดพิมพ์ "ยืนยัน" ใน LINE ตารางจะถูกล็อกหลังยืนยัน',
    '9. หากต้องแก้ไขหลังยืนยัน ให้พิมพ์ "ขอยกเลิกการยืนยัน" ใน LINE',
  ]
}

export function countsHowTo(): string[] {
  return [
    'วิธีบันทึกจำนวนนักเรียนของสถานศึกษาสังกัดอื่น',
    `1. ตรวจจำนวนรวมของแต่ละสถานศึกษาในแท็บ "${tabTitles.counts}" เทียบกับฐานข้อมูล แล้วกรอก "จำนวนปัจจุบัน" ทุกแถว`,
    '2. ทำเครื่องหมายในช่อง "ตรวจสอบแล้ว" ทุกแถว แม้จำนวนไม่เปลี่ยนแปลง',
    '3. สถานศึกษาที่ประกาศเลิก ให้กรอก 0 และเขียนเหตุผล',
    '4. จำนวนที่เปลี่ยนไปมากจากฐานข้อมูล ให้เขียนเหตุผลในช่อง "เหตุผล"',
    `5. ดูผลในแท็บ "${tabTitles.report}" ภายในไม่กี่นาทีหลังแก้ไข`,
    '6. การบันทึกในตารางยังไม่ใช่การยืนยัน เมื่อครบถ้วนแล้วโปรดพิมพ์ "ยืนยันสังกัดอื่น" ใน LINE ตารางจะถูกล็อกหลังยืนยัน',
  ]
}

export const reportHeaders = ['แถว', 'ชื่อ', 'คอลัมน์', 'ผล', 'รายละเอียด', 'คำแนะนำ'] as const
export const reportLevels = { error: 'ต้องแก้ไข', warning: 'ต้องชี้แจง', explained: 'ชี้แจงแล้ว' } as const
export const wholeRow = 'ทั้งแถว'
export const reportWords = {
  fine: 'ไม่พบรายการที่ต้องแก้ไข',
  nothingRead: 'ยังไม่มีข้อมูลในตาราง',
  more: (count: number) => `และอีก ${count} รายการ เมื่อแก้ไขรายการข้างต้นแล้ว รายการที่เหลือจะแสดง`,
  broken: (at: number) => `ตรวจล่าสุด ${bangkokMoment(at)} ยังอ่านข้อมูลไม่ได้ ข้อมูลที่บันทึกไว้ก่อนหน้ายังอยู่ครบ`,
  checked: (input: { at: number; passed: number; errors: number; warnings: number; unit: string }) =>
    `ตรวจล่าสุด ${bangkokMoment(input.at)} ผ่าน ${input.passed} ${input.unit} ต้องแก้ไข ${input.errors} ${input.unit}` +
    (input.warnings > 0 ? ` ต้องชี้แจง ${input.warnings} รายการ` : ''),
}

/** Every note of ours begins with this; what stands before it is a person's own and stays. */
export const NOTE_MARK = 'LEC: '

export const troubleWords = {
  'access-lost': 'ระบบเปิดตารางไม่ได้ อาจถูกลบ ย้าย หรือถูกถอนสิทธิ์ โปรดแจ้งผู้ดูแลระบบ ข้อมูลที่บันทึกไว้ก่อนหน้ายังอยู่ครบ',
  trashed: 'ตารางอยู่ในถังขยะ โปรดกู้คืนจากถังขยะของ Google Drive ข้อมูลที่บันทึกไว้ก่อนหน้ายังอยู่ครบ',
  'tab-missing': (title: string) =>
    `ไม่พบแท็บ "${title}" ในตาราง โปรดกดเลิกทำ หรือกู้คืนจากประวัติเวอร์ชัน ข้อมูลที่บันทึกไว้ก่อนหน้ายังอยู่ครบ`,
  merged: (where: string) =>
    `มีการผสานเซลล์ในตาราง (${where}) ซึ่งเก็บค่าไว้เพียงช่องเดียว โปรดเลือกช่วงนั้นแล้วยกเลิกการผสานเซลล์ จากนั้นกรอกข้อมูลให้ครบทุกช่อง`,
  unreadable: 'อ่านตารางจาก Google ไม่สำเร็จ โปรดลองใหม่อีกครั้งในอีกสักครู่',
} as const

export const countsTroubleWords = {
  headerMissing: (headers: readonly string[]) =>
    `ไม่พบหัวคอลัมน์ ${headers.join(', ')} โปรดแก้ชื่อหัวคอลัมน์กลับเป็นชื่อเดิม ข้อมูลที่บันทึกไว้ก่อนหน้ายังอยู่ครบ`,
  headerTwice: (header: string) => `มีหัวคอลัมน์ "${header}" มากกว่าหนึ่งคอลัมน์ โปรดลบหรือเปลี่ยนชื่อคอลัมน์ที่เกินมา`,
  unknown: 'ไม่พบรหัสสถานศึกษานี้ในทะเบียนสถานศึกษาสังกัดอื่นของ อปท. โปรดตรวจสอบรหัส หรือลบแถวนี้',
  twice: (first: number, again: number) => `สถานศึกษานี้อยู่ซ้ำที่แถว ${first} และแถว ${again} โปรดเหลือไว้แถวเดียว`,
} as const
