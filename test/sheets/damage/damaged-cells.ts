import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import type { RosterColumn } from '../../../src/workflow/rules/roster/columns.ts'
import { inventedId } from '../pupil-rows.ts'

export type CellData = sheets_v4.Schema$CellData

/**
 * `good`: still says the pupil's value. `wrong`: the row must be reported. `either`: reading or reporting it are both honest.
 */
export type Fate = 'good' | 'wrong' | 'either'
export type CellDamage = {
  name: string
  fate: Fate
  make: (n: number) => CellData
  /** What must stand in the database, where it is not the value of an undamaged row. */
  expect?: unknown
}

export const text = (value: string): CellData => ({ userEnteredValue: { stringValue: value }, formattedValue: value })
export const number = (value: number, shown = String(value)): CellData => ({
  userEnteredValue: { numberValue: value },
  formattedValue: shown,
})
export const tick = (value: boolean): CellData => ({
  userEnteredValue: { boolValue: value },
  formattedValue: value ? 'TRUE' : 'FALSE',
})
const formula = (typed: string, shown: string): CellData => ({
  userEnteredValue: { formulaValue: typed },
  formattedValue: shown,
})
/** A failed formula pasted as a value: an error without a formula. */
const errorValue: CellData = { userEnteredValue: { errorValue: { type: 'REF' } }, formattedValue: '#REF!' }

export const LONG = 50_000
const THAI_ZERO = 0x0e50
const thaiDigits = (digits: string) => digits.replace(/\d/g, (digit) => String.fromCharCode(THAI_ZERO + Number(digit)))
const wideDigits = (digits: string) => digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
const grouped = (id: string, by: string) =>
  id.replace(/^(\d)(\d{4})(\d{5})(\d{2})(\d)$/, `$1${by}$2${by}$3${by}$4${by}$5`)

const good = (name: string, make: (n: number) => CellData | string, expect?: unknown): CellDamage =>
  damage('good', name, make, expect)
const wrong = (name: string, make: (n: number) => CellData | string): CellDamage => damage('wrong', name, make)
const either = (name: string, make: (n: number) => CellData | string): CellDamage => damage('either', name, make)

function damage(fate: Fate, name: string, make: (n: number) => CellData | string, expect?: unknown): CellDamage {
  const cell = (n: number) => {
    const made = make(n)
    return typeof made === 'string' ? text(made) : made
  }
  return { name, fate, make: cell, ...(expect === undefined ? {} : { expect }) }
}

/** A valid number that begins with 0, for the zero to be lost. */
function zeroId(n: number): string {
  const digits = `011320${String(n % 1_000_000).padStart(6, '0')}`
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (13 - index), 0)
  return digits + String((11 - (sum % 11)) % 10)
}

const wrongEverywhere: CellDamage[] = [
  wrong('a formula', () => formula('=A1', 'ก')),
  wrong('a formula that failed', () => formula('=VLOOKUP(A1,B:C,2)', '#REF!')),
  wrong('a formula of one’s own number', (n) => formula(`="${inventedId(n)}"`, inventedId(n))),
]
const wrongWhereRequired: CellDamage[] = [
  ...wrongEverywhere,
  wrong('blank', () => ({})),
  wrong('an empty text', () => ({ userEnteredValue: { stringValue: '' } })),
  wrong('only invisible characters', () => '\u200b\u00a0 \ufeff\t'),
]
const oddTexts: CellDamage[] = [
  either('emoji', () => '👩‍👩‍👧🙂'),
  either('a lone surrogate', () => `ก\ud83d`),
  either('an error value', () => errorValue),
  either('the name of an error', () => '#REF!'),
  either('a number', () => number(42)),
  either('a number of 13 digits', (n) => number(Number(inventedId(n)), '1.1017E+12')),
  either('a text of 13 digits', (n) => inventedId(n)),
  either('a tick', () => tick(true)),
  either('50,000 characters', () => 'ก'.repeat(LONG)),
  either('50,000 digits', () => '7'.repeat(LONG)),
  either('words of a program', () => 'undefined'),
  either('a formula as text', () => "'=1+1"),
]
/** No list and no form admits these. */
const wrongInLists = oddTexts.map((odd): CellDamage => ({ ...odd, fate: 'wrong' }))

const BIRTH = { year: 2017, month: 5, day: 15 }

export const cellDamages: Record<RosterColumn, readonly CellDamage[]> = {
  nationalId: [
    good('spaces', (n) => ` ${grouped(inventedId(n), ' ')} `),
    good('dashes', (n) => grouped(inventedId(n), '-')),
    good('dashes of a word processor', (n) => grouped(inventedId(n), '–')),
    good('Thai digits', (n) => thaiDigits(inventedId(n))),
    good('Thai digits and dashes', (n) => thaiDigits(grouped(inventedId(n), '-'))),
    good('full-width digits', (n) => wideDigits(inventedId(n))),
    good('zero-width characters', (n) => `\ufeff${grouped(inventedId(n), '\u200b')}\u200d`),
    good('no-break spaces', (n) => `\u00a0${grouped(inventedId(n), '\u00a0')}`),
    good('an apostrophe', (n) => `'${inventedId(n)}`),
    good('a line break', (n) => `${inventedId(n)}\n`),
    good('a decimal that a program added', (n) => `${inventedId(n)}.0`),
    good('a number typed as number', (n) => number(Number(inventedId(n)), '1.1017E+12')),
    ...wrongWhereRequired,
    wrong('a lost zero', (n) => number(Number(zeroId(n)), '1.132E+11')),
    wrong('a lost zero in text', (n) => zeroId(n).slice(1)),
    wrong('rounded by the sheet', (n) => number(1_101_700_000_000 + (n % 9) * 1_000_000, '1.1017E+12')),
    wrong('rounded in text', () => '1.1017E+12'),
    wrong('a check digit that does not fit', (n) => {
      const id = inventedId(n)
      return id.slice(0, 12) + String((Number(id[12]) + 1) % 10)
    }),
    wrong('a digit too many', (n) => `${inventedId(n)}1`),
    wrong('letters', (n) => `เลข ${inventedId(n)}`),
    wrong('a placeholder', () => '1234567890121'),
    wrong('one digit repeated', () => number(1_111_111_111_111, '1.11111E+12')),
    wrong('a date', () => '15/05/2560'),
    ...wrongInLists.filter(({ name }) => !name.endsWith('13 digits')),
  ],
  pupilNumber: [good('a number', () => number(7), '7'), good('blank', () => ({}), ''), ...oddTexts, ...wrongEverywhere],
  prefix: [
    good('in full', () => 'เด็กชาย'),
    good('without dots', () => 'ดช'),
    good('with spaces', () => '\u00a0ด. ช. '),
    good('an adult’s', () => 'นาย', 'นาย'),
    wrong('none that exists', () => 'คุณหนู'),
    ...wrongWhereRequired,
    ...wrongInLists,
  ],
  firstName: [
    good('spaces around', () => '  ทดสอบ\u00a0'),
    good('zero-width characters', () => 'ทด\u200bสอบ\u200d'),
    good('sara am in two', () => 'ค\u0e4d\u0e32', 'คำ'),
    good('a double เ', () => '\u0e40\u0e40ก้ว', 'แก้ว'),
    good('in Latin letters', () => "Jean-Luc O'Neil", "Jean-Luc O'Neil"),
    ...wrongWhereRequired,
    ...oddTexts,
  ],
  lastName: [
    good('with a space', () => 'ณ ตัวอย่าง', 'ณ ตัวอย่าง'),
    good('a line break', () => 'ณ\nตัวอย่าง', 'ณ ตัวอย่าง'),
    ...wrongWhereRequired,
    ...oddTexts,
  ],
  sex: [good('said', () => 'ชาย'), either('nonsense', () => '???'), ...oddTexts, ...wrongEverywhere],
  birthDate: [
    good('short', () => '15/5/60'),
    good('a month’s name', () => '15 พ.ค. 2560'),
    good('a month’s whole name', () => 'วันที่ 15 พฤษภาคม พ.ศ. 2560'),
    good('Thai digits', () => '๑๕/๐๕/๒๕๖๐'),
    good('dashes', () => '15-05-2560'),
    good('dots and spaces', () => ' 15.05.2560\u00a0'),
    good('year first', () => '2017-05-15'),
    good('a time of day', () => '15/5/2560 0:00:00'),
    good('a date cell', () => number(42_870, '15/5/2017')),
    good('a date cell typed in BE', () => number(241_197, '15/5/2560')),
    good('a year alone', () => '2560', { year: 2017, month: null, day: null }),
    good('day and month unknown', () => '00/00/2560', { year: 2017, month: null, day: null }),
    wrong('unknown', () => 'ไม่ทราบ'),
    wrong('no such day', () => '31/02/2560'),
    wrong('29 February of no leap year', () => '29/02/2560'),
    wrong('between the eras', () => '15/05/2300'),
    wrong('in the future', () => '15/05/2580'),
    wrong('a date cell typed with two digits', () => number(22_051, '15/5/1960')),
    wrong('half a day', () => number(0.5, '12:00')),
    wrong('less than nothing', () => number(-42_870, '-42870')),
    wrong('larger than any date', () => number(1e300, '1E+300')),
    ...wrongWhereRequired,
    ...wrongInLists,
  ],
  nationality: [
    good('in English', () => 'Thai'),
    good('with its title', () => 'สัญชาติ ไทย'),
    good('another', () => 'ลาว', 'ลาว'),
    wrong('a dash', () => '-'),
    wrong('a number', () => number(1)),
    ...wrongWhereRequired,
    ...oddTexts,
  ],
  grade: [
    good('without dot', () => 'ป1'),
    good('in full', () => 'ชั้นประถมศึกษาปีที่ ๑'),
    good('spaced', () => ' ป. 1\u200b'),
    wrong('none that exists', () => 'ป.9'),
    ...wrongWhereRequired,
    ...wrongInLists,
  ],
  room: [good('a number', () => number(2), '2'), good('blank', () => ({}), ''), ...oddTexts, ...wrongEverywhere],
  enteredOn: [good('a date', () => '16/05/2567'), good('nonsense', () => 'เมื่อวาน'), ...wrongEverywhere],
  status: [
    good('moved in', () => 'ย้ายเข้า', 'ย้ายเข้า'),
    good('spaced', () => 'เรียน\u00a0อยู่ '),
    wrong('none that exists', () => 'อยู่บ้าน'),
    ...wrongWhereRequired,
    ...wrongInLists,
  ],
  exists: [
    good('TRUE as text', () => 'TRUE'),
    good('Thai', () => 'จริง'),
    good('a sign', () => '✓'),
    good('a stroke', () => '/'),
    good('1', () => number(1)),
    wrong('unticked', () => tick(false)),
    wrong('FALSE as text', () => 'FALSE'),
    wrong('a cross', () => 'x'),
    wrong('blank', () => ({})),
    wrong('an error value', () => errorValue),
    wrong('emoji', () => '🙂'),
    ...wrongEverywhere,
  ],
  explanation: [
    good('words', () => 'ตรวจแล้ว', 'ตรวจแล้ว'),
    good('a formula as text', () => "'=1+1", "'=1+1"),
    ...oddTexts,
    ...wrongEverywhere,
  ],
}

/** What an undamaged row says, number `n`; names differ from row to row. */
export function wholePupil(n: number): { cells: Record<RosterColumn, CellData>; values: Record<string, unknown> } {
  const lastName = `สมมติ${lettersOf(n)}`
  return {
    cells: {
      nationalId: text(inventedId(n)),
      pupilNumber: text(String(1000 + n)),
      prefix: text('ด.ช.'),
      firstName: text('ทดสอบ'),
      lastName: text(lastName),
      sex: {},
      birthDate: text('15/05/2560'),
      nationality: text('ไทย'),
      grade: text('ป.1'),
      room: text('1'),
      enteredOn: {},
      status: text('เรียนอยู่'),
      exists: tick(true),
      explanation: {},
    },
    values: {
      number: inventedId(n),
      pupilNumber: String(1000 + n),
      prefix: 'ด.ช.',
      firstName: 'ทดสอบ',
      lastName,
      sex: 'm',
      birthDate: BIRTH,
      nationality: 'ไทย',
      grade: 'ป.1',
      room: '1',
      status: 'เรียนอยู่',
      exists: true,
      explanation: '',
    },
  }
}

/** Column of the sheet → field of the recorded pupil, where they differ. */
export const fieldOf = (column: RosterColumn): string => (column === 'nationalId' ? 'number' : column)

const CONSONANTS = ['ก', 'ข', 'ค', 'ง', 'จ', 'ช', 'ด', 'ต', 'น', 'บ']
const lettersOf = (n: number) => [...String(n)].map((digit) => CONSONANTS[Number(digit)]).join('')
