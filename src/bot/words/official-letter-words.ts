import type { UnitLevel } from '../../db/schema.ts'
import type { OwingUnit } from '../../workflow/owing-below.ts'
import { thaiDigits } from '../thai-numerals.ts'
import { count, isoDay, longDay, time } from './dates.ts'

export const OFFICIAL = {
  note: 'ร่างหนังสือเตือน คัดลอกข้อความถัดไปแล้วปรับตามระเบียบงานสารบรรณของหน่วย ระบบไม่ได้ส่งหนังสือนี้ให้ผู้ใด',
  none: 'ไม่มีหน่วยในสังกัดที่ยังไม่ดำเนินการ จึงไม่มีหนังสือเตือนให้ร่าง',
} as const

type LetterRound = {
  schoolYear: number
  term: number
  letterNumber: string | null
  letterDate: string | null
  institutionDueAt: number
  laoDueAt: number
  provinceDueAt: number
  recordingClosesAt: number
  closesAt: number
}

export type LetterInput = {
  sender: { name: string; level: Exclude<UnitLevel, 'institution'> }
  round: LetterRound
  owing: readonly OwingUnit[]
  total: number
  now: number
}

const TO: Record<LetterInput['sender']['level'], { dear: string; units: string; due: (round: LetterRound) => number }> =
  {
    department: {
      dear: 'ผู้ว่าราชการจังหวัดตามรายชื่อแนบท้าย',
      units: 'จังหวัด',
      due: (round) => round.provinceDueAt,
    },
    province: {
      dear: 'นายกองค์กรปกครองส่วนท้องถิ่นตามรายชื่อแนบท้าย',
      units: 'องค์กรปกครองส่วนท้องถิ่น',
      due: (round) => round.laoDueAt,
    },
    lao: {
      dear: 'ผู้อำนวยการสถานศึกษาและหัวหน้าศูนย์พัฒนาเด็กเล็กตามรายชื่อแนบท้าย',
      units: 'สถานศึกษา',
      due: (round) => round.institutionDueAt,
    },
  }

/** UTF-16 units; LINE takes 5,000 in a text. */
const MOST_UNITS = 4_500
/** With the note before it five messages in all. */
const MOST_PARTS = 4

/** A formal letter to copy, in Thai numerals throughout, with the list of those who owe; in parts when the list is long. */
export function officialReminder(input: LetterInput): string[] {
  const { owing } = input
  const items = owing.map((unit, index) => `${index + 1}. ${unit.name}${missing(unit)}`)
  const [first = '', ...rest] = inParts([
    ...bodyLines(input),
    '',
    `รายชื่อ${TO[input.sender.level].units}แนบท้าย`,
    ...items,
  ])
  const parts = [first, ...rest]
  const shown = parts.slice(0, MOST_PARTS)
  const cut = parts.slice(MOST_PARTS).reduce((sum, part) => sum + part.split('\n').length, 0)
  if (cut > 0) shown[MOST_PARTS - 1] = `${shown[MOST_PARTS - 1] ?? ''}\nและอีก ${count(cut)} แห่ง`
  return shown.map(thaiDigits)
}

function bodyLines({ sender, round, owing, total, now }: LetterInput): string[] {
  const { dear, units, due } = TO[sender.level]
  const name = `ประจำปีการศึกษา ${round.schoolYear} (ครั้งที่ ${round.term})`
  const system = 'ระบบสารสนเทศทางการศึกษาท้องถิ่น (Local Education Center information system : LEC)'
  const number = round.letterNumber ?? 'มท ....................'
  const dated = round.letterDate ? isoDay(round.letterDate) : '....................'
  const today = longDay(now)
  const overdue = now >= due(round)
  const closesAt = sender.level === 'department' ? round.closesAt : round.recordingClosesAt
  return [
    'ที่ ....................',
    sender.name,
    '',
    today,
    '',
    `เรื่อง  ขอให้เร่งรัดการบันทึกและยืนยันข้อมูลนักเรียนหรือเด็กเล็กใน${system} ${name}`,
    '',
    `เรียน  ${dear}`,
    '',
    `อ้างถึง  หนังสือกรมส่งเสริมการปกครองท้องถิ่น ที่ ${number} ลงวันที่ ${dated}`,
    '',
    `ตามหนังสือที่อ้างถึง กรมส่งเสริมการปกครองท้องถิ่นแจ้งให้บันทึกและยืนยันข้อมูลนักเรียนหรือเด็กเล็กใน${system} ${name} ให้แล้วเสร็จ${byDay(due(round))} นั้น`,
    '',
    `${sender.name} ได้ตรวจสอบข้อมูลในระบบ ณ วันที่ ${today} เวลา ${time(now)} แล้ว พบว่า${units}ที่ยังดำเนินการไม่แล้วเสร็จ จำนวน ${count(owing.length)} แห่ง จากทั้งหมด ${count(total)} แห่ง ตามรายชื่อแนบท้าย${overdue ? ' ซึ่งเลยกำหนดเวลาแล้ว' : ''}`,
    '',
    `ดังนั้น จึงขอให้ท่านกำกับดูแลให้ผู้รับผิดชอบตรวจสอบข้อมูลให้ถูกต้องครบถ้วน ตรวจสอบว่านักเรียนหรือเด็กเล็กมีตัวตนอยู่จริง และยืนยันข้อมูลให้แล้วเสร็จโดยเร็ว ทั้งนี้ ระบบจะปิด${byDay(closesAt)}`,
    '',
    'อนึ่ง ข้อมูลดังกล่าวเป็นข้อมูลสำคัญต่อการพิจารณาจัดสรรเงินอุดหนุนทั่วไป ค่าอาหารเสริม (นม) และอาหารกลางวัน หากภายหลังไม่ได้รับการจัดสรรงบประมาณเนื่องจากไม่ได้บันทึกข้อมูล ถือเป็นความบกพร่องของเจ้าหน้าที่ผู้รับผิดชอบ',
    '',
    'จึงเรียนมาเพื่อโปรดดำเนินการ',
    '',
    'ขอแสดงความนับถือ',
    '',
    '',
    '(........................................)',
    'ตำแหน่ง ........................................',
  ]
}

/** An exclusive instant as a letter says it: "ภายในวันที่ ๑๐ มิถุนายน ๒๕๖๗". */
function byDay(instant: number): string {
  const atMidnight = (instant + 7 * 3_600_000) % (24 * 3_600_000) === 0
  return atMidnight ? `ภายในวันที่ ${longDay(instant - 1)}` : `ในวันที่ ${longDay(instant)} เวลา ${time(instant)}`
}

function missing({ institutions, overview, otherCounts }: OwingUnit): string {
  const parts = [
    ...(institutions > 0 ? [`สถานศึกษายังไม่ยืนยัน ${count(institutions)} แห่ง`] : []),
    ...(overview ? ['ภาพรวม'] : []),
    ...(otherCounts ? ['จำนวนนักเรียนของสถานศึกษาสังกัดอื่น'] : []),
  ]
  return parts.length > 0 ? ` (${parts.join(', ')})` : ''
}

/** Whole lines in as few parts as LINE takes. */
function inParts(lines: readonly string[]): string[] {
  const parts: string[] = []
  let part: string[] = []
  let length = 0
  for (const line of lines) {
    if (length + line.length + 1 > MOST_UNITS && part.length > 0) {
      parts.push(part.join('\n'))
      part = []
      length = 0
    }
    part.push(line)
    length += line.length + 1
  }
  return part.length > 0 ? [...parts, part.join('\n')] : parts
}
