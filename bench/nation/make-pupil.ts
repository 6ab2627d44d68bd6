import type { Pupil } from '../../src/workflow/rules/roster/pupil.ts'

export type MadePupil = Pupil & { data: string; rowHash: string }

const FIRST = ['กานต์', 'ขวัญ', 'จันทร์', 'ชลิดา', 'ดวงใจ', 'ทองดี', 'ธนา', 'นภา', 'ปิติ', 'พร']
const LAST = ['ใจดี', 'ทองสุข', 'บุญมา', 'รักเรียน', 'ศรีสุข', 'แสงทอง', 'อยู่ดี', 'มั่นคง', 'สายชล', 'วงศ์ทอง']
const GRADES = ['ป.1', 'ป.2', 'ป.3', 'ป.4', 'ป.5', 'ป.6']

/** Pupil number `at` of the nation: invented, with a number whose check digit is right. */
export function makePupil(at: number, row: number): MadePupil {
  const number = nationalId(at)
  const sex = at % 2 === 0 ? 'm' : 'f'
  const pupil: Pupil = {
    row,
    key: number,
    numberKind: 'national_id',
    number,
    pupilNumber: String(row),
    prefix: sex === 'm' ? 'เด็กชาย' : 'เด็กหญิง',
    firstName: FIRST[at % FIRST.length] ?? '',
    lastName: LAST[Math.floor(at / FIRST.length) % LAST.length] ?? '',
    sex,
    birthDate: { year: 2012 + (at % 6), month: 1 + (at % 12), day: 1 + (at % 28) },
    nationality: 'ไทย',
    grade: GRADES[at % GRADES.length] ?? '',
    room: '1',
    enteredOn: { year: 2024, month: 5, day: 16 },
    status: 'เรียนอยู่',
    counts: true,
    exists: true,
    explanation: '',
  }
  return { ...pupil, data: JSON.stringify(pupil), rowHash: `hash-of-row-${at}`.padEnd(43, '.') }
}

/** Steps that are no neighbours: real numbers come in random order, which is what an index on them costs. */
function nationalId(at: number): string {
  const twelve = `1${String((at * 7_919_111_117) % 100_000_000_000).padStart(11, '0')}`
  const sum = [...twelve].reduce((total, digit, index) => total + Number(digit) * (13 - index), 0)
  return `${twelve}${(11 - (sum % 11)) % 10}`
}
