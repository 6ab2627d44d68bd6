const FIRST = ['กานต์', 'ขวัญ', 'จันทร์', 'ดาว', 'ธาร', 'นภา', 'ปุณ', 'พิม', 'ภู', 'ริน']
const LAST = ['ใจดี', 'มีสุข', 'รักเรียน', 'ศรีงาม', 'ทองแท้']

/** An invented national id with its check digit. */
export function inventedId(n: number): string {
  const digits = `1${String(10_170_020_000 + n * 37).padStart(11, '0')}`
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (13 - index), 0)
  return digits + String((11 - (sum % 11)) % 10)
}

export type PupilCells = {
  id?: string
  prefix?: string
  first?: string
  last?: string
  birth?: string
  grade?: string
  status?: string
  exists?: string
  explanation?: string
}

/** One row in the template's order; without overrides it has no problem in round 2567/1 at a school. */
export function pupilRow(n: number, cells: PupilCells = {}): string[] {
  const { prefix = 'ด.ช.', birth = '15/05/2560', grade = 'ป.1', status = 'เรียนอยู่', exists = 'TRUE' } = cells
  const first = cells.first ?? FIRST[n % FIRST.length] ?? ''
  const last = cells.last ?? LAST[n % LAST.length] ?? ''
  const id = cells.id ?? inventedId(n)
  return [id, String(n), prefix, first, last, '', birth, 'ไทย', grade, '1', '', status, exists, cells.explanation ?? '']
}

export const pupilRows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => pupilRow(from + index))
