import type { DemoInstitution, DemoMistake } from './demo-units.ts'

const BOYS = [
  'ก้องภพ',
  'กันตพล',
  'คณิน',
  'จิรายุ',
  'ชยพล',
  'ณภัทร',
  'ณัฐวุฒิ',
  'ตะวัน',
  'ธนกร',
  'ธีรเดช',
  'นนท์ปวิธ',
  'ปกรณ์',
  'ปัณณวิชญ์',
  'พชร',
  'ภัทรดนัย',
  'ภูผา',
  'รชต',
  'วชิรวิทย์',
  'ศุภกร',
  'สิรวิชญ์',
  'อคิราห์',
  'อนันดา',
]
const GIRLS = [
  'กชกร',
  'กัญญาณัฐ',
  'ขวัญข้าว',
  'จิรัชยา',
  'ชนัญชิดา',
  'ญาณิศา',
  'ณัฐณิชา',
  'ธัญชนก',
  'ใบบุญ',
  'ปภาวรินทร์',
  'ปุณยนุช',
  'พิชญาภา',
  'ภัทราพร',
  'มนัสนันท์',
  'รินรดา',
  'วรัญญา',
  'ศศิธร',
  'สิริยากร',
  'อัญมณี',
  'อิงฟ้า',
]
const SURNAMES = [
  'กล้าหาญ',
  'แก้วมณี',
  'ขยันเพียร',
  'คำแสง',
  'จันทร์หอม',
  'ชื่นบาน',
  'ดวงดี',
  'ตั้งตรง',
  'ทองคำดี',
  'ทุ่งรวง',
  'ธารใส',
  'นาคสุข',
  'บัวงาม',
  'บุญมา',
  'ปานทอง',
  'พงษ์ไพร',
  'เพชรน้ำ',
  'มีทรัพย์',
  'ยืนยง',
  'รักนา',
  'ลำธาร',
  'วงศ์ไทย',
  'ศรีนวล',
  'สายรุ้ง',
  'แสนสุข',
  'หอมจันทร์',
  'อินทร์แก้ว',
  'เอี่ยมสะอาด',
]

/** Years of age at the start of the school year that a grade is usual for. */
const AGE: Record<string, number> = { เตรียมอนุบาล: 2, 'อ.1': 3, 'อ.2': 4, 'อ.3': 5 }

function ageOf(grade: string): number {
  const known = AGE[grade]
  if (known !== undefined) return known
  const [stage, year] = grade.split('.')
  const base = { ป: 6, ม: 12, ปวช: 15, ปวส: 18 }[stage ?? ''] ?? 6
  return base + Number(year)
}

/** Deterministic pseudo-random numbers (mulberry32): the demo is the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** An invented national id of the form 1-99xx-…: no registration office begins with 99, the check digit fits. */
export function inventedId(running: number): string {
  const digits = `199${String(running).padStart(9, '0')}`
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (13 - index), 0)
  return digits + String((11 - (sum % 11)) % 10)
}

export type DemoRow = {
  nationalId: string
  pupilNumber: string
  prefix: string
  firstName: string
  lastName: string
  sex: string
  birthDate: string
  nationality: string
  grade: string
  room: string
  enteredOn: string
  status: string
  exists: string
  explanation: string
}

/** The roster as a teacher would have typed it: plausible ages for school year 2567 and the institution's honest mistakes. */
export function demoRoster(institution: DemoInstitution): DemoRow[] {
  const random = seeded(Number(institution.code.slice(-6)))
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? ''
  const rows = Array.from({ length: institution.pupils }, (_, index): DemoRow => {
    const grade = institution.grades[Math.floor((index * institution.grades.length) / institution.pupils)] ?? ''
    const boy = random() < 0.5
    const age = ageOf(grade)
    const month = 1 + Math.floor(random() * 12)
    const day = 1 + Math.floor(random() * 28)
    // Turned `age` before 16 May of the school year: later birthdays belong to the year before.
    const yearBe = 2567 - age - (month > 5 || (month === 5 && day > 16) ? 1 : 0)
    const grown = 2567 - yearBe > 15 || (2567 - yearBe === 15 && (month < 6 || (month === 6 && day <= 10)))
    return {
      nationalId: inventedId(Number(institution.code.slice(-6)) * 1000 + index),
      pupilNumber: String(1000 + index),
      prefix: grown ? (boy ? 'นาย' : 'นางสาว') : boy ? 'ด.ช.' : 'ด.ญ.',
      firstName: pick(boy ? BOYS : GIRLS),
      lastName: pick(SURNAMES),
      sex: '',
      birthDate: `${day}/${month}/${yearBe}`,
      nationality: 'ไทย',
      grade,
      room: '1',
      enteredOn: '16/05/2567',
      status: index % 17 === 16 ? 'ย้ายเข้า' : 'เรียนอยู่',
      exists: 'TRUE',
      explanation: '',
    }
  })
  for (const [index, mistake] of institution.mistakes.entries()) applyMistake(rows, mistake, 3 + index * 4)
  return rows
}

function applyMistake(rows: DemoRow[], mistake: DemoMistake, at: number): void {
  const row = rows[at]
  if (!row) return
  switch (mistake) {
    case 'bad-check-digit':
      row.nationalId = row.nationalId.slice(0, 12) + String((Number(row.nationalId[12]) + 1) % 10)
      return
    case 'no-birth-date':
      row.birthDate = ''
      return
    case 'unticked':
      row.exists = 'FALSE'
      return
    case 'duplicate':
      row.nationalId = rows[at + 1]?.nationalId ?? row.nationalId
      return
    case 'old-prefix':
      row.prefix = row.prefix === 'ด.ช.' || row.prefix === 'นาย' ? 'นาย' : 'นางสาว'
      return
    case 'waits-for-g-code':
      Object.assign(row, {
        nationalId: '',
        nationality: 'ลาว',
        status: 'รอออกรหัส G-Code',
        explanation: 'ยื่นขอรหัส G-Code แล้ว รอผล',
      })
      return
    case 'be-date-as-number':
      row.birthDate = '15-5-60'
      return
    case 'unknown-grade':
      row.grade = 'ป.9'
      return
  }
}
