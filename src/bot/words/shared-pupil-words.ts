import { count, day, dayAndTime } from './dates.ts'
import { SAY } from './say.ts'
import { more, withoutIds } from './terms.ts'

export const SHARED = {
  over: 'รายชื่อซ้ำ',
  alt: 'พบรายชื่อเดียวกันในสถานศึกษามากกว่าหนึ่งแห่ง โปรดดูรายละเอียด',
  none: 'ขณะนี้ไม่มีรายชื่อที่ซ้ำกับสถานศึกษาอื่น',
  noneBelow: 'ขณะนี้ไม่มีรายชื่อซ้ำที่รอหน่วยของท่านพิจารณา',
  title: (position: number, number: string) => `${position}. เลข ${number}`,
  ownRow: 'ในตารางของท่าน',
  row: (row: number) => `แถวที่ ${row}`,
  figureOnly: 'อยู่ในยอดที่ยืนยันแล้ว (ไม่มีในตารางแล้ว)',
  other: 'ซ้ำกับ',
  since: (at: number) => `อยู่ในรายชื่อตั้งแต่ ${dayAndTime(at)}`,
  first: '(นับที่แห่งนี้)',
  confirmed: 'ยืนยันแล้ว',
  evidenceOf: (unit: string, word: string) => `${unit} ชี้แจง: ${withoutIds(word)}`,
  ownEvidence: (word: string) => `ท่านชี้แจงไว้: ${withoutIds(word)}`,
  noEvidence: (unit: string) => `${unit} ยังไม่ได้ชี้แจง`,
  askedAt: (at: number) => `ท่านขอให้อีกแห่งย้ายออกไว้เมื่อ ${day(at)}`,
  decided: (by: string, keeper: string, reason: string) => `${by} ให้นับที่ ${keeper} เหตุผล: ${withoutIds(reason)}`,
  more: (left: number) => `${more(left, 'ราย')} เมื่อดำเนินการชุดนี้แล้ว พิมพ์ ${SAY.sharedPupils}`,
} as const

/** One word for where this unit stands, beside its colour. */
export const SHARED_STATE = {
  mayCount: 'ท่านนับได้',
  blocked: 'ยังยืนยันไม่ได้',
  mustGo: 'ต้องนำออก',
  open: 'รอข้อยุติ',
  decided: 'พิจารณาแล้ว',
} as const

/** What to do next, by where the unit stands. */
export const SHARED_NEXT = {
  later: 'หากไม่ได้เรียนที่นี่ ให้เลือกสถานะ ย้ายออก ที่แถวนี้ หากเรียนที่นี่จริง ให้ขออีกแห่งย้ายออก หรือชี้แจงหลักฐาน',
  earlier: 'หากย้ายไปแล้ว ให้เลือกสถานะ ย้ายออก ที่แถวนี้ หากยังเรียนอยู่ที่นี่ ให้ชี้แจงหลักฐานไว้ ท่านยืนยันข้อมูลได้ตามปกติ',
  asked: 'รออีกแห่งย้ายออก หากยังไม่ได้ข้อยุติ ให้ชี้แจงหลักฐาน หากไม่ได้เรียนที่นี่ ให้เลือกสถานะ ย้ายออก ที่แถวนี้',
  kept: 'ให้นับที่สถานศึกษาของท่าน ไม่ต้องดำเนินการเพิ่มเติม',
  mustGo: 'ให้เลือกสถานะ ย้ายออก ที่แถวนี้ แล้วจึงยืนยันข้อมูลได้',
  reopenFirst: `สถานศึกษาของท่านยืนยันไปแล้ว หากต้องนำออก ให้ขอยกเลิกการยืนยันก่อน พิมพ์ ${SAY.askReopening}`,
  superior: 'เมื่อเลือกแล้ว ระบบจะถามเหตุผลและแจ้งทุกแห่ง แห่งอื่นต้องเลือกสถานะ ย้ายออก ก่อนจึงจะยืนยันได้',
} as const

export const SHARED_BUTTON = {
  show: 'ดูรายชื่อซ้ำ',
  waiting: (open: number) => `ดูรายชื่อซ้ำ (${count(open)})`,
  ask: 'ขอให้อีกแห่งย้ายออก',
  evidence: 'ชี้แจงหลักฐาน',
  keep: (unit: string) => `ให้นับที่ ${unit}`,
} as const

export const typedAsk = (position: number): string => `${SAY.askRelease} ${position}`
export const typedEvidence = (position: number): string => `${SAY.stateEvidence} ${position}`
export const typedKeep = (position: number, unit: string): string => `${SAY.keepAt} ${position} ${unit}`

export const SHARED_ANSWER = {
  asked: (pupils: number, units: string, superiors: string) =>
    `ส่งคำขอให้ ${units} ย้ายออก ${count(pupils)} ราย แล้ว เมื่ออีกแห่งย้ายออก จะแจ้งในแชตนี้\nหากไม่ได้ข้อยุติ พิมพ์ ${SAY.stateEvidence} แล้ว ${superiors} จะเป็นผู้พิจารณา`,
  already: (pupils: number) => `ขอไว้แล้ว ${count(pupils)} ราย ภายใน 1 วันนี้ จึงไม่ส่งซ้ำ`,
  nobodyThere: (units: string) => `ขณะนี้ ${units} ยังไม่มีเจ้าหน้าที่ที่ติดต่อทางแชตนี้ได้ โปรดโทรศัพท์แจ้ง หรือแจ้ง อปท. ต้นสังกัดของแห่งนั้น`,
  askEvidence: (number: string) =>
    `ชี้แจงหลักฐานของเลข ${number}\nโปรดพิมพ์สั้น ๆ เช่น "มาเรียนตั้งแต่ 16 พ.ค. มีใบสมัครและบัญชีเรียกชื่อ"\n(ไม่ต้องพิมพ์ชื่อหรือเลขประจำตัวประชาชน หากเปลี่ยนใจ พิมพ์ ${SAY.stop})`,
  evidence: (number: string, superior: string) => `บันทึกคำชี้แจงของเลข ${number} แล้ว อีกแห่งและ ${superior} จะเห็นคำชี้แจงนี้`,
  askedSuperior: (superior: string) => `ทุกแห่งชี้แจงครบแล้ว ระบบจะแจ้ง ${superior} ให้พิจารณา`,
  askReason: (number: string, keeper: string) =>
    `จะให้นับเลข ${number} ที่ ${keeper}\nโปรดพิมพ์เหตุผล ทุกแห่งจะได้รับแจ้งพร้อมเหตุผลนี้ (หากเปลี่ยนใจ พิมพ์ ${SAY.stop})`,
  decided: (number: string, keeper: string) => `บันทึกแล้ว ให้นับเลข ${number} ที่ ${keeper} ระบบจะแจ้งทุกแห่ง`,
  othersConfirmed: (units: string) => `${units} ยืนยันไปแล้ว ต้องขอยกเลิกการยืนยันก่อนจึงจะนำรายชื่อออกได้ ระบบไม่ได้ยกเลิกให้เอง`,
  pick: 'ยังไม่ได้ดำเนินการ เพราะไม่ชัดว่าหมายถึงรายใด หรือรายนั้นดำเนินการไว้แล้ว โปรดกดปุ่มใต้รายที่ต้องการ หรือพิมพ์ตามที่แสดงใต้ปุ่ม',
} as const

export const SHARED_NEWS = {
  opened: (pupils: number) => `พบรายชื่อซ้ำกับสถานศึกษาอื่น ${count(pupils)} ราย`,
  changed: (pupils: number) => `รายชื่อซ้ำ ${count(pupils)} ราย มีการเปลี่ยนแปลง`,
  resolved: (pupils: number) => `เรื่องรายชื่อซ้ำ ${count(pupils)} ราย ยุติแล้ว`,
  asked: (unit: string, pupils: number) => `${unit} ขอให้ย้ายออก ${count(pupils)} ราย`,
  disputed: (pupils: number) => `รายชื่อซ้ำ ${count(pupils)} ราย รอท่านพิจารณา`,
  decided: (by: string) => `${by} พิจารณารายชื่อซ้ำแล้ว`,
  listed: (row: number | null, number: string) => (row === null ? `เลข ${number}` : `แถวที่ ${row} เลข ${number}`),
  also: (where: string, unit: string, lao: string) => `${where} ซ้ำกับ ${unit} (${lao})`,
  between: (number: string, units: string) => `เลข ${number}: ${units}`,
  blocking: (pupils: number) => `อีกแห่งมีรายชื่อเหล่านี้อยู่ก่อน ${count(pupils)} ราย จึงยังยืนยันไม่ได้จนกว่าจะได้ข้อยุติ`,
  free: 'ท่านมีรายชื่อเหล่านี้อยู่ก่อน จึงยืนยันได้ตามปกติ หากย้ายไปแล้ว โปรดเลือกสถานะ ย้ายออก ในตาราง',
  over: 'รายชื่อเหล่านี้ไม่ซ้ำกันแล้ว ไม่ต้องดำเนินการต่อ',
  bothSaid: 'ทุกแห่งชี้แจงหลักฐานแล้วแต่ยังไม่ได้ข้อยุติ โปรดพิจารณาว่าให้แห่งใดเป็นผู้นับ',
  more: (left: number) => `${more(left, 'ราย')} ดูทั้งหมด พิมพ์ ${SAY.sharedPupils}`,
} as const

/** In lists and on status cards. */
export const SHARED_LINE = {
  label: 'รายชื่อซ้ำ',
  /** After the close nothing is settled any more. */
  closed: (open: number) => `ยังไม่ยุติ ${count(open)} ราย`,
  also: (blocking: number) => `และมีรายชื่อซ้ำกับสถานศึกษาอื่นที่ต้องยุติก่อนยืนยัน ${count(blocking)} ราย พิมพ์ ${SAY.sharedPupils}`,
  own: (figures: { open: number; blocking: number }) =>
    figures.blocking > 0
      ? `${count(figures.open)} ราย ต้องยุติก่อนยืนยัน ${count(figures.blocking)} ราย พิมพ์ ${SAY.sharedPupils}`
      : `${count(figures.open)} ราย พิมพ์ ${SAY.sharedPupils}`,
  waiting: (open: number) => `ยังไม่ยุติ ${count(open)} ราย`,
} as const
