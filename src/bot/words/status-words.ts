import type { UnitKind } from '../../db/schema.ts'
import type { ChangesSince } from '../../workflow/changes-since.ts'
import type { InstitutionStatus } from '../../workflow/status.ts'
import type { InstitutionLine, LaoLine } from '../../workflow/structure.ts'
import type { ShownProblem } from '../../workflow/unit-facts.ts'
import { count, countdown, dayAndTime, until } from './dates.ts'
import { SAY } from './say.ts'
import { more, pupils, withoutIds } from './terms.ts'

/** One word for a state, to stand beside its colour. */
export const STATE = {
  confirmed: 'ยืนยันแล้ว',
  drifted: 'มีการแก้ไขหลังยืนยัน',
  notRequired: 'ไม่ต้องยืนยัน',
  unreadable: 'ระบบอ่านตารางไม่ได้',
  empty: 'ยังไม่มีข้อมูล',
  ready: 'พร้อมยืนยัน',
  reopened: 'อยู่ระหว่างแก้ไข',
  recording: 'กำลังบันทึก',
  closed: 'ปิดแล้ว ไม่ได้ยืนยัน',
  hold: 'รอตรวจสอบรายชื่อที่หายไป',
  shared: (pupils: number) => `รายชื่อซ้ำ ${count(pupils)} ราย ยังยืนยันไม่ได้`,
  complete: 'ครบถ้วนแล้ว',
  marked: 'ตรวจสอบแล้ว',
  mustFix: (points: number) => `ต้องแก้ไข ${count(points)} จุด`,
  mustExplain: (points: number) => `รอคำชี้แจง ${count(points)} จุด`,
  waitingFor: (left: number, what: string) => `รออีก ${count(left)} ${what}`,
} as const

/** Of a figure that was confirmed before its reopening. */
export const REPORTED_STANDS = 'ยอดที่ยืนยันไว้เดิมยังเป็นยอดที่รายงาน จนกว่าจะยืนยันใหม่'

export const LABEL = {
  due: 'กำหนดยืนยัน',
  closes: 'ระบบปิด',
  counted: 'จำนวนที่นับ',
  boysGirls: 'ชาย / หญิง',
  receipt: 'เลขที่ใบรับ',
  confirmedAt: 'ยืนยันเมื่อ',
  reported: 'ยอดที่รายงาน',
  readBeforeClose: 'อ่านได้ก่อนปิดระบบ',
  nowTooLate: 'จำนวนในตารางขณะนี้ (แก้ไขหลังปิดระบบ ไม่นับ)',
  waitingGCode: 'รอออกรหัส G-Code',
  notCounted: 'ไม่นับ (ย้ายออก จบ ฯลฯ)',
  readAt: 'ระบบอ่านตารางล่าสุด',
  overview: 'ภาพรวม',
  otherCounts: 'สังกัดอื่น',
  institutions: 'สถานศึกษา',
  laos: 'อปท. ครบถ้วน',
  marked: 'ตรวจสอบแล้ว',
  provinces: 'จังหวัดที่ยืนยันแล้ว',
  requests: 'คำขอที่รอท่าน',
} as const

export const BUTTON = {
  confirm: 'ยืนยันข้อมูล',
  openToFix: 'เปิดตารางเพื่อแก้ไข',
  openSheet: 'เปิดตาราง',
  openCounts: 'เปิดตารางสังกัดอื่น',
  checkAgain: 'แก้ไขแล้ว ตรวจใหม่',
  checkFirst: 'กรอกแล้ว ตรวจข้อมูล',
  askReopening: 'ขอยกเลิกการยืนยัน',
  withdraw: 'ถอนคำขอ',
  requests: (waiting: number) => `ดูคำขอที่รอ (${count(waiting)})`,
  confirmOverview: 'ยืนยันภาพรวม',
  confirmOtherCounts: 'ยืนยันสังกัดอื่น',
  checkCounts: 'ตรวจจำนวนสังกัดอื่น',
  confirmProvince: 'ยืนยันจังหวัด',
  markChecked: 'ดูรายการ อปท. ที่รอตรวจสอบ',
  left: 'รายชื่อที่ยังไม่ยืนยัน',
  status: 'ดูสถานะ',
  holdRelease: 'ออกจริง',
  holdRefuse: 'ไม่ใช่ จะแก้ไขตาราง',
} as const

/** What can still be done after the close, for whoever looks. */
export const AFTER_CLOSE = {
  tell: (above: string) =>
    `ระบบปิดแล้ว จึงแก้ไข ยืนยัน หรือขอยกเลิกไม่ได้ หากมีเหตุจำเป็น โปรดแจ้ง ${above} เพื่อทำหนังสือขอขยายเวลาต่อกรม`,
  province: 'ระบบปิดแล้ว จึงแก้ไข ยืนยัน หรือขอยกเลิกไม่ได้ หากมีเหตุจำเป็น โปรดทำหนังสือขอขยายเวลาต่อกรม',
  department: `ระบบปิดแล้ว จึงแก้ไข ยืนยัน หรือขอยกเลิกไม่ได้ หากมีเหตุจำเป็น กรมขยายเวลาให้ได้ พิมพ์ ${SAY.extend}`,
  /** Not reconfirmed in time: the last confirmed figure is the one that is reported. */
  fallsBack: 'ยืนยันไว้ก่อนยกเลิก',
  never: 'ไม่ได้ยืนยัน',
  problems: (errors: number, warnings: number) =>
    `ในตารางยังมีรายการที่ต้องแก้ไข ${count(errors)} จุด รอคำชี้แจง ${count(warnings)} จุด`,
} as const

export const readThen = (read: { counted: number; at: number }): string =>
  `${people(read.counted)} (${dayAndTime(read.at)})`

export const people = (counted: number): string => `${count(counted)} คน`

export const dueLine = (instant: number, now: number): string => `${until(instant)} (${countdown(instant, now)})`

export const closesValue = (instant: number): string =>
  until(instant).replace('ภายในวันที่ ', 'สิ้นวันที่ ').replace('ก่อนเวลา ', 'เวลา ')

export function passLine(totals: NonNullable<InstitutionStatus['totals']>): string {
  const passed = totals.rows - totals.errors
  return totals.errors > 0
    ? `ผ่าน ${count(passed)} ราย ต้องแก้ไข ${count(totals.errors)} ราย`
    : `ผ่านทั้ง ${count(passed)} ราย`
}

/** Who came and left since the round that is carried forward; what is nought is left out, apart from the three of R26. */
export function changesLine(changes: ChangesSince): { label: string; value: string } {
  const [year, term] = changes.against.split('/')
  const parts = [`ย้ายเข้า ${changes.movedIn}`, `ย้ายออก ${changes.movedOut}`, `ไม่มีตัวตน ${changes.notExisting}`]
  if (changes.otherwiseLeft > 0) parts.push(`จบ/ลาออก/เสียชีวิต ${changes.otherwiseLeft}`)
  if (changes.added > 0) parts.push(`เพิ่มใหม่ที่ไม่ใช่ย้ายเข้า ${changes.added}`)
  if (changes.missing > 0) parts.push(`ไม่อยู่ในตารางแล้ว ${changes.missing}`)
  return { label: `เทียบครั้งที่ ${term}/${year} (${changes.carried} คน)`, value: parts.join(' ') }
}

export const gradeLine = (grade: {
  grade: string
  male: number
  female: number
}): { label: string; value: string } => ({
  label: grade.grade,
  value: `ชาย ${count(grade.male)} หญิง ${count(grade.female)} รวม ${count(grade.male + grade.female)}`,
})

export const problemLine = (problem: ShownProblem): string =>
  problem.row > 0 ? `แถวที่ ${problem.row}: ${withoutIds(problem.message)}` : withoutIds(problem.message)

export const moreProblems = (left: number): string => `${more(left, 'จุด')} ดูที่แท็บ ผลตรวจ ในตาราง`

type HoldShown = { missing: number; outOf: number; refused: boolean }

/** `own`: told to those who are to answer; `closed`: nobody can answer any more. */
export function holdLine(hold: HoldShown, look: { kind: UnitKind; own: boolean; closed: boolean }): string {
  const found = `รายชื่อ${pupils(look.kind)}หายไปจากตาราง ${count(hold.missing)} จาก ${count(hold.outOf)} ราย`
  if (look.closed) return `${found} ระบบไม่ได้ตัดรายชื่อใดออก`
  if (hold.refused && look.own)
    return `${found} แจ้งไว้ว่าไม่ได้ออกจริง โปรดนำรายชื่อกลับเข้าตาราง หากตรวจแล้วพบว่าออกจริง พิมพ์ ${SAY.holdRelease}`
  if (hold.refused) return `${found} เจ้าหน้าที่แจ้งว่าไม่ได้ออกจริง รอนำรายชื่อกลับเข้าตาราง`
  return `${found} ระบบยังไม่ตัดรายชื่อใดออก ${look.own ? 'โปรดแจ้งว่าออกจริงหรือไม่' : 'รอสถานศึกษาแจ้งว่าออกจริงหรือไม่'}`
}

export const requestLine = (waitingAt: string): string => `มีคำขอยกเลิกการยืนยัน ขณะนี้รอ ${waitingAt}`

export const readAtValue = (instant: number): string => dayAndTime(instant)

/** One institution in its LAO's list. `closed`: nothing is waited for any more. */
export function institutionItem(line: InstitutionLine, look: { closed: boolean }): string {
  if (line.state === 'not_required') return `${line.name} (${STATE.notRequired})`
  if (look.closed && line.state === 'open') {
    const { name, reportedCount } = line
    return reportedCount === null
      ? `${name} (${AFTER_CLOSE.never})`
      : `${name} · ${people(reportedCount)} (${AFTER_CLOSE.fallsBack})`
  }
  if (line.drifted) return `${line.name} · ${people(line.reportedCount ?? 0)} (${STATE.drifted})`
  if (line.state === 'confirmed') return `${line.name} · ${people(line.reportedCount ?? 0)}`
  const reopened = line.reopenedTimes > 0 ? `${STATE.reopened} ` : ''
  if (line.counted === null && line.errors === 0 && line.sheetTrouble === null)
    return `${line.name} (${reopened}${STATE.empty})`
  const stuck = stuckWords(line)
  if (stuck !== null) return `${line.name} (${reopened}${stuck})`
  if (line.errors > 0) return `${line.name} (${reopened}${STATE.mustFix(line.errors)})`
  if (line.unexplainedWarnings > 0) return `${line.name} (${reopened}${STATE.mustExplain(line.unexplainedWarnings)})`
  if (line.shared.blocking > 0) return `${line.name} (${reopened}${sharedWords(line.shared.blocking)})`
  return `${line.name} · ${people(line.counted ?? 0)} (${reopened}ยังไม่ยืนยัน)`
}

/** What must be done before errors and figures mean anything: the sheet read again, the vanished rows answered for. */
function stuckWords(line: InstitutionLine): string | null {
  if (line.sheetTrouble !== null) {
    const why = line.sheetTrouble === '' ? '' : `: ${line.sheetTrouble}`
    return `${STATE.unreadable}${why} ให้สถานศึกษาตรวจตาราง`
  }
  if (!line.hold) return null
  return line.hold.refused
    ? `รอสถานศึกษานำรายชื่อที่หายไป ${count(line.hold.missing)} ราย กลับเข้าตาราง`
    : `รายชื่อหายจากตาราง ${count(line.hold.missing)} ราย รอสถานศึกษาตอบในแชตว่าออกจริงหรือไม่`
}

const sharedWords = (blocking: number): string =>
  `รายชื่อซ้ำกับแห่งอื่น ${count(blocking)} ราย รอสถานศึกษาเลือกสถานะ ย้ายออก ขอให้อีกแห่งย้ายออก หรือชี้แจงหลักฐาน`

/** Institutions of a province that something keeps from confirming; empty when there are none. */
export function stuckInstitutions(stuck: { held: number; unreadable: number; shared: number }): string {
  const parts = [
    stuck.held > 0 ? `รอคำตอบเรื่องรายชื่อที่หายไป ${count(stuck.held)} แห่ง` : '',
    stuck.unreadable > 0 ? `อ่านตารางไม่ได้ ${count(stuck.unreadable)} แห่ง` : '',
    stuck.shared > 0 ? `รายชื่อซ้ำต้องยุติก่อนยืนยัน ${count(stuck.shared)} แห่ง` : '',
  ]
  const known = parts.filter((part) => part !== '')
  return known.length > 0 ? `สถานศึกษาที่ติดขัด: ${known.join(', ')}` : ''
}

export const COMPONENT_STATE: Record<LaoLine['overview'], string> = {
  not_applicable: 'ไม่มี',
  open: 'ยังไม่ยืนยัน',
  confirmed: 'ยืนยันแล้ว',
  not_required: 'ไม่ต้องยืนยัน',
}

/** One LAO in its province's list. */
export function laoItem(line: LaoLine): string {
  if (line.overview === 'not_required' && line.otherCounts === 'not_required')
    return `${line.name} (${STATE.notRequired})`
  const required = line.institutions.filter((child) => child.state !== 'not_required')
  const done = required.filter((child) => child.state === 'confirmed' && !child.drifted).length
  const parts = required.length > 0 ? [`สถานศึกษา ${done}/${required.length}`] : []
  if (line.overview !== 'not_applicable') parts.push(`ภาพรวม${COMPONENT_STATE[line.overview]}`)
  if (line.otherCounts !== 'not_applicable')
    parts.push(`สังกัดอื่น${line.countsDrifted ? STATE.drifted : COMPONENT_STATE[line.otherCounts]}`)
  const open = line.institutions.filter((child) => child.state === 'open')
  const toMend = open.filter((child) => child.errors > 0 || child.unexplainedWarnings > 0).length
  const stuck = open.filter((child) => child.sheetTrouble !== null || child.hold !== null).length
  if (toMend > 0) parts.push(`ต้องแก้ไขหรือชี้แจง ${toMend} แห่ง`)
  if (stuck > 0) parts.push(`อ่านตารางไม่ได้หรือรายชื่อหาย ${stuck} แห่ง`)
  if (parts.length === 0) parts.push('ไม่มีสถานศึกษา ต้องบันทึกว่าไม่ต้องยืนยัน')
  return `${line.name} (${parts.join(', ')})`
}

/** A complete LAO with the figures that a mark stands for. */
export function laoTotals(line: LaoLine): string {
  const own = line.institutions.reduce((sum, child) => sum + (child.reportedCount ?? 0), 0)
  const parts = line.overview === 'confirmed' ? [`ในสังกัด ${people(own)}`] : []
  if (line.otherCounts === 'confirmed') parts.push(`สังกัดอื่น ${people(line.otherCounted ?? 0)}`)
  return `${line.name} · ${parts.join(' ')}`
}

export const provinceItem = (province: {
  name: string
  laos: number
  complete: number
  confirmed: boolean
  counted: number
}): string =>
  `${province.name} · ${province.confirmed ? STATE.confirmed : `อปท. ครบ ${province.complete}/${province.laos}`} · ${people(province.counted)}`

export const statusAlt = (state: string): string => `สถานะการยืนยันข้อมูล: ${state}`

export const HEADING = {
  open: 'ยังไม่ยืนยัน',
  drifted: 'แก้ไขหลังยืนยัน',
  confirmed: 'ยืนยันแล้ว',
  incomplete: 'ยังไม่ครบถ้วน',
  unmarked: 'ครบถ้วน รอตรวจสอบ',
  marked: 'ตรวจสอบแล้ว',
} as const

export const institutionsValue = (done: number, required: number, counted: number): string =>
  `ยืนยันแล้ว ${done}/${required} แห่ง ${people(counted)}`

export const countsValue = (counts: { rows: number; unchecked: number; total: number }): string =>
  `ตรวจแล้ว ${counts.rows - counts.unchecked}/${counts.rows} แห่ง รวม ${people(counts.total)}`

export const bothCounts = (own: number, other: number): string => `ในสังกัด ${people(own)} สังกัดอื่น ${people(other)}`

export const units = (part: number, whole: number): string => `${part}/${whole} แห่ง`
export const provinces = (part: number, whole: number): string => `${part}/${whole} จังหวัด`
export const matters = (waiting: number): string => `${waiting} เรื่อง`

/** Something was added after the LAO confirmed: nothing is undone by itself, the LAO asks its province. */
export const COVERS = {
  overviewClosed: 'สถานศึกษาในสังกัดไม่ตรงกับภาพรวมที่ยืนยันไว้ (มีที่เปิดใหม่ ย้าย หรือปิด)',
  otherCountsClosed: 'มีสถานศึกษาสังกัดอื่นที่ยังไม่อยู่ในจำนวนที่ยืนยันไว้',
  overview: `สถานศึกษาในสังกัดไม่ตรงกับภาพรวมที่ยืนยันไว้ (มีที่เปิดใหม่ ย้าย หรือปิด) ต้องขอให้จังหวัดยกเลิกการยืนยันภาพรวม แล้วยืนยันใหม่ พิมพ์ ${SAY.askReopening}`,
  otherCounts: `มีสถานศึกษาสังกัดอื่นที่ยังไม่อยู่ในจำนวนที่ยืนยันไว้ ต้องขอให้จังหวัดยกเลิกการยืนยัน แล้วยืนยันใหม่ พิมพ์ ${SAY.askReopening}`,
} as const
