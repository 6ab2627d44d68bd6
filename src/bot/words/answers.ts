import { dayAndTime } from './dates.ts'
import { SAY } from './say.ts'
import { more } from './terms.ts'

const MOST_UNREACHED = 5

export const ANSWERS = {
  unknown: (near: readonly string[]) => `ยังไม่เข้าใจข้อความนี้ จึงไม่ได้ดำเนินการ ลองพิมพ์: ${near.join(' / ')}`,
  greeting: (name: string) =>
    `สวัสดี ${name} ท่านต้องการดำเนินการเรื่องใด โปรดพิมพ์ ${SAY.status} / ${SAY.confirm} / ${SAY.help}`,
  thanks: 'ด้วยความยินดี',
  tooLong: 'ข้อความยาวเกินไป จึงยังไม่ได้ดำเนินการ โปรดพิมพ์สั้น ๆ ทีละเรื่อง',
  unreached: (names: readonly string[], unit: string | null) => {
    const left = names.length - MOST_UNREACHED
    const shown = `${names.slice(0, MOST_UNREACHED).join(', ')}${left > 0 ? ` และอีก ${left} ราย` : ''}`
    const ask = unit === null ? '' : ` ดูผู้รับผิดชอบและโทรศัพท์ พิมพ์ ${SAY.inCharge} ${unit}`
    return `ยังแจ้ง ${shown} ทาง LINE ไม่ได้ (ไม่มีผู้รับผิดชอบที่ผูกบัญชีไว้ หรือบล็อกบัญชีของระบบ) โปรดแจ้งทางโทรศัพท์หรือหนังสือ${ask}`
  },
  used: 'ปุ่มนี้ใช้ไปแล้ว สถานะขณะนี้เป็นดังนี้',
  expired: 'ปุ่มนี้หมดอายุแล้ว (ใช้ได้ 1 วัน) โปรดใช้ปุ่มในข้อความล่าสุด',
  badButton: `ปุ่มนี้ใช้ไม่ได้กับบัญชีของท่าน จึงไม่ได้ดำเนินการ พิมพ์ ${SAY.status} เพื่อดูข้อมูลของท่าน`,
  notFound: (text: string) => `ไม่พบหน่วยชื่อ “${text}” ในความรับผิดชอบของท่าน โปรดพิมพ์ชื่อเต็มหรือรหัสหน่วย`,
  several: (text: string, names: readonly string[], left = 0) =>
    `“${text}” ตรงกับหลายหน่วย โปรดพิมพ์ชื่อเต็มหรือรหัสหน่วย:\n${names.map((name) => `• ${name}`).join('\n')}${left > 0 ? `\n${more(left)}` : ''}`,
  sameName: (name: string, above: string, code: string | null) =>
    `${name} (${[above, code === null ? '' : `รหัส ${code}`].filter((part) => part !== '').join(' ')})`,
  holdReleased: (missing: number) => `บันทึกแล้วว่าออกจริง ${missing} ราย พิมพ์ ${SAY.confirm} เพื่อตรวจยอดใหม่`,
  holdRefused: `รับทราบว่าไม่ได้ออกจริง ระบบไม่ตัดรายชื่อใดออก โปรดนำรายชื่อกลับเข้าตาราง แล้วระบบจะอ่านใหม่ หากตรวจแล้วพบว่าออกจริง พิมพ์ ${SAY.holdRelease}`,
  holdDecided: (by: string | null, at: number | null) =>
    `เรื่องนี้มีผู้แจ้งไว้แล้ว${by && at ? ` โดย ${by} เมื่อ ${dayAndTime(at)}` : ''} พิมพ์ ${SAY.status} เพื่อดูข้อมูลปัจจุบัน`,
  broken: `ขออภัย ระบบดำเนินการตามข้อความนี้ไม่สำเร็จ และได้บันทึกปัญหาไว้ให้ผู้ดูแลระบบแล้ว โปรดพิมพ์ ${SAY.status} เพื่อดูข้อมูลปัจจุบัน แล้วลองใหม่`,
  noHold: `ไม่มีเรื่องรายชื่อที่หายไปซึ่งรอคำตอบจากท่าน พิมพ์ ${SAY.status} เพื่อดูข้อมูลปัจจุบัน`,
} as const

/** What came instead of words, and that nothing was done with it; the next commands follow. */
export const INSTEAD = {
  sticker: 'ขอบคุณสำหรับสติกเกอร์',
  image: 'ระบบอ่านรูปภาพไม่ได้ โปรดกรอกข้อมูลในตาราง หรือพิมพ์เป็นข้อความ',
  video: 'ระบบดูวิดีโอไม่ได้ โปรดพิมพ์เป็นข้อความ',
  audio: 'ระบบฟังข้อความเสียงไม่ได้ โปรดพิมพ์เป็นข้อความ',
  file: 'ระบบไม่รับไฟล์ทางแชต โปรดกรอกข้อมูลในตารางของหน่วยท่าน หากมีไฟล์รายชื่อจาก LEC ให้คัดลอกไปวางในตาราง',
  location: 'ระบบไม่ใช้ตำแหน่งที่ตั้ง',
  unknown: 'ระบบอ่านข้อความชนิดนี้ไม่ได้ โปรดพิมพ์เป็นข้อความ',
  emoji: 'ขอบคุณ ระบบอ่านได้เฉพาะข้อความ',
  digits: `ระบบไม่ทราบว่าตัวเลขนี้หมายถึงเรื่องใด จึงยังไม่ได้ดำเนินการ หากต้องการยืนยันจำนวน โปรดพิมพ์คำสั่งก่อนตัวเลข เช่น ${SAY.confirm} 78`,
  'pupil-number': 'โปรดอย่าส่งเลขประจำตัวประชาชนทางแชต ระบบไม่ได้ใช้เลขนี้ หากต้องการเพิ่มหรือแก้ไขรายชื่อ ให้กรอกในตาราง',
  link: 'ระบบไม่เปิดลิงก์ที่ส่งมา หากเป็นลิงก์ตาราง ระบบอ่านตารางของหน่วยท่านให้เองอยู่แล้ว',
  empty: 'ยังไม่เข้าใจ เพราะไม่มีข้อความ',
  next: (words: readonly string[]) => `พิมพ์ได้ เช่น ${words.join(' / ')}`,
} as const

export const LEFT = {
  none: 'ยืนยันครบทุกแห่งแล้ว',
  alt: 'รายชื่อหน่วยที่ยังไม่ยืนยัน',
  title: 'รายชื่อที่ยังไม่ยืนยัน',
} as const

export const IN_CHARGE = {
  alt: 'ผู้รับผิดชอบและโทรศัพท์ติดต่อ',
  title: 'ผู้รับผิดชอบ',
  own: 'หน่วยของท่าน',
  below: 'หน่วยในความรับผิดชอบที่ยังไม่มีเจ้าหน้าที่ในแชตนี้',
  reached: 'หน่วยที่มีเจ้าหน้าที่ในแชตนี้',
  everyone: 'ผู้รับผิดชอบของทุกหน่วยในสังกัด',
  belowAlt: 'ผู้รับผิดชอบของหน่วยในความรับผิดชอบ',
  nobody: 'ยังไม่มีผู้รับผิดชอบ',
  unreached: '(ติดต่อทางแชตไม่ได้)',
  person: (input: { name: string; role: string; telephone: string | null }) =>
    `${input.name} ${input.role}${input.telephone ? ` โทร. ${input.telephone}` : ''}`,
  unitPhone: (telephone: string) => `โทรศัพท์หน่วยงาน ${telephone}`,
} as const
