import { expect } from 'vitest'
import type { WholeDay } from '../../world/whole-day.ts'
import { confirmAllTheRest } from './all-the-rest.ts'

const OFFICER = 'นางวิภาวรรณ สุขเกษม'
const PROVINCE = 'จังหวัดทุ่งตะวัน'

/** The last day of institutions and LAOs: she announces, spot-checks, follows up, checks every LAO, and confirms the province. */
export async function dayOfProvinceOfficer(day: WholeDay): Promise<void> {
  const officer = day.who(OFFICER)
  await day.at('2024-06-10T09:00:00', 'เช้า: ดูทั้งจังหวัด', [OFFICER])
  expect(await officer.say('สถานะ')).toContain(PROVINCE)
  await officer.say('รายชื่อที่ยังไม่ยืนยัน')
  await officer.say('เตือนทั้งหมด')
  await officer.say('ประกาศถึง อปท. ตามหนังสือ ทต 0023.3/ว 88: ขอให้ยืนยันให้แล้วเสร็จภายในวันนี้ ก่อน 16.30 น.')
  await officer.say('ยืนยันประกาศ')
  await day.look()
  await day.who('นายสมพงษ์ ทองดีเลิศ').say('รับทราบ')
  expect(await officer.say('ใครรับทราบแล้ว')).toContain('1 จาก 6')

  await day.at('2024-06-10T11:00:00', 'สุ่มตรวจสถานศึกษา 1 แห่ง')
  await day.world.offStage(async () => {
    expect(await officer.say('สุ่มตรวจ 1')).toMatch(/1-99\d\d-xxxxx-xx-\d/)
    await officer.tap('พบตัวครบ')
  })
  day.world.note('ผู้ที่สุ่มได้ต่างกันทุกครั้ง จึงไม่แสดงที่นี่ พบตัวครบทุกคน')

  await day.world.offStage(() => confirmAllTheRest(day))

  await day.at('2024-06-10T15:30:00', 'บ่าย: อปท. ยืนยันครบทุกแห่ง', [OFFICER])
  await officer.say('สถานะ')
  await officer.say('ตรวจสอบแล้ว')
  expect(await officer.tap('ตรวจสอบแล้วทั้ง 5 แห่ง')).toMatch(/ขอให้\s*กรม/)
  const receipt = await officer.tap('ยืนยันข้อมูลจังหวัด')
  expect(receipt).toContain(PROVINCE)
  expect(await officer.say('สถานะ')).toContain('5/5')
}
