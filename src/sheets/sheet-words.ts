/** Thai words that we write into a spreadsheet or tell about one, edited here without touching logic; วิธีใช้ has its own file. */

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

/** "11 มิ.ย. 2567" in Bangkok. */
export function thaiMomentDay(at: number): string {
  return thaiDay(new Date(at + 7 * 3_600_000).toISOString().slice(0, 10))
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
export function spokenRound(code: string): string {
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
export const unitClosedReason =
  'สถานศึกษานี้ปิดหรือยุบรวมแล้ว เปิดดูและคัดลอกได้อย่างเดียว รายชื่อที่ย้ายไปโปรดบันทึกในตารางของสถานศึกษาที่รับช่วง'
export const closeReason =
  'ปิดระบบบันทึกข้อมูลแล้ว หากมีเหตุจำเป็น สถานศึกษาโปรดแจ้ง อปท. ส่วน อปท. โปรดแจ้งจังหวัด เพื่อขอขยายเวลาต่อกรม'

export const reportHeaders = ['แถว', 'ชื่อ', 'คอลัมน์', 'ผล', 'รายละเอียด', 'คำแนะนำ'] as const
export const reportLevels = {
  error: 'ต้องแก้ไข',
  warning: 'ต้องชี้แจง',
  explained: 'ชี้แจงแล้ว',
  asked: 'ต้องตอบ',
  shared: 'รายชื่อซ้ำ',
} as const
export const wholeRow = 'ทั้งแถว'
export const wholeSheet = 'ทั้งตาราง'
export const reportWords = {
  fine: 'ไม่พบรายการที่ต้องแก้ไข',
  nothingRead: 'ยังไม่มีข้อมูลในตาราง',
  mustAnswer: 'มีเรื่องที่ต้องตอบ โปรดดูรายการแรก',
  mustSettle: (count: number) => `ยังยืนยันไม่ได้ เพราะมีรายชื่อซ้ำกับสถานศึกษาอื่น ${count} ราย`,
  /** The same pupil in another institution, which the other may count; `decidedBy`: the unit that decided so. */
  shared: (pupil: { number: string; at: string; lao: string; decidedBy?: string }) =>
    pupil.decidedBy === undefined
      ? `เลข ${pupil.number} มีอยู่ก่อนแล้วที่ ${pupil.at} (${pupil.lao}) จึงยังยืนยันไม่ได้`
      : `เลข ${pupil.number} ${pupil.decidedBy} ให้นับที่ ${pupil.at} (${pupil.lao}) จึงยังยืนยันไม่ได้`,
  settleShared: 'หากไม่ได้เรียนที่นี่ ให้เลือกสถานะ ย้ายออก ที่แถวนี้ หากเรียนอยู่จริง โปรดพิมพ์ รายชื่อซ้ำ ใน LINE',
  takeOutShared: 'ให้เลือกสถานะ ย้ายออก ที่แถวนี้',
  /** Where no name can be told. */
  rowOf: (row: number) => `แถวที่ ${row}`,
  /** The same question as in chat, where the one answer is given. */
  held: ({ missing, outOf, refused }: { missing: number; outOf: number; refused: boolean }) =>
    refused
      ? `รายชื่อหายไปจากตาราง ${missing} จาก ${outOf} ราย เจ้าหน้าที่แจ้งว่าไม่ได้ออกจริง โปรดนำรายชื่อกลับเข้าตาราง (กดเลิกทำ หรือกู้คืนจากประวัติเวอร์ชัน) หากตรวจแล้วพบว่าออกจริง โปรดพิมพ์ ออกจริง ใน LINE`
      : `รายชื่อหายไปจากตาราง ${missing} จาก ${outOf} ราย ระบบยังไม่ตัดรายชื่อใดออก โปรดตอบใน LINE ว่าออกจริงหรือไม่ หากไม่ได้ออก โปรดนำรายชื่อกลับเข้าตาราง`,
  likely: (suggestion: string) => `น่าจะเป็น ${suggestion}`,
  more: (count: number) => `และอีก ${count} รายการ เมื่อแก้ไขรายการข้างต้นแล้ว รายการที่เหลือจะแสดง`,
  broken: (at: number) => `ตรวจล่าสุด ${bangkokMoment(at)} ยังอ่านข้อมูลไม่ได้ ข้อมูลที่บันทึกไว้ก่อนหน้ายังอยู่ครบ`,
  checked: (input: { at: number; passed: number; errors: number; warnings: number; unit: string }) =>
    `ตรวจล่าสุด ${bangkokMoment(input.at)} ผ่าน ${input.passed} ${input.unit}` +
    (input.errors > 0 ? ` ต้องแก้ไข ${input.errors} ${input.unit}` : '') +
    (input.warnings > 0 ? ` ต้องชี้แจง ${input.warnings} รายการ` : ''),
}

/** Every note of ours begins with this; what stands before it is a person's own and stays. */
export const NOTE_MARK = 'LEC: '

export const troubleWords = {
  'access-lost': 'ระบบเปิดตารางไม่ได้ อาจถูกลบ ย้าย หรือถูกถอนสิทธิ์ โปรดแจ้งผู้ดูแลระบบ ข้อมูลที่บันทึกไว้ก่อนหน้ายังอยู่ครบ',
  moved: 'ตารางถูกย้ายออกจากไดรฟ์ที่แชร์ของระบบ โปรดย้ายกลับ หรือแจ้งผู้ดูแลระบบ ข้อมูลที่บันทึกไว้ก่อนหน้ายังอยู่ครบ',
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
  twice: (first: number, again: number) => `สถานศึกษานี้ซ้ำกันในแถวที่ ${first} และแถวที่ ${again} โปรดเหลือไว้แถวเดียว`,
} as const
