import { expect } from 'vitest'
import type { WholeDay } from '../../world/whole-day.ts'

const OFFICER = 'นายปรีชา เรืองวิทย์'
const PROVINCE_OFFICER = 'นางวิภาวรรณ สุขเกษม'
const LAO_OFFICER = 'นายสมพงษ์ ทองดีเลิศ'
const TEACHER = 'นางจันทร์เพ็ญ นาดี'
const TEMPLE = 'ศูนย์พัฒนาเด็กเล็กวัดบ้านนา'

/** The last day of all: the nation's figures, a request that climbs up to the department, and time given after the close. */
export async function dayOfDepartmentOfficer(day: WholeDay): Promise<void> {
  const officer = day.who(OFFICER)
  const teacher = day.who(TEACHER)
  await day.at('2024-06-11T09:00:00', 'เช้าวันสุดท้าย', [OFFICER, TEACHER])
  expect(await officer.say('สถานะ')).toContain('1')

  await day.at('2024-06-11T14:00:00', 'ศูนย์หนึ่งขอแก้ไข หลังจังหวัดยืนยันแล้ว', [OFFICER, TEACHER])
  await teacher.say('เปลี่ยนหน้าที่ 1')
  await teacher.say('ขอยกเลิกการยืนยัน พบว่าย้ายไปศูนย์อื่น 1 คน เมื่อวันที่ 3 มิถุนายน')
  await day.who(LAO_OFFICER).tap('เห็นชอบและส่งต่อ')
  await day.who(PROVINCE_OFFICER).tap('เห็นชอบและส่งต่อ')
  await officer.say('คำขอ')
  await officer.tap('ยกเลิกการยืนยัน')
  expect(await teacher.say('สถานะ')).toContain(TEMPLE)

  await day.at('2024-06-11T17:00:00', 'ปิดระบบ ศูนย์ยังไม่ได้ยืนยันใหม่', [OFFICER, TEACHER])
  await teacher.say('ยืนยัน')
  await officer.say('ขยายเวลา 3099300002 ถึง 12 มิ.ย. 2567 16.30 เพราะไฟฟ้าดับทั้งตำบล หนังสือ มท 0816.2/ว 1234')
  await officer.say('ยืนยันขยายเวลา')
  await day.look()

  await day.at('2024-06-12T09:00:00', 'วันรุ่งขึ้น ในเวลาที่ขยาย', [OFFICER, TEACHER])
  await day.edit(TEACHER, TEMPLE, { cells: [{ row: 19, column: 11, text: 'ย้ายออก' }] })
  await day.world.offStage(async () => {
    await teacher.say('ยืนยัน')
    await teacher.tap('มีตัวตนจริงทั้ง 18 คน')
    await teacher.tap('ยืนยัน 18 คน')
    await day.who(LAO_OFFICER).say('ยืนยันภาพรวม')
    await day.who(LAO_OFFICER).tap('มีตัวตนจริงทั้ง')
    await day.who(LAO_OFFICER).tap('ยืนยัน ')
    await day.who(PROVINCE_OFFICER).say('ตรวจสอบแล้ว')
    await day.who(PROVINCE_OFFICER).tap('ตรวจสอบแล้ว')
  })
  await day.who(PROVINCE_OFFICER).tap('ยืนยันข้อมูลจังหวัด')
  await officer.say('สถานะ')
  const card = await officer.say('ตรวจพบภายหลัง ศพด.บ้านนา แถว 3 เพราะ ลงพื้นที่แล้วไม่พบตัว')
  expect(card).toContain('ศูนย์พัฒนาเด็กเล็กบ้านนา')
  await officer.say('บันทึกการตรวจพบ')
}
