import { exactMoment } from '../../bot/words/exact-moment.ts'
import { DROPPED_BY_OPERATOR } from '../../workflow/dead-letters.ts'
import type { MessageSent, MessageState } from '../../workflow/evidence-messages.ts'
import type { Notice } from '../../workflow/notice.ts'

const TOLD: Record<Notice['type'] | 'answer', string> = {
  answer: 'ตอบข้อความ',
  receipt: 'ส่งใบรับการยืนยัน',
  'read-back': 'แสดงข้อมูลที่ระบบอ่านได้',
  'confirm-refused': 'แจ้งว่ายังยืนยันไม่ได้',
  'all-institutions-confirmed': 'แจ้งว่าสถานศึกษายืนยันครบทุกแห่ง',
  'all-laos-complete': 'แจ้งว่า อปท. ยืนยันครบทุกแห่ง',
  'province-confirmed': 'แจ้งว่าจังหวัดยืนยันแล้ว',
  'reopening-waits': 'แจ้งว่ามีคำขอยกเลิกการยืนยันรอพิจารณา',
  'reopening-progress': 'แจ้งความคืบหน้าของคำขอยกเลิกการยืนยัน',
  cancelled: 'แจ้งว่าการยืนยันถูกยกเลิก',
  'hold-opened': 'แจ้งว่ารายชื่อหายผิดปกติ',
  drifted: 'แจ้งว่าตารางต่างจากที่ยืนยัน',
  'drift-gone': 'แจ้งว่าตารางกลับมาตรงกับที่ยืนยัน',
  'google-address-refused': 'แจ้งว่าบัญชี Google ใช้ไม่ได้',
  'sheet-ready': 'แจ้งว่าตารางพร้อมแล้ว',
  'shared-pupils': 'แจ้งเรื่องรายชื่อซ้ำ',
  'deadline-agreement': 'แจ้งเรื่องนัดวันเวลาส่งข้อมูล',
  'spot-check-news': 'แจ้งผลสุ่มตรวจ',
  'units-changed': 'แจ้งการเปลี่ยนแปลงของหน่วย',
  extended: 'แจ้งการขยายเวลา',
  'extension-ended': 'แจ้งการยกเลิกการขยายเวลา',
  'late-taps-waiting': 'แจ้งว่ามีคำสั่งที่มาช้ารอพิจารณา',
  'late-tap-decided': 'แจ้งผลพิจารณาคำสั่งที่มาช้า',
  'finding-recorded': 'แจ้งว่าตรวจพบภายหลังว่าไม่มีตัวตน',
  'duty-changed': 'แจ้งการเปลี่ยนแปลงหน้าที่',
  'colleague-left': 'แจ้งการเปลี่ยนแปลงผู้รับผิดชอบ',
  'unit-vacant': 'แจ้งว่าหน่วยไม่มีผู้รับผิดชอบ',
  vacancies: 'แจ้งหน่วยที่ยังไม่มีผู้รับผิดชอบ',
  'certifier-switched': 'แจ้งการเปิดหรือปิดใช้ผู้รับรอง',
  'submission-waits': 'แจ้งว่ามีเรื่องรอผู้รับรอง',
  'submission-sent-back': 'แจ้งว่าผู้รับรองส่งคืน',
  nudge: 'เตือนตามที่ อปท. จังหวัด หรือกรมขอ',
  announcement: 'แจ้งประกาศ',
  'weekly-card': 'ส่งรายงานประจำสัปดาห์ถึงผู้บริหาร',
  'unit-unreached': 'แจ้งว่าติดต่อผู้รับผิดชอบของหน่วยทางแชตไม่ได้',
  reminder: 'เตือนว่ายังไม่ได้ยืนยัน',
  'quota-warning': 'แจ้งว่าโควตาข้อความ LINE ใกล้หมด',
  'letters-dead': 'แจ้งว่ามีข้อความที่ส่งไม่สำเร็จ',
}

export const toldWords = (sent: MessageSent): string => TOLD[sent.notice] ?? sent.notice

/** LINE says that it took a message, never that it arrived or was read: a blocked account is answered 200 too. */
const FATE: Record<MessageState, string> = {
  accepted: 'LINE รับแล้ว',
  pending: 'รอส่ง',
  unknown: 'ส่งแล้วแต่ไม่ทราบผล',
  unreachable: 'ไม่ได้แจ้ง เพราะไม่มีบัญชี LINE ที่ติดต่อได้ (ยังไม่ได้ผูกบัญชี หรือบล็อกบัญชีของระบบ)',
  dropped: 'ไม่ได้ส่ง เพราะเรื่องสิ้นสุดก่อนถึงเวลาส่ง',
  dead: 'ส่งไม่สำเร็จ',
}

export const NOT_REACHED = 'ไม่ได้ส่ง เพราะไม่มีบัญชี LINE ที่ส่งถึงได้'

export function fateWords(sent: MessageSent): string {
  const when = sent.state === 'accepted' && sent.endedAt !== null ? ` ${exactMoment(sent.endedAt)}` : ''
  const tried = sent.state === 'pending' && sent.attempts > 0 ? ` (พยายามส่งแล้ว ${sent.attempts} ครั้ง)` : ''
  const error = sent.state === 'dead' && sent.error !== null ? `: ${sent.error}` : ''
  return `${fateOf(sent)}${when}${tried}${error}`
}

function fateOf({ state, error }: MessageSent): string {
  if (state !== 'dropped' || error === null) return FATE[state]
  return error.startsWith(DROPPED_BY_OPERATOR) ? DROPPED.byOperator : DROPPED.nobodyWaits
}

const DROPPED = {
  nobodyWaits: 'ไม่ได้ส่ง เพราะตอบช้าเกินกว่าที่ผู้ถามจะรอ',
  byOperator: 'ไม่ได้ส่ง ตามคำสั่งของผู้ดูแลระบบ',
}
