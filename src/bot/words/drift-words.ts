import type { UnitKind } from '../../db/schema.ts'
import type { Drift } from '../../workflow/drift.ts'
import type { CountsDriftRow } from '../../workflow/rules/counts-drift.ts'
import { columnHeader } from '../../workflow/rules/roster/columns.ts'
import type { ColumnChange, DriftCounts, RosterDriftRow } from '../../workflow/rules/roster-drift.ts'
import { count, dayAndTime } from './dates.ts'
import { SAY } from './say.ts'
import { PLACES, pupils, withoutIds } from './terms.ts'

const ROWS = 'แถว'
const people = (counted: number | null): string => (counted === null ? '(ว่าง)' : `${count(counted)} คน`)
const unitOf = (drift: Pick<Drift, 'component'>): string => (drift.component === 'roster' ? ROWS : PLACES)

export const DRIFT = {
  title: 'ตารางถูกแก้ไขหลังยืนยัน',
  alt: 'ตารางถูกแก้ไขหลังยืนยัน โปรดดูรายการ',
  listAlt: 'รายการที่แก้ไขหลังยืนยัน',
  listTitle: 'รายการที่แก้ไขหลังยืนยัน',
  confirmed: 'ยอดที่รายงาน (ยืนยันไว้)',
  now: 'ในตารางขณะนี้',
  stays: 'ยอดที่รายงานไม่เปลี่ยน จนกว่าจะขอยกเลิกการยืนยันและยืนยันใหม่',
  staysClosed: 'ยอดที่รายงานไม่เปลี่ยน',
  blocksOverview: 'ระหว่างนี้ อปท. ยังยืนยันภาพรวมไม่ได้',
  putBack: `โปรดแก้ตารางกลับให้ตรงกับที่ยืนยันไว้ตามรายการ หรือขอยกเลิกการยืนยันเพื่อแก้ไข พิมพ์ ${SAY.askReopening}`,
  locked: `ขณะนี้ตารางล็อกอยู่ หากต้องการแก้ไข โปรดขอยกเลิกการยืนยัน พิมพ์ ${SAY.askReopening}`,
  othersLocked: (name: string) => `ขณะนี้ตารางล็อกอยู่ หากต้องการแก้ไข โปรดให้ ${name} ขอยกเลิกการยืนยัน`,
  othersPutBack: (name: string) => `โปรดให้ ${name} แก้ตารางกลับให้ตรงกับที่ยืนยันไว้ หรือขอยกเลิกการยืนยันเพื่อแก้ไขและยืนยันใหม่`,
  typingOnly: 'ต่างเพียงรูปแบบการพิมพ์ ข้อมูลทุกแถวยังตรงกับที่ยืนยันไว้ โปรดกู้คืนตารางจากประวัติเวอร์ชันของ Google ชีต หรือขอยกเลิกการยืนยัน',
  typingOnlyLocked: `ต่างเพียงรูปแบบการพิมพ์ ข้อมูลทุกแถวยังตรงกับที่ยืนยันไว้ ขณะนี้ตารางล็อกอยู่ โปรดขอยกเลิกการยืนยัน พิมพ์ ${SAY.askReopening}`,
  show: 'ดูรายการที่แก้หลังยืนยัน',
  showOf: (name: string) => `${SAY.driftOf} ${name}`,
  none: (name: string) => `${name} ไม่มีการแก้ไขตารางหลังยืนยัน`,
  noneBelow: 'ไม่มีตารางที่ถูกแก้ไขหลังยืนยัน',
  which: 'แก้ไขหลังยืนยัน โปรดเลือกแห่งที่ต้องการดู',
  notHere: `ผู้ที่ดูรายการนี้ได้คือสถานศึกษาและ อปท. ต้นสังกัด ส่วนของสังกัดอื่นคือ อปท. และจังหวัด ดูความคืบหน้า พิมพ์ ${SAY.status}`,
  gone: (name: string) => `ตารางของ ${name} ที่ถูกแก้ไขหลังยืนยัน กลับมาตรงกับที่ยืนยันไว้แล้ว ยอดที่รายงานคงเดิม และระบบล็อกตารางตามเดิม`,
  help: 'ดูว่าแถวใดในตารางต่างจากที่ยืนยันไว้',
} as const

/** "แก้ไขหลังยืนยัน 4 แถว (แก้ 2 เพิ่ม 1 หายไป 1)" */
export function driftSummary(drift: Pick<Drift, 'component' | 'differing' | 'counts'>): string {
  if (drift.differing === 0) return 'แก้ไขหลังยืนยัน (ต่างเพียงรูปแบบการพิมพ์)'
  return `แก้ไขหลังยืนยัน ${count(drift.differing)} ${unitOf(drift)} (${kindsOf(drift.counts)})`
}

function kindsOf(counts: DriftCounts): string {
  const kinds: [string, number][] = [
    ['แก้', counts.changed],
    ['เพิ่ม', counts.added],
    ['หายไป', counts.missing],
    ['มีข้อผิดพลาด', counts.unreadable],
  ]
  return kinds.flatMap(([word, rows]) => (rows > 0 ? [`${word} ${count(rows)}`] : [])).join(' ')
}

export const moreRows = (left: number, drift: Pick<Drift, 'component'>): string =>
  `และอีก ${count(left)} ${unitOf(drift)}`

/** "แถวที่ 5 1-1017-xxxxx-xx-0: ระดับชั้น จาก ป.1 เป็น ป.2" */
export function rosterDriftLine(row: RosterDriftRow, look: { kind: UnitKind; names: boolean }): string {
  const { kind } = look
  const who = row.number ?? `${pupils(kind)}ที่ยังไม่มีเลข`
  switch (row.kind) {
    case 'added':
      return `เพิ่มแถวที่ ${row.row}: ${who}`
    case 'missing':
      return `หายไป: ${who} (แถวที่ ${row.row} ขณะยืนยัน)`
    case 'changed':
      return `แถวที่ ${row.row} ${who}: ${changesOf(row.changes, look)}`
    case 'new_number': {
      const number = `เลขเปลี่ยนจาก ${row.from ?? 'ยังไม่มีเลข'} เป็น ${row.number ?? 'ยังไม่มีเลข'}`
      return `แถวที่ ${row.row}: ${[number, ...(row.changes.length > 0 ? [changesOf(row.changes, look)] : [])].join(', ')}`
    }
    case 'unreadable':
      return row.row === null
        ? 'แถวที่เพิ่มมามีข้อผิดพลาด จึงเทียบไม่ได้ ดูแท็บ ผลตรวจ'
        : `${row.number} (แถวที่ ${row.row} ขณะยืนยัน): มีข้อผิดพลาด จึงเทียบไม่ได้ ดูแท็บ ผลตรวจ`
  }
}

/** Columns in which names stand, or what people type in words of their own. */
const NAMING: readonly ColumnChange['column'][] = ['firstName', 'lastName', 'explanation']

/** `names`: false for those who see everything but pupils' names (R9): then it says only that such a column was changed. */
function changesOf(changes: readonly ColumnChange[], { kind, names }: { kind: UnitKind; names: boolean }): string {
  const institution = kind === 'school' || kind === 'college' || kind === 'child_centre' ? kind : undefined
  const said = (value: string): string => (value === '' ? '(ว่าง)' : withoutIds(value))
  return changes
    .map(({ column, from, to }) => {
      const header = columnHeader(column, institution)
      return names || !NAMING.includes(column) ? `${header} จาก ${said(from)} เป็น ${said(to)}` : `${header} ถูกแก้ไข`
    })
    .join(', ')
}

/** "โรงเรียนอื่น: จาก 120 คน เป็น 130 คน" */
export function countsDriftLine(row: CountsDriftRow): string {
  switch (row.kind) {
    case 'added':
      return `เพิ่ม ${row.name}: ${people(row.to)}`
    case 'missing':
      return `หายไป ${row.name} (ยืนยันไว้ ${people(row.from)})`
    case 'changed': {
      const said = row.from === row.to ? [] : [`จาก ${people(row.from)} เป็น ${people(row.to)}`]
      if (row.reasonChanged) said.push('เหตุผลถูกแก้ไข')
      if (row.unticked) said.push('เครื่องหมาย ตรวจสอบแล้ว ถูกนำออก')
      return `${row.name}: ${said.join(', ')}`
    }
  }
}

/** Above its rows on the status card, where the figures stand already: what is the case, in one sentence. */
export const driftFigures = (drift: Pick<Drift, 'confirmed' | 'counted'>): string =>
  `ตารางถูกแก้ไขหลังยืนยัน ยอดที่รายงานยังเป็น ${people(drift.confirmed)} (ในตารางขณะนี้ ${people(drift.counted)})`

export const editedAfterCloseLine = (editedAt: number): string =>
  `ตารางถูกแก้ไขหลังปิดระบบ เมื่อ ${dayAndTime(editedAt)} การแก้ไขนี้ไม่นับเป็นข้อมูลของรอบนี้`

export const countsDriftText = (drift: Drift): string =>
  `สังกัดอื่น${driftSummary(drift)} ยอดที่รายงานยังเป็น ${people(drift.confirmed)} (ในตารางขณะนี้ ${people(drift.counted)})`
