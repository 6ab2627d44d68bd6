import { expect } from 'vitest'
import { inventedId } from '../../../src/demo/demo-roster.ts'
import type { WholeDay } from '../../world/whole-day.ts'
import { codeIn } from './code-in.ts'

const OFFICER = 'นางอัญชลี พรมสุวรรณ'
const LAO = 'เทศบาลตำบลริมธาร'
const CENTRE = 'ศูนย์พัฒนาเด็กเล็กริมธาร'
const SCHOOL = 'โรงเรียนริมธารพิทยา'
const SCHOOL_OFFICER = 'นายกิตติพงศ์ สายชล'

/** She answers for a municipality and, since its teacher left, for its child centre too: follows up, counts, corrects, confirms. */
export async function dayOfLaoOfficer(day: WholeDay): Promise<void> {
  const officer = day.who(OFFICER)
  const school = day.who(SCHOOL_OFFICER)

  await day.at('2024-06-07T10:00:00', 'เช้า: ดูว่าเหลืออะไร', [OFFICER])
  expect(await officer.say('สถานะ')).toContain(LAO)
  await officer.say('รายชื่อที่ยังไม่ยืนยัน')
  await officer.say('เตือน ริมธารพิทยา')

  await day.at('2024-06-07T11:00:00', 'ครูของศูนย์ย้าย จึงรับดูแลศูนย์เอง')
  const code = codeIn(await officer.say('เชิญ ศพด.ริมธาร แทน มาลี คำสั่งที่ 7/2567 ลงวันที่ 6 มิ.ย. 2567'))
  await officer.say(code)
  await day.acceptDuty(OFFICER, CENTRE)
  await officer.say('ยืนยัน ศพด.ริมธาร')
  await officer.tap('มีตัวตนจริงทั้ง 33 คน')
  expect(await officer.tap('ยืนยัน 33 คน')).toContain(CENTRE)

  await day.at('2024-06-07T13:00:00', 'บ่าย: โรงเรียนแก้ไขตามที่เตือน')
  await day.edit(SCHOOL_OFFICER, SCHOOL, {
    cells: [
      { row: 4, column: 0, text: inventedId(200_003_003) },
      { row: 8, column: 8, text: 'ป.1' },
    ],
  })
  await school.say('ยืนยัน')
  await school.tap('มีตัวตนจริงทั้ง 52 คน')
  await school.tap('ยืนยัน 52 คน')

  await day.at('2024-06-07T14:00:00', 'ยืนยันสองรายการของเทศบาล')
  await officer.say('เปลี่ยนหน้าที่ 1')
  await officer.say('ตรวจสังกัดอื่น')
  await officer.tap('ไม่เปลี่ยนแปลง')
  expect(await officer.tap('ยืนยัน 138 คน')).toContain(LAO)
  await officer.say('ยืนยันภาพรวม')
  await officer.tap('มีตัวตนจริงทั้ง 85 คน')
  expect(await officer.tap('ยืนยัน 85 คน')).toContain(LAO)
  expect(await officer.say('สถานะ')).toContain('85')
}
