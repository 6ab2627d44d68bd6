import { expect } from 'vitest'
import { NAMELESS } from '../../../src/workflow/person-account.ts'
import type { WholeDay } from '../../world/whole-day.ts'
import { codeIn } from './code-in.ts'

const NEWCOMER = 'นางสาวชุติมา ตั้งใจ'
const FORMER = 'นางสาวเบญจวรรณ ยิ้มแย้ม'
const LAO_OFFICER = 'นายธีรภัทร วงศ์อรุณ'
const CENTRE = 'ศูนย์พัฒนาเด็กเล็กเทศบาลเมืองทุ่งตะวัน'

/** She stands in for a colleague: joins with a code, finds her way, confirms; then the colleague comes back and she is out. */
export async function dayOfNewcomer(day: WholeDay): Promise<void> {
  const newcomer = day.who(NEWCOMER)
  const lao = day.who(LAO_OFFICER)

  await day.at('2024-06-06T09:00:00', 'ครูของศูนย์ลาคลอด เทศบาลให้ครูคนใหม่ทำแทน', [NEWCOMER])
  await newcomer.say('สวัสดีค่ะ')
  const invited = await lao.say('เชิญ ศพด.เทศบาลเมืองทุ่งตะวัน แทน เบญจวรรณ คำสั่งที่ 40/2567 ลงวันที่ 5 มิ.ย. 2567')
  expect(await newcomer.say(`รหัส ${codeIn(invited)}`)).toContain(CENTRE)
  await newcomer.tap('ยอมรับ')
  day.world.expect('the sheet', () => day.world.toldOf('sheet-ready', CENTRE) > 0)
  await newcomer.say('newcomer@example.com')
  await newcomer.say('ชื่อ นางสาวชุติมา ตั้งใจ')
  expect(await day.who(FORMER).lastHeard()).not.toContain(NAMELESS)
  expect(await day.who(FORMER).say('สถานะ')).toContain(NEWCOMER)

  await day.at('2024-06-06T10:00:00', 'ดูว่าต้องทำอะไร')
  await newcomer.say('ต้องทำอะไรบ้าง')
  await newcomer.say('สถานะ')
  await newcomer.say('เด็กไม่มีเลข 13 หลัก ทำยังไงคะ')
  await newcomer.say('ใครดูแล')

  await day.at('2024-06-06T14:00:00', 'ตรวจตัวเด็กครบแล้ว')
  await newcomer.say('ยืนยันค่ะ')
  await newcomer.tap('มีตัวตนจริงทั้ง 40 คน')
  expect(await newcomer.tap('ยืนยัน 40 คน')).toContain(NEWCOMER)
  await newcomer.say('แก้ไขหลังยืนยันได้ไหม')

  await day.at('2024-06-07T09:00:00', 'ครูคนเดิมกลับมา', [NEWCOMER])
  const back = await lao.say('เชิญ ศพด.เทศบาลเมืองทุ่งตะวัน แทน ชุติมา คำสั่งที่ 41/2567 ลงวันที่ 6 มิ.ย. 2567')
  await day.who(FORMER).say(codeIn(back))
  await day.acceptDuty(FORMER, CENTRE)
  await day.who(FORMER).say('สถานะ')
  expect(await newcomer.say('สถานะ')).toContain(FORMER)
}
