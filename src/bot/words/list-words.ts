import type { Region } from '../../workflow/rules/regions.ts'
import type { LookChange } from '../../workflow/status-look.ts'
import type { LaoLine } from '../../workflow/structure.ts'
import { closesIn, count, countdown, dayAndTime } from './dates.ts'
import { SAY } from './say.ts'

export const REGION: Record<Region, string> = {
  north: 'ภาคเหนือ',
  northeast: 'ภาคตะวันออกเฉียงเหนือ',
  central: 'ภาคกลาง',
  south: 'ภาคใต้',
}

/** Provinces whose code says nothing of where they are. */
export const NO_REGION = 'ภาคอื่น'

/** How people call a region too. */
export const REGION_SPOKEN: readonly (readonly [RegExp, Region])[] = [
  [/^(?:ภาค)?(?:ตะวันออกเฉียงเหนือ|อีสาน)$/, 'northeast'],
  [/^ภาคเหนือ$/, 'north'],
  [/^(?:ภาคกลาง|ภาคตะวันออก|ภาคตะวันตก)$/, 'central'],
  [/^(?:ภาค)?ใต้$/, 'south'],
]

export const pageLabel = (number: number): string => `หน้า ${number}`

export const pageLine = (page: {
  number: number
  of: number
  from: number
  items: readonly unknown[]
  total: number
}) =>
  `หน้า ${page.number} จาก ${page.of} (ลำดับที่ ${count(page.from + 1)}-${count(page.from + page.items.length)} จาก ${count(page.total)})`

/** Who is left, in one line. */
export const leftLine = (of: { left: number; all: number; counted: string; closesAt: number; now: number }): string =>
  `เหลือ ${count(of.left)} จาก ${count(of.all)} ${of.counted} · ${closesIn(of.closesAt, of.now)}`

/** States of institutions as an LAO must act on them. */
export const GROUP = {
  fix: 'ต้องแก้ไขหรือชี้แจง',
  stuck: 'อ่านตารางไม่ได้ หรือรายชื่อหายไป',
  ready: 'พร้อมยืนยัน เหลือเพียงกดยืนยัน',
  empty: 'ยังไม่มีข้อมูล',
  reopened: 'เปิดแก้ไขอีกครั้ง',
  drifted: 'แก้ไขหลังยืนยัน',
  closed: 'ไม่ได้ยืนยันก่อนปิดระบบ',
} as const

/** What is new of an institution since an officer of its LAO last looked. */
export const LOOK_NEWS: Record<LookChange['now'], string> = {
  confirmed: 'ยืนยันแล้ว',
  drifted: 'มีการแก้ไขหลังยืนยัน',
  reopened: 'เปิดแก้ไขอีกครั้ง',
  stuck: 'อ่านตารางไม่ได้ หรือรายชื่อหายไป',
  fix: 'มีรายการที่ต้องแก้ไขหรือชี้แจง',
  ready: 'พร้อมยืนยัน',
  empty: 'ยังไม่มีข้อมูล',
  not_required: 'ไม่ต้องยืนยันแล้ว',
  new: 'เพิ่มเข้ามาใหม่',
}

export const LOOK = {
  changed: (at: number, changes: number) => `เปลี่ยนแปลงตั้งแต่ท่านดูเมื่อ ${dayAndTime(at)}: ${count(changes)} แห่ง`,
  same: (at: number) => `ไม่มีการเปลี่ยนแปลงตั้งแต่ท่านดูเมื่อ ${dayAndTime(at)}`,
  agreedAt: (name: string, dueAt: number, now: number) =>
    `${name} นัดส่ง ${dayAndTime(dueAt)} (${countdown(dueAt, now)})`,
} as const

/** States of LAOs as a province must act on them. */
export const LAO_GROUP = {
  institutions: 'รอสถานศึกษา',
  lao: 'สถานศึกษาครบ รอ อปท. ยืนยัน',
  bare: 'ต้องบันทึกว่าไม่ต้องยืนยัน',
} as const

export const LEFT_LIST = {
  whole: (region: string) => `${region} ${SAY.left}`,
  hint: `ดูของหน่วยใด พิมพ์ ${SAY.left} ตามด้วยชื่อหน่วย`,
  ready: `แห่งที่พร้อมแล้วให้กดยืนยันได้ทันที เตือนพร้อมกัน พิมพ์ ${SAY.nudgeAll}`,
  /** The LAO's own two confirmations, once its institutions have done theirs. */
  ownStep: (line: Pick<LaoLine, 'overview' | 'otherCounts'>) => {
    const steps = [
      line.overview === 'open' ? SAY.confirmOverview : '',
      line.otherCounts === 'open' ? SAY.confirmOtherCounts : '',
    ].filter((step) => step !== '')
    return steps.length > 0 ? `ขั้นต่อไปของ อปท. พิมพ์ ${steps.join(' / ')}` : ''
  },
  noneOf: (name: string) => `${name} ยืนยันครบทุกแห่งแล้ว`,
  regionButton: (region: string, left: number) => `${region} (เหลือ ${count(left)})`,
} as const

export const regionItem = (of: {
  region: string
  confirmed: number
  provinces: number
  complete: number
  laos: number
  counted: number
}): string =>
  `${of.region} · จังหวัดยืนยันแล้ว ${of.confirmed}/${of.provinces} · อปท. ครบ ${count(of.complete)}/${count(of.laos)} · ${count(of.counted)} คน`
