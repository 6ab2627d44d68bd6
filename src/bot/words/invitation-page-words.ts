import type { Role, UnitLevel } from '../../db/schema.ts'
import { until } from './dates.ts'
import { JOIN } from './join-words.ts'
import { dutyName } from './terms.ts'

export const INVITATION_CARD = {
  over: 'รหัสเข้าร่วม',
  title: 'QR สำหรับผู้ได้รับแต่งตั้ง',
  how: 'ให้ผู้ได้รับแต่งตั้งสแกน QR ในหน้านี้ หรือพิมพ์ลงกระดาษส่งให้ หน้านี้เปิดได้จนกว่ารหัสจะถูกใช้ ถูกยกเลิก หรือหมดอายุ',
  open: 'เปิดหน้า QR สำหรับพิมพ์',
  alt: 'QR ของรหัสเข้าร่วม',
} as const

export const INVITATION_PAGE = {
  title: 'รหัสเข้าร่วม LEC Confirm',
  system: 'ระบบยืนยันจำนวนนักเรียนและเด็กเล็กของ อปท. (LEC Confirm)',
  unit: JOIN.unit,
  duty: JOIN.duty,
  dutyOf: (of: { role: Role; level: UnitLevel }): string => dutyName(of),
  code: 'รหัส',
  until: (expiresAt: number): string => `ใช้ได้ครั้งเดียว ${until(expiresAt)}`,
  qr: 'QR สำหรับเปิดแชตพร้อมรหัส',
  howTitle: 'วิธีเข้าร่วม',
  steps: [
    'สแกน QR นี้ด้วยแอป LINE แล้วเพิ่มเพื่อน',
    'กดส่งข้อความรหัสที่เตรียมไว้ในช่องพิมพ์',
    `ตรวจหน่วยและหน้าที่ในแชต แล้วกด “${JOIN.accept}”`,
  ],
  stepsTyped: (basicId: string | null): string[] => [
    basicId ? `เพิ่มเพื่อนบัญชี LINE ${basicId}` : 'เพิ่มเพื่อนบัญชี LINE ของระบบ',
    'พิมพ์รหัสข้างต้นในแชต',
    `ตรวจหน่วยและหน้าที่ในแชต แล้วกด “${JOIN.accept}”`,
  ],
  byHand: (basicId: string): string => `สแกนไม่ได้หรือใช้คอมพิวเตอร์: เพิ่มเพื่อน ${basicId} ใน LINE แล้วพิมพ์รหัสข้างต้นในแชต`,
  openInLine: 'เปิดใน LINE',
  onlyFor: 'สำหรับผู้ได้รับแต่งตั้งเท่านั้น ผู้ที่มีรหัสนี้เข้าร่วมแทนหน่วยได้ โปรดอย่าติดประกาศหรือส่งต่อในกลุ่ม',
  over: { used: 'รหัสนี้ถูกใช้แล้ว', revoked: 'รหัสนี้ถูกยกเลิกแล้ว', expired: 'รหัสนี้หมดอายุแล้ว' },
  overHow: 'หากท่านยังไม่ได้เข้าร่วม โปรดขอรหัสใหม่ (สถานศึกษาขอจาก อปท. ส่วน อปท. ขอจากจังหวัด และจังหวัดขอจากกรม)',
  unknown: 'ไม่พบหน้านี้',
  unknownHow: 'โปรดตรวจที่อยู่อีกครั้ง หรือขอรหัสใหม่จากผู้ที่ออกรหัสให้',
} as const
