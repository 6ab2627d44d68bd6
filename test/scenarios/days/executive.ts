import { expect } from 'vitest'
import type { WholeDay } from '../../world/whole-day.ts'

const EXECUTIVE = 'นายบุญเลิศ ทุ่งตะวันกุล'

/** He supervises and confirms nothing: a card on Monday morning, and whatever he asks, without a pupil's name. */
export async function dayOfExecutive(day: WholeDay): Promise<void> {
  const executive = day.who(EXECUTIVE)
  await day.at('2024-06-10T08:30:00', 'เช้าวันจันทร์ วันสุดท้ายของสถานศึกษาและ อปท.', [EXECUTIVE])
  await executive.say('สถานะ')
  await executive.say('เหลือใคร')
  await executive.say('โรงเรียนเทศบาล 1 ติดอะไร')
  await executive.say('ใครดูแล')
  await executive.say('กำหนดเวลา')
  expect(await executive.say('ยืนยัน')).not.toContain('ใบรับ')
  expect(await executive.say('ช่วยเหลือ')).toContain('รายชื่อที่ยังไม่ยืนยัน')
}
