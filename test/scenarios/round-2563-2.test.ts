import { expect, it } from 'vitest'
import { openStory } from '../world/chat-story.ts'

const named = (rows: readonly { name: string; component: string }[]) =>
  rows.map(({ name, component }) => `${name} ${component}`)

it('the round 2563/2 of the guideline, day by day (R12 R13 R14 R18 R24 R31 R33 R34 R36)', async () => {
  const story = openStory('2563/2')
  const { world } = story

  story.at('2020-12-20T23:59:59.999', 'เปิดบันทึกอยู่แล้ว ยังไม่เปิดยืนยัน (ข้อ 4.1)')
  expect(story.say('school', 'ยืนยัน'), 'R12').toContain('ยังไม่ถึงเวลายืนยัน')

  story.at('2020-12-21T00:00:00.000', 'เปิดยืนยัน')
  expect(story.say('school', 'กำหนดเวลา')).toContain('24 ธ.ค. 2563')
  story.say('school', 'นัดส่ง 23 ธ.ค. 16.30')
  expect(story.say('town', 'ตกลงนัดส่ง โรงเรียนเทศบาล 1'), 'R18').toContain('ตกลงนัด 23 ธ.ค. 2563 เวลา 16.30 น.')

  story.at('2020-12-21T09:00')
  expect(story.confirmRoster('school')).toContain('2563/2-000001')
  expect(story.say('town', 'ยืนยันภาพรวม'), 'R31').toContain('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')

  story.at('2020-12-22T10:00')
  story.confirmRoster('saoCentre')
  expect(story.confirmOverview('sao')).toContain('2563/2-000003')

  story.at('2020-12-22T14:00', 'สถานศึกษาสังกัดอื่นที่ประกาศเลิก ต้องบันทึกเป็น 0 และมีเหตุผล (ข้อ 5.2(2))')
  const closed = world.countRows('countsOnly', () => ({ current: 0, reason: 'ประกาศเลิกสถานศึกษา ที่ 5/2563' }))
  expect(story.confirmCounts('countsOnly', closed), 'R24').toMatch(/2563\/2-000004/)

  story.at('2020-12-23T09:00', 'นักเรียนย้ายเข้าหลังยืนยันแล้ว (ข้อ 8.1)')
  story.say('school', 'ขอยกเลิกการยืนยัน ย้ายเข้า 2 คน')
  expect(story.tap('town', 'ยกเลิกการยืนยัน'), 'R33').toContain('ตารางเปิดให้แก้ไข')
  expect(world.isConfirmed('school', 'roster')).toBe(false)

  story.at('2020-12-24T08:30', 'วันสุดท้ายของสถานศึกษาและ อปท. (ข้อ 4.2)')
  expect(story.confirmRoster('school', world.rows('school', 12))).toContain('12 คน')

  story.at('2020-12-24T23:59:59.999', 'เสี้ยววินาทีสุดท้ายของกำหนด')
  expect(story.confirmCounts('town'), 'R13').not.toContain('ยืนยันหลังกำหนด')

  story.at('2020-12-25T00:00:00.000', 'เลยกำหนดแล้ว ระบบยังเปิดอยู่ถึงสิ้นวัน (ข้อ 4.3, 9.1)')
  expect(story.confirmRoster('centre'), 'R13').toContain('ยืนยันหลังกำหนด')

  story.at('2020-12-25T09:00')
  expect(story.confirmOverview('town')).toContain('ยืนยันหลังกำหนด')
  expect(story.say('province', 'ยืนยันจังหวัด'), 'R36').toContain('เทศบาลตำบลริมธาร')
  story.say('province', 'ไม่ต้องยืนยัน เทศบาลตำบลริมธาร')
  story.say('province', 'ไม่มีสถานศึกษาในสังกัด และไม่ได้อุดหนุนสังกัดอื่น')

  story.at('2020-12-25T15:00')
  story.say('province', 'ตรวจสอบแล้ว')
  story.tap('province', 'ตรวจสอบแล้วทั้ง')
  const province = story.tap('province', 'ยืนยันข้อมูลจังหวัด')
  expect(province).toContain('2563/2-000009')
  expect(province, 'R14').not.toContain('ยืนยันหลังกำหนด')

  story.at('2020-12-25T16:00', 'ขอแก้ไขหลังจังหวัดยืนยันแล้ว: เห็นชอบจากล่างขึ้นบน ยกเลิกจากบนลงล่าง (ข้อ 8.2)')
  story.say('saoCentre', 'ขอยกเลิกการยืนยัน ไม่มีตัวตน 1 คน')
  story.tap('sao', 'เห็นชอบและส่งต่อ')
  story.tap('province', 'เห็นชอบและส่งต่อ')
  story.tap('department', 'ยกเลิกการยืนยัน')
  const open = (['saoCentre', 'school', 'centre'] as const).filter((place) => !world.isConfirmed(place, 'roster'))
  expect(open, 'R34: only the asked unit reopens').toEqual(['saoCentre'])
  expect(world.isConfirmed('sao', 'overview')).toBe(false)
  expect(world.isConfirmed('town', 'overview')).toBe(true)
  expect(world.isConfirmed('province', 'province')).toBe(false)

  story.at('2020-12-25T23:59:59.999', 'ยังเปิดอยู่ แต่ไม่มีใครยืนยันใหม่')
  story.say('saoCentre', 'สถานะ')
  story.at('2020-12-26T00:00:00.000', 'ปิดระบบ')
  expect(story.say('saoCentre', 'ยืนยัน')).toContain('ปิด')

  const { json: list } = story.closingList()
  expect(list.neverConfirmed).toEqual([])
  expect(named(list.fellBack)).toEqual([
    'จังหวัดทุ่งตะวัน province',
    'ศูนย์พัฒนาเด็กเล็กบ้านนา roster',
    'องค์การบริหารส่วนตำบลบ้านนา overview',
  ])
  expect(named(list.afterDue)).toEqual(['ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน roster', 'เทศบาลเมืองทุ่งตะวัน overview'])
  expect(named(list.notRequired)).toEqual(['เทศบาลตำบลริมธาร overview'])
  story.evidenceOf('3099300001')
  expect(story.proof()).toEqual({ log: [], replay: [] })
  await expect(story.transcript()).toMatchFileSnapshot('transcripts/round-2563-2.txt')
})
