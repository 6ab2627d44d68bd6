import type { Component, Role } from '../../db/schema.ts'
import type { EventType } from '../../workflow/event-log.ts'
import type { ReopeningCategory } from '../../workflow/reopening.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import { dayAndTime, until } from './dates.ts'
import { exactMoment } from './exact-moment.ts'
import { CATEGORY, COMPONENT, ROLE } from './terms.ts'

type Data = Record<string, unknown>
type Words = string | ((data: Data) => string)

/** What an event of the log says happened, in Thai; an unknown field is left out rather than guessed. */
export function actWords(type: EventType, data: Data): string {
  const words: Words | undefined = ACT[type]
  if (words === undefined) return type
  return (typeof words === 'string' ? words : words(data)).replace(/\s+/g, ' ').trim()
}

const number = (data: Data, name: string): number => (typeof data[name] === 'number' ? data[name] : 0)
const text = (data: Data, name: string): string => (typeof data[name] === 'string' ? data[name] : '')
const component = (data: Data): string => COMPONENT[text(data, 'component') as Component] ?? ''
const role = (data: Data): string => ROLE[text(data, 'role') as Role] ?? ''
const letter = (data: Data): string => (text(data, 'letterNumber') ? `ตามหนังสือ ${text(data, 'letterNumber')}` : '')
const order = (data: Data): string => (text(data, 'orderNumber') ? `ตามคำสั่งที่ ${text(data, 'orderNumber')}` : '')

/** Why a confirmation did not come about, as far as the log names it. */
const REFUSED: Partial<Record<Refusal['why'], string>> = {
  'no-round': 'ยังไม่มีรอบ',
  'not-open-yet': 'ยังไม่เปิดยืนยัน',
  closed: 'ระบบปิดแล้ว',
  'not-yours': 'ไม่อยู่ในหน้าที่',
  'reads-only': 'บทบาทนี้ดูได้อย่างเดียว',
  'already-confirmed': 'มีผู้ยืนยันไว้แล้ว',
  'not-required': 'ไม่ต้องยืนยัน',
  'never-read': 'ระบบยังไม่เคยอ่านตาราง',
  'roster-empty': 'ไม่มีรายชื่อ',
  'roster-has-errors': 'มีแถวที่ต้องแก้ไข',
  'warnings-unexplained': 'มีข้อที่ยังไม่ได้ชี้แจง',
  'hold-open': 'รายชื่อหายผิดปกติ รอการยืนยันว่าออกจริง',
  'not-attested': 'ยังไม่ได้รับรองการมีตัวตน',
  'changed-since-shown': 'ตารางเปลี่ยนไปจากที่แสดง',
  'nothing-to-confirm': 'ไม่มีรายการให้ยืนยัน',
  'counts-have-errors': 'จำนวนสังกัดอื่นต้องแก้ไข',
  'counts-unchecked': 'จำนวนสังกัดอื่นยังตรวจไม่ครบ',
  'sheet-unreadable': 'อ่านตารางไม่ได้',
}
const refused = (data: Data): string => REFUSED[text(data, 'why') as Refusal['why']] ?? text(data, 'why')

const ACT: Record<EventType, Words> = {
  'round-added': 'เพิ่มรอบ',
  'round-activated': 'เปิดใช้งานรอบ',
  'round-carries': (data) => `กำหนดให้ยกข้อมูลมาจาก ${text(data, 'carries')}`,
  'round-archived': 'เก็บรอบเข้าแฟ้ม',
  'unit-added': (data) => `เพิ่มหน่วย รหัส ${text(data, 'code')}`,
  'unit-changed': (data) => `แก้ไขข้อมูลหน่วย ${letter(data)}`,
  'unit-recoded': (data) => `เปลี่ยนรหัสหน่วย ${letter(data)}`,
  'unit-moved': (data) => `ย้ายสังกัดหน่วย ${letter(data)}`,
  'unit-closed': (data) => `ปิดหน่วย ${letter(data)}`,
  'unit-merged': (data) => `ยุบรวมหน่วย ${letter(data)}`,
  'unit-reopened': (data) => `ยกเลิกการปิดหน่วย ${letter(data)}`,
  'unit-restored-in-round': 'คืนสถานะการยืนยันของหน่วยที่เคยบันทึกปิดไว้',
  'other-institution-added': (data) => `เพิ่มสถานศึกษาสังกัดอื่น รหัส ${text(data, 'code')}`,
  'other-institution-changed': (data) => `แก้ไขสถานศึกษาสังกัดอื่น รหัส ${text(data, 'code')}`,
  'other-institution-closed': (data) => `ปิดสถานศึกษาสังกัดอื่น รหัส ${text(data, 'code')}`,
  'invitation-created': (data) => `ออกรหัสเข้าร่วมสำหรับ${role(data)} ${order(data)}`,
  'invitation-revoked': 'ยกเลิกรหัสเข้าร่วม',
  'account-bound': 'ผูกบัญชี LINE',
  'person-named': 'แก้ไขชื่อ',
  'settings-changed': (data) => (data['what'] === 'quiet-hours' ? 'ตั้งเวลางดแจ้งเตือน' : 'ตั้งค่าการแสดงเลขไทย'),
  'person-appointed': (data) => `รับหน้าที่${role(data)} ${order(data)}`,
  'appointment-suspended': 'ระงับหน้าที่',
  'appointment-resumed': 'คืนหน้าที่',
  'appointment-ended': 'พ้นหน้าที่',
  'appointment-restored': 'คืนหน้าที่ เพราะยกเลิกการปิดหน่วย',
  'vacancies-reported': (data) => `รายงานหน่วยที่ยังไม่มีผู้รับผิดชอบ ${number(data, 'vacant')} แห่ง`,
  'google-address-given': 'แจ้งบัญชี Google',
  'sheet-renewed': 'ออกตารางใหม่แทนไฟล์เดิม',
  'roster-read': (data) =>
    `ระบบอ่านตารางที่เปลี่ยนไป: นับได้ ${number(data, 'counted')} คน เพิ่ม ${number(data, 'added')} แก้ไข ${number(data, 'updated')} หายไป ${lengthOf(data, 'gone')} ราย ต้องแก้ไข ${number(data, 'errors')} ราย`,
  'roster-imported': 'นำเข้ารายชื่อจากไฟล์',
  'counts-read': 'ระบบอ่านจำนวนสังกัดอื่นที่เปลี่ยนไป',
  'hold-opened': (data) => `รายชื่อหายผิดปกติ ${number(data, 'missing')} จาก ${number(data, 'outOf')} ราย ระบบระงับไว้`,
  'hold-released': (data) => `แจ้งว่ารายชื่อที่หาย ${number(data, 'missing')} ราย ออกจริง`,
  'hold-refused': (data) => `แจ้งว่ารายชื่อที่หาย ${number(data, 'missing')} ราย ไม่ได้ออก`,
  'announcement-made': (data) =>
    `${typeof data['passesOnId'] === 'number' ? `ส่งต่อประกาศที่ ${number(data, 'passesOnId')} เป็น` : 'ออก'}ประกาศที่ ${number(data, 'announcementId')} ${text(data, 'reach') === 'all' ? 'ถึงทุกระดับ' : 'ถึงระดับถัดไป'}`,
  'announcement-told': (data) =>
    `แจ้งประกาศที่ ${number(data, 'announcementId')} ส่ง ${number(data, 'messages')} ข้อความ ติดต่อทางแชตไม่ได้ ${number(data, 'unreached')} คน`,
  'announcement-repeated': (data) => `ส่งประกาศที่ ${number(data, 'announcementId')} ซ้ำถึงผู้ที่ยังไม่รับทราบ`,
  'announcement-acknowledged': (data) => `รับทราบประกาศที่ ${number(data, 'announcementId')}`,
  'weekly-card-queued': 'ส่งรายงานประจำสัปดาห์ถึงผู้บริหาร',
  'group-linked': 'เชื่อมกลุ่ม LINE กับหน่วย',
  'group-unlinked': 'ยกเลิกการเชื่อมกลุ่ม LINE',
  'account-blocked': 'ปิดกั้นบัญชีของระบบ ติดต่อทางแชตไม่ได้',
  'account-unblocked': 'เลิกปิดกั้นบัญชีของระบบ',
  'account-left': 'ออกจากระบบ ยกเลิกการผูกบัญชี LINE',
  'drift-found': (data) => `ตารางต่างจากที่ยืนยัน: ${component(data)}`,
  'drift-gone': (data) => `ตารางกลับมาตรงกับที่ยืนยัน: ${component(data)}`,
  'existence-attested': (data) => `รับรองว่ามีตัวตนอยู่จริงทั้ง ${number(data, 'counted')} คน: ${component(data)}`,
  'confirm-submitted': (data) => `ส่งให้ผู้รับรองยืนยัน ${number(data, 'counted')} คน`,
  'submission-sent-back': 'ผู้รับรองส่งคืน',
  'submission-overtaken': 'การส่งให้ผู้รับรองสิ้นผล เพราะข้อมูลหรือสถานะเปลี่ยนไป',
  'certifier-switched': (data) => (data['on'] === true ? 'เปิดใช้ผู้รับรอง' : 'ปิดใช้ผู้รับรอง'),
  confirmed: (data) =>
    `ยืนยัน${component(data)} ${number(data, 'counted')} คน${
      typeof data['afterDueAt'] === 'number' ? ` ยืนยันหลังกำหนด (กำหนด${until(data['afterDueAt'])})` : ''
    }`,
  'confirm-refused': (data) =>
    `${text(data, 'purpose') === 'show' ? 'ขอตรวจยอดก่อนยืนยัน' : 'สั่งยืนยัน'}${component(data)} ไม่สำเร็จ: ${refused(data)}`,
  'late-tap-held': (data) =>
    `กดก่อนปิดระบบ (${exactMoment(number(data, 'tappedAt'))}) แต่มาถึง ${exactMoment(number(data, 'receivedAt'))} รอกรมพิจารณา: ${component(data)}`,
  'late-tap-accepted': (data) => `กรมรับคำสั่งที่มาช้า: ${component(data)}`,
  'late-tap-opened-above': () => 'เปิดให้ อปท. หรือจังหวัดยืนยันต่อ เพราะรับคำสั่งที่มาช้า',
  'late-tap-refused': (data) => `กรมไม่รับคำสั่งที่มาช้า: ${component(data)}`,
  cancelled: (data) => `ยกเลิกการยืนยัน${component(data)}`,
  'not-required-set': 'บันทึกว่าไม่ต้องยืนยัน',
  'lao-marked': 'จังหวัดบันทึกว่าตรวจสอบแล้ว',
  'reopening-asked': (data) => `ขอยกเลิกการยืนยัน${component(data)} (${category(data)})`,
  'reopening-endorsed': (data) => `เห็นชอบและส่งต่อคำขอยกเลิกการยืนยัน${component(data)}`,
  'reopening-sent-back': (data) => `ส่งคืนคำขอยกเลิกการยืนยัน${component(data)}`,
  'reopening-withdrawn': (data) => `ถอนคำขอยกเลิกการยืนยัน${component(data)}`,
  'reopening-lapsed': (data) => `คำขอยกเลิกการยืนยัน${component(data)} สิ้นผล เพราะระบบปิด`,
  'reopening-carried-out': (data) => `ดำเนินการตามคำขอ: ยกเลิกการยืนยัน${component(data)}`,
  'extension-granted': (data) => `ขยายเวลา${until(number(data, 'until'))} ${letter(data)}`,
  'extension-ended': (data) => `ยกเลิกการขยายเวลา ${letter(data)}`,
  'agreement-proposed': (data) => `${side(data)}เสนอวันเวลาส่งข้อมูล: ${dayAndTime(number(data, 'dueAt'))}`,
  'agreement-answered': (data) =>
    data['answer'] === 'lapsed'
      ? `ข้อเสนอวันเวลาส่งข้อมูลของ อปท. เดิมสิ้นสุดเพราะย้ายสังกัด: ${dayAndTime(number(data, 'dueAt'))}`
      : `${side(data)}ตกลงวันเวลาส่งข้อมูล: ${dayAndTime(number(data, 'dueAt'))}`,
  nudged: (data) => (data['why'] === undefined ? 'เตือนให้ยืนยัน' : 'จะเตือนให้ยืนยัน แต่ไม่มีผู้รับที่ติดต่อทางแชตได้ในขณะนั้น'),
  'counts-checked': (data) => `ตรวจจำนวนสังกัดอื่นแล้ว ไม่เปลี่ยนแปลง ${lengthOf(data, 'institutions')} แห่ง`,
  'reminder-queued': (data) => `เตือนว่ายังไม่ได้ยืนยัน${notReached(data)}`,
  'reminder-policy-set': 'กำหนดแผนการเตือนของรอบ',
  'shared-pupils-opened': (data) => `พบรายชื่อซ้ำกับสถานศึกษาอื่น ${lengthOf(data, 'questions')} ราย`,
  'shared-pupils-changed': (data) => `รายชื่อซ้ำเปลี่ยนไป ${lengthOf(data, 'questions')} ราย`,
  'shared-pupils-resolved': (data) => `รายชื่อซ้ำสิ้นสุดแล้ว ${lengthOf(data, 'questions')} ราย`,
  'shared-pupils-release-asked': 'แจ้งว่ารายชื่อซ้ำเรียนอยู่ที่นี่ ขอให้อีกแห่งนำออก',
  'shared-pupil-evidence': 'แจ้งหลักฐานของรายชื่อซ้ำ',
  'shared-pupil-decided': 'ตัดสินว่ารายชื่อซ้ำเรียนอยู่แห่งใด',
  'rosters-exported': (data) => `ส่งออกรายชื่อ ${number(data, 'institutions')} แห่ง`,
  'letter-retried': 'สั่งส่งข้อความที่ส่งไม่สำเร็จอีกครั้ง',
  'letter-dropped': 'สั่งไม่ส่งข้อความที่ค้างอยู่',
  'spot-check-drawn': 'สุ่มตรวจ: สุ่มสถานศึกษาและผู้เรียน',
  'spot-check-result': (data) => `สุ่มตรวจ: บันทึกผล ${lengthOf(data, 'pupils')} ราย`,
  'spot-check-note': 'สุ่มตรวจ: บันทึกหมายเหตุ',
  'finding-recorded': (data) => `ตรวจพบภายหลังว่าไม่มีตัวตน${typeof data['row'] === 'number' ? ` แถวที่ ${data['row']}` : ''}`,
}

const category = (data: Data): string => CATEGORY[text(data, 'category') as ReopeningCategory] ?? ''
/** Nobody was told, and the record does not say otherwise. */
const notReached = (data: Data): string => {
  if (data['reached'] !== false) return ''
  const why = { vacant: 'หน่วยไม่มีผู้รับผิดชอบ', unbound: 'ยังไม่ผูกบัญชี LINE', blocked: 'บัญชี LINE ปิดรับข้อความ' } as Record<
    string,
    string
  >
  return ` (ติดต่อไม่ได้ ${why[text(data, 'unreachable')] ?? ''})`
}
const side = (data: Data): string => (text(data, 'by') === 'lao' ? 'อปท. ' : 'สถานศึกษา')

function lengthOf(data: Data, name: string): number {
  const value = data[name]
  return Array.isArray(value) ? value.length : 0
}
