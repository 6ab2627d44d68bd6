import { DEMO_INSTITUTIONS } from '../../demo-units.ts'
import type { Gallery } from '../gallery-chat.ts'
import { remind } from '../gallery-jobs.ts'

const DONE_BEFORE = ['3099300001', '3099300002', '3099500002']

/** LAO, province and department: confirming, marking, asking back, agreeing on a day. */
export function chain(gallery: Gallery): void {
  const { sheets } = gallery
  gallery.part('อปท. ยืนยัน')
  gallery.at('2024-06-06T10:00')
  gallery.say('06990301', 'ยืนยัน', 'ยืนยัน ทั้งที่สถานศึกษายังไม่ครบ')
  gallery.say('06990301', 'นัดส่ง ศพด.วัดบ้านนา 7 มิ.ย. 15.00')
  gallery.say('3099300002', 'ตกลงนัดส่ง')
  gallery.say('3099300002', 'นัดส่ง 8 มิ.ย. 12.00')
  gallery.say('06990301', 'ตกลงนัดส่ง ศพด.วัดบ้านนา')
  confirmRoster(gallery, '3099300002')
  gallery.say('06990301', 'ยืนยันภาพรวม')
  gallery.tap('06990301', 'มีตัวตนจริงทั้ง')
  gallery.tap('06990301', 'ยืนยัน 4')
  gallery.say('06990302', 'ยืนยันสังกัดอื่น', 'ยืนยันสังกัดอื่น ทั้งที่ยังไม่ได้ตรวจ')
  sheets.tickCounts('06990302')
  gallery.say('06990302', 'ยืนยันสังกัดอื่น')
  gallery.tap('06990302', 'ยืนยัน 1')
  gallery.at('2024-06-07T08:30')
  gallery.happens(remind)
  gallery.part('ขอยกเลิกการยืนยัน')
  gallery.say('3099300001', 'ขอยกเลิกการยืนยัน')
  gallery.say('3099300001', 'มีผู้ย้ายเข้า')
  gallery.say('3099300001', 'เด็กย้ายเข้า 1 คน วันที่ 4 มิถุนายน')
  gallery.say('3099300001', 'ขอยกเลิกการยืนยัน', 'ขอซ้ำ')
  gallery.say('3099300001', 'ถอนคำขอ')
  gallery.say('3099300001', 'ขอยกเลิกการยืนยัน เด็กย้ายเข้า 1 คน วันที่ 4 มิถุนายน')
  gallery.say('06990301', 'คำขอ')
  gallery.say('06990301', 'เห็นชอบ 1')
  gallery.say('province', 'คำขอ')
  gallery.say('province', 'ส่งคืน ศพด.บ้านนา')
  gallery.say('province', 'โปรดแนบเลขที่ใบย้าย')
  gallery.say('3099300001', 'ขอยกเลิกการยืนยัน ใบย้ายเลขที่ 12/2567 วันที่ 4 มิถุนายน')
  gallery.say('06990301', 'เห็นชอบ 1')
  gallery.say('province', 'ยกเลิกการยืนยัน ศพด.บ้านนา')
  gallery.say('3099300001', 'สถานะ', 'สถานะ อยู่ระหว่างแก้ไข')
  gallery.say('06990301', 'สถานะ', 'สถานะ เมื่อมีแห่งที่เปิดแก้ไข')
  confirmRoster(gallery, '3099300001')
  confirmOverview(gallery, '06990301')
  gallery.part('สุ่มตรวจ')
  gallery.say('province', 'สุ่มตรวจ 2')
  gallery.say('province', 'พบตัว 1 2')
  gallery.say('province', 'ไม่พบ 3')
  gallery.say('province', 'หมายเหตุ 3 ย้ายตามผู้ปกครอง')
  gallery.say('province', 'สุ่มตรวจ')
  gallery.part('จังหวัดยืนยัน')
  gallery.at('2024-06-10T08:30')
  gallery.happens(remind)
  gallery.at('2024-06-10T14:00')
  gallery.say('province', 'ยืนยัน', 'ยืนยัน ทั้งที่ยังไม่ครบ')
  for (const { code } of DEMO_INSTITUTIONS) {
    sheets.correct(code)
    if (!DONE_BEFORE.includes(code)) gallery.aside(() => confirmRoster(gallery, code))
  }
  for (const lao of ['04990102', '05990201']) {
    sheets.tickCounts(lao)
    gallery.say(lao, 'ยืนยันสังกัดอื่น')
    gallery.tap(lao, 'ยืนยัน')
  }
  for (const lao of ['02990101', '04990102']) gallery.aside(() => confirmOverview(gallery, lao))
  confirmOverview(gallery, '05990201')
  gallery.say('province', 'ยืนยัน', 'ยืนยัน ทั้งที่ยังไม่ได้ตรวจ อปท.')
  gallery.say('province', 'ตรวจสอบแล้ว')
  gallery.tap('province', 'ตรวจสอบแล้ว')
  gallery.say('province', 'ยืนยันจังหวัด')
  gallery.tap('province', 'ยืนยัน')
  gallery.say('department', 'สถานะ', 'สถานะ เมื่อครบทุกจังหวัด')
  gallery.say('executive', 'สถานะ', 'สถานะ ของผู้บริหาร เมื่อครบ')
  gallery.part('กรมและจังหวัดยกเลิกการยืนยัน')
  gallery.say('department', 'ยกเลิกการยืนยัน จังหวัดทุ่งตะวัน')
  gallery.say('department', 'ตรวจพบยอดซ้ำในเทศบาลเมืองทุ่งตะวัน')
  gallery.say('province', 'ยกเลิกการยืนยัน เทศบาลเมืองทุ่งตะวัน')
  gallery.say('province', 'ยกเลิกการยืนยัน เทศบาลเมืองทุ่งตะวัน ภาพรวม')
  gallery.say('province', 'ตรวจสอบยอดรวมใหม่ตามที่กรมแจ้ง')
}

/** The whole sequence of the read-back, the attestation and the confirmation. */
function confirmRoster(gallery: Gallery, code: string): void {
  gallery.say(code, 'ยืนยัน')
  gallery.tap(code, 'มีตัวตนจริงทั้ง')
  gallery.tap(code, 'ยืนยัน ')
}

function confirmOverview(gallery: Gallery, code: string): void {
  gallery.say(code, 'ยืนยันภาพรวม')
  gallery.tap(code, 'มีตัวตนจริงทั้ง')
  gallery.tap(code, 'ยืนยัน ')
}
