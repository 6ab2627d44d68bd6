import type { Unreached } from '../../workflow/nudges.ts'
import { count, countdown, from, time, until } from './dates.ts'
import { SAY } from './say.ts'

/** Words about reminding those below that owe (เตือน). */
export const NUDGE = {
  open: 'เตือนหน่วยที่ยังไม่ยืนยัน',
  title: 'เตือนหน่วยที่ยังไม่ยืนยัน',
  doneTitle: 'ผลการเตือน',
  alt: 'การเตือนหน่วยที่ยังไม่ยืนยัน',
  all: (units: number) => `เตือนทั้งหมด ${count(units)} แห่ง`,
  ready: 'เตือนได้',
  already: 'วันนี้เตือนแล้ว',
  nobody: 'ยังไม่มีเจ้าหน้าที่ จึงเตือนทางแชตไม่ได้',
  blocked: 'ติดต่อทางแชตไม่ได้',
  quiet: 'อยู่ในเวลางดแจ้งเตือนที่เจ้าหน้าที่ตั้งไว้',
  done: 'กำลังส่งข้อความเตือน',
  alreadyAt: (name: string, at: number) => `${name} (${time(at)})`,
  people: (name: string, people: number) => (people > 1 ? `${name} (${count(people)} คน)` : name),
  once: 'แต่ละแห่งเตือนได้วันละหนึ่งครั้ง ไม่ว่าผู้ใดเป็นผู้เตือน',
  dropsOut: 'หากหน่วยนั้นยืนยันก่อนถึงเวลาส่ง ระบบจะไม่ส่งข้อความเตือน',
  oneHint: `เตือนแห่งเดียว พิมพ์ ${SAY.nudge} ตามด้วยชื่อหน่วย`,
  call: 'โปรดโทรศัพท์แจ้ง และแต่งตั้งหรือเชิญเจ้าหน้าที่ใหม่ตามความจำเป็น',
  none: 'ไม่มีหน่วยที่ต้องเตือน ทุกแห่งดำเนินการครบแล้ว',
  /** The person who gets it. */
  newsAlt: 'มีข้อความเตือนให้ยืนยันข้อมูล',
  newsTitle: 'ขอให้ยืนยันข้อมูล',
  from: (by: string) => `${by} ขอให้ดำเนินการที่ค้างอยู่`,
  due: (dueAt: number, now: number) =>
    now < dueAt ? `กำหนดยืนยัน${until(dueAt)} (${countdown(dueAt, now)})` : `เลยกำหนดยืนยันแล้ว (กำหนด${until(dueAt)})`,
  closes: (window: { closesAt: number; extended: boolean }, now: number) =>
    `${window.extended ? 'กรมขยายเวลาให้ ' : ''}ยืนยันได้${until(window.closesAt)} (${countdown(window.closesAt, now)}) หลังจากนั้นระบบปิด`,
  prepare: (opensAt: number) => `เปิดให้ยืนยัน${from(opensAt)} ระหว่างนี้โปรดบันทึกและตรวจข้อมูลให้พร้อม`,
  laos: 'อปท. ที่ยังไม่ครบถ้วน',
} as const

/** Who could not be told, with the number to call. */
export function unreachedWords(one: Unreached): string {
  const who = one.people.length > 0 ? ` (${one.people.join(', ')})` : ''
  const telephone = one.telephone === null ? ' ไม่มีหมายเลขโทรศัพท์ในระบบ' : ` โทร. ${one.telephone}`
  return `${one.name}${who}${one.why === 'quiet' ? '' : telephone}`
}
