import type { QuietSpan } from '../../workflow/person-settings.ts'
import { SAY } from './say.ts'

const two = (value: number): string => String(value).padStart(2, '0')
const clock = (minute: number): string => `${two(Math.floor(minute / 60))}.${two(minute % 60)}`

/** 20.00-07.00: as it is shown and as it is typed. */
export const quietSpan = ({ from, to }: QuietSpan): string => `${clock(from)}-${clock(to)}`

/** Offered as a beginning: an office day's evening. */
export const QUIET_EXAMPLE: QuietSpan = { from: 18 * 60, to: 8 * 60 }

export const SETTINGS = {
  alt: 'การตั้งค่าของท่านในแชตนี้',
  title: 'ตั้งค่า',
  numerals: 'เลขไทย',
  numeralsOn: 'เปิด (แสดงตัวเลขเป็นเลขไทย)',
  numeralsOff: 'ปิด',
  quiet: 'เวลางดแจ้งเตือน',
  quietSet: (span: QuietSpan) => `${quietSpan(span)} น.`,
  quietNone: 'ไม่ได้ตั้งไว้',
  ordinary: 'ตามปกติระบบไม่ส่งการเตือนระหว่าง 20.00-07.00 น. เว้นแต่วันสุดท้าย ท่านตั้งเวลางดเพิ่มได้',
  anyway: 'ในเวลางด ยังส่งคำตอบของสิ่งที่ท่านพิมพ์หรือกด และยังส่งการเตือนเมื่อระบบจะปิดก่อนสิ้นเวลางดของท่าน เพื่อไม่ให้พลาดวันสุดท้าย',
  numeralsNote: 'ไม่ว่าแสดงเลขแบบใด ท่านพิมพ์เลขไทยหรือเลขอารบิกได้ทั้งสองแบบ ลิงก์ อีเมล และรหัสเข้าร่วมแสดงตามเดิม',
  turnOn: 'เปิดเลขไทย',
  turnOff: 'ปิดเลขไทย',
  setQuiet: (span: QuietSpan) => `งดแจ้งเตือน ${quietSpan(span)} น.`,
  noQuiet: 'ไม่ต้องงดแจ้งเตือน',
  otherHours: (span: QuietSpan) => `กำหนดเวลาอื่น พิมพ์ เช่น ${SAY.quietHours} ${quietSpan(span)}`,
  done: 'บันทึกการตั้งค่าแล้ว',
  same: 'ตั้งค่าไว้เช่นนี้อยู่แล้ว ไม่มีการเปลี่ยนแปลง',
  unread: (span: QuietSpan) =>
    `อ่านช่วงเวลาไม่ได้ จึงยังไม่ได้เปลี่ยนการตั้งค่า โปรดพิมพ์เวลาเริ่มและเวลาสิ้นสุด เช่น ${SAY.quietHours} ${quietSpan(span)}`,
} as const
