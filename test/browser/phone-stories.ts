import { expect } from 'vitest'
import type { World } from '../world/scenario-world.ts'
import type { PersonAtPage } from './person-at-page.ts'
import { TEACHER } from './teacher-confirms.ts'

const NEWCOMER = 'นางสาวชุติมา ตั้งใจ'
const LAO_OFFICER = 'นายสมพงษ์ ทองดีเลิศ'
const PROVINCE_OFFICER = 'นางวิภาวรรณ สุขเกษม'
const RIVER_CENTRE = 'ศูนย์พัฒนาเด็กเล็กริมธาร'

/** She has nothing but a telephone and a code on a piece of paper; in the end the menu of her duty is under her thumb. */
export async function newcomerJoins(at: PersonAtPage, world: World): Promise<void> {
  const { page } = at
  const invited = await world.officerOf('เทศบาลตำบลริมธาร').say('เชิญ ศพด.ริมธาร แทน มาลี คำสั่งที่ 7/2567 ลงวันที่ 6 มิ.ย. 2567')
  const [code = ''] = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(JSON.stringify(invited.map((item) => item.message))) ?? []
  await at.pick(NEWCOMER)
  await at.picture('newcomer')
  await at.tapMenu('เข้าร่วม')
  await at.hear('รหัส')
  await at.picture('asked-for-code')
  await at.say(code)
  await at.hear(RIVER_CENTRE)
  await at.picture('offered')
  await at.tap('ยอมรับ')
  await at.hear('Google')
  await at.picture('accepted')
  await at.say('newcomer@example.com')
  await at.say('ชื่อ นางสาวชุติมา ตั้งใจ')
  await world.waitFor('the sheet', () => world.toldOf('sheet-ready', RIVER_CENTRE) > 0, 30_000)
  await at.see(at.chat.getByText('ตารางพร้อมแล้ว').first())
  await at.picture('sheet-ready')
  await at.openMenu()
  const menu = page.getByTestId('rich-menu')
  await at.see(menu.getByRole('button', { name: 'สถานะ', exact: true }))
  await at.picture('menu')
  const box = await menu.boundingBox()
  expect(box && box.x >= 0 && box.x + box.width <= (page.viewportSize()?.width ?? 0)).toBe(true)
  await at.tapMenu('สถานะ')
  await at.hear(RIVER_CENTRE, 'พร้อมยืนยัน')
  await at.picture('status-from-menu')
  await at.tapMenu('กำหนดเวลา')
  await at.hear('กำหนดเวลา')
  await at.picture('deadlines')
}

/** Her LAO has confirmed, so the request climbs to the province; all on a page of a telephone's size. */
export async function reopensThroughProvince(at: PersonAtPage, world: World): Promise<void> {
  await confirmsOffPage(world)
  await at.pick(TEACHER)
  await at.tapMenu('ขอยกเลิกการยืนยัน')
  await at.picture('why')
  await at.tap('ข้อมูลผิด')
  await at.say('วันเกิดผิด 1 คน ตรวจพบเมื่อวันที่ 9 มิถุนายน')
  await at.hear('องค์การบริหารส่วนตำบลบ้านนา')
  await at.picture('asked')
  await at.pick(LAO_OFFICER)
  await at.hear('วันเกิดผิด 1 คน')
  await at.picture('lao-asked')
  await at.tap('เห็นชอบและส่งต่อ')
  await at.hear('จังหวัดทุ่งตะวัน')
  await at.pick(PROVINCE_OFFICER)
  await at.hear('วันเกิดผิด 1 คน')
  await at.picture('province-asked')
  await at.tap('ยกเลิกการยืนยัน')
  await at.picture('carried-out')
  await at.pick(LAO_OFFICER)
  await at.hear('อยู่ระหว่างแก้ไข')
  await at.picture('lao-reopened')
  await at.pick(TEACHER)
  await at.hear('อยู่ระหว่างแก้ไข')
  await at.picture('teacher-reopened')
  await at.tap('เปิดตารางเพื่อแก้ไข')
  await at.page.getByTestId('lock-banner').waitFor({ state: 'detached' })
  await at.write(8, 6, '4/2/2564')
  await at.picture('corrected')
  await at.page.getByTestId('view-chat').click()
  await at.tapMenu('ยืนยัน')
  await at.hear('ข้อมูลที่ระบบอ่านได้ขณะนี้', 'มีตัวตนจริงทั้ง 24 คน')
  await at.picture('read-back')
  await at.tap('ตรวจแล้ว มีตัวตนจริงทั้ง 24 คน')
  await at.hear('ยืนยันข้อมูล 24 คน ใช่หรือไม่')
  await at.tap('ยืนยัน 24 คน')
  await at.hear('ใบรับการยืนยันข้อมูลรายชื่อ')
  await at.picture('receipt')
  await at.pick(LAO_OFFICER)
  // At a computer, as his account is here, LINE shows no menu: he types.
  await at.say('สถานะ')
  await at.hear('องค์การบริหารส่วนตำบลบ้านนา')
  await at.picture('lao-status')
}

async function confirmsOffPage(world: World): Promise<void> {
  const confirm = async (unit: string, words: string) => {
    const officer = world.officerOf(unit)
    await officer.say(words)
    await officer.tap('มีตัวตนจริงทั้ง')
    await officer.tap('ยืนยัน ')
  }
  await confirm('ศูนย์พัฒนาเด็กเล็กบ้านนา', 'ยืนยัน')
  await confirm('องค์การบริหารส่วนตำบลบ้านนา', 'ยืนยันภาพรวม')
}
