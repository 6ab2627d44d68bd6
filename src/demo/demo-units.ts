/** An invented province. Its codes use 99, which no Thai province has; names of people are invented too. */
export const DEMO_ROUND = '2567/1'
/** Wednesday, 24 April 2567: before the round opens. */
export const DEMO_APPOINTED = '2024-04-24T10:00:00+07:00'
/** Wednesday, 5 June 2567, 09.00: inside the window, six days before the close. */
export const DEMO_START = '2024-06-05T09:00:00+07:00'

export const DEMO_LAOS = [
  {
    code: '02990101',
    kind: 'pao',
    name: 'ทุ่งตะวัน',
    district: 'เมืองทุ่งตะวัน',
    officer: 'นางสาวพิมพ์ชนก แสงรวี',
    telephone: '0 2555 0101',
  },
  {
    code: '04990102',
    kind: 'town_municipality',
    name: 'ทุ่งตะวัน',
    district: 'เมืองทุ่งตะวัน',
    officer: 'นายธีรภัทร วงศ์อรุณ',
    telephone: '0 2555 0102',
  },
  {
    code: '05990201',
    kind: 'subdistrict_municipality',
    name: 'ริมธาร',
    district: 'ริมธาร',
    officer: 'นางอัญชลี พรมสุวรรณ',
    telephone: '0 2555 0201',
  },
  {
    code: '06990301',
    kind: 'sao',
    name: 'บ้านนา',
    district: 'บ้านนา',
    officer: 'นายสมพงษ์ ทองดีเลิศ',
    telephone: '0 2555 0301',
  },
  {
    code: '06990302',
    kind: 'sao',
    name: 'เขาเขียว',
    district: 'บ้านนา',
    officer: 'นางสาวกาญจนา ศรีบุญเรือง',
    telephone: '0 2555 0302',
  },
] as const

export type DemoMistake =
  | 'bad-check-digit'
  | 'no-birth-date'
  | 'unticked'
  | 'duplicate'
  | 'old-prefix'
  | 'waits-for-g-code'
  | 'be-date-as-number'
  | 'unknown-grade'

export type DemoInstitution = {
  code: string
  lao: string
  kind: 'school' | 'college' | 'child_centre'
  name: string
  officer: string
  grades: readonly string[]
  pupils: number
  mistakes: readonly DemoMistake[]
}

export const DEMO_INSTITUTIONS: readonly DemoInstitution[] = [
  {
    code: '3099100001',
    lao: '02990101',
    kind: 'school',
    name: 'ทุ่งตะวันวิทยา',
    officer: 'นายวรากร ใจงาม',
    grades: ['ม.1', 'ม.2', 'ม.3', 'ม.4'],
    pupils: 78,
    mistakes: ['old-prefix'],
  },
  {
    code: '3099100002',
    lao: '02990101',
    kind: 'college',
    name: 'อาชีพทุ่งตะวัน',
    officer: 'นางสาวณัฐธิดา มั่นคง',
    grades: ['ปวช.1', 'ปวช.2', 'ปวส.1'],
    pupils: 41,
    mistakes: [],
  },
  {
    code: '3099200001',
    lao: '04990102',
    kind: 'school',
    name: 'เทศบาล 1 (ตลาดเช้า)',
    officer: 'นางรัตนา บุญประเสริฐ',
    grades: ['อ.2', 'อ.3', 'ป.1', 'ป.2', 'ป.3', 'ป.4', 'ป.5', 'ป.6'],
    pupils: 121,
    mistakes: ['bad-check-digit', 'unticked'],
  },
  {
    code: '3099200002',
    lao: '04990102',
    kind: 'school',
    name: 'เทศบาล 2 (ริมคลอง)',
    officer: 'นายอนุชา เพียรดี',
    grades: ['ป.1', 'ป.2', 'ป.3', 'ป.4', 'ป.5', 'ป.6'],
    pupils: 64,
    mistakes: [],
  },
  {
    code: '3099500001',
    lao: '04990102',
    kind: 'child_centre',
    name: 'เทศบาลเมืองทุ่งตะวัน',
    officer: 'นางสาวเบญจวรรณ ยิ้มแย้ม',
    grades: ['เตรียมอนุบาล', 'อ.1', 'อ.2'],
    pupils: 40,
    mistakes: ['waits-for-g-code'],
  },
  {
    code: '3099200003',
    lao: '05990201',
    kind: 'school',
    name: 'ริมธารพิทยา',
    officer: 'นายกิตติพงศ์ สายชล',
    grades: ['ป.1', 'ป.2', 'ป.3', 'ป.4', 'ป.5', 'ป.6'],
    pupils: 52,
    mistakes: ['duplicate', 'unknown-grade'],
  },
  {
    code: '3099500002',
    lao: '05990201',
    kind: 'child_centre',
    name: 'ริมธาร',
    officer: 'นางมาลี ศรีสวัสดิ์',
    grades: ['เตรียมอนุบาล', 'อ.1', 'อ.2'],
    pupils: 33,
    mistakes: [],
  },
  {
    code: '3099300001',
    lao: '06990301',
    kind: 'child_centre',
    name: 'บ้านนา',
    officer: 'นางสาวสุดารัตน์ แก้วใส',
    grades: ['เตรียมอนุบาล', 'อ.1', 'อ.2'],
    pupils: 24,
    mistakes: ['bad-check-digit', 'no-birth-date'],
  },
  {
    code: '3099300002',
    lao: '06990301',
    kind: 'child_centre',
    name: 'วัดบ้านนา',
    officer: 'นางจันทร์เพ็ญ นาดี',
    grades: ['เตรียมอนุบาล', 'อ.1', 'อ.2'],
    pupils: 19,
    mistakes: [],
  },
]

export const DEMO_OTHERS = [
  { lao: '04990102', code: '1099000011', name: 'โรงเรียนอนุบาลทุ่งตะวัน', affiliation: 'สพฐ.', baseline: 412 },
  { lao: '04990102', code: '1099000012', name: 'โรงเรียนบ้านคลองใส', affiliation: 'สพฐ.', baseline: 96 },
  { lao: '05990201', code: '1099000021', name: 'โรงเรียนบ้านริมธาร', affiliation: 'สพฐ.', baseline: 138 },
  { lao: '06990302', code: '1099000031', name: 'โรงเรียนบ้านเขาเขียว', affiliation: 'สพฐ.', baseline: 57 },
  { lao: '06990302', code: '1099000032', name: 'โรงเรียน ตชด. เขาเขียวพัฒนา', affiliation: 'ตชด.', baseline: 43 },
] as const

export const DEMO_OFFICERS = {
  department: { name: 'นายปรีชา เรืองวิทย์', role: 'officer' },
  province: { name: 'นางวิภาวรรณ สุขเกษม', role: 'officer' },
  executive: { name: 'นายบุญเลิศ ทุ่งตะวันกุล', role: 'executive', lao: '04990102' },
} as const

export const DEMO_NEWCOMER = { name: 'นางสาวชุติมา ตั้งใจ', email: 'newcomer@example.com' } as const
