import { expect, it } from 'vitest'
import { archiveRound } from '../../src/workflow/rounds.ts'
import { openStory } from '../world/chat-story.ts'

const named = (rows: readonly { name: string; component: string }[]) =>
  rows.map(({ name, component }) => `${name} ${component}`)
const EXTENSION = 'ขยายเวลา อบต.บ้านนา ถึง 14 มิ.ย. 2567 12.00 น. หนังสือ มท 0816.2/ว 55 เพราะ น้ำท่วม'

it('the round 2567/1 of the letter, day by day (R15 R16 R17 R34 R36 R38 R39)', async () => {
  const story = openStory('2567/1')
  const { world } = story

  story.at('2024-04-28T23:59:59.999', 'ยังไม่เปิด')
  expect(story.say('school', 'ยืนยัน'), 'R15').toContain('ยังไม่ถึงเวลายืนยัน')
  story.at('2024-04-29T00:00:00.000', 'เปิดบันทึกและยืนยัน (หนังสือปี 2567 วรรคแรก)')
  expect(story.say('school', 'กำหนดเวลา'), 'R16 R17').toMatch(/10 มิ\.ย\. 2567[\s\S]*17\.00 น\. วันที่ 11 มิ\.ย\. 2567/)

  story.at('2024-05-20T10:00')
  story.confirmRoster('school')
  story.confirmRoster('centre')
  story.confirmCounts('town')
  expect(story.confirmOverview('town')).toContain('2567/1-000004')

  story.at('2024-06-03T08:30', 'เหลือ 7 วันก่อนกำหนด')
  story.say('province', 'เหลือใคร')

  story.at('2024-06-07T09:00', 'ศูนย์ขอแก้ไขหลัง อปท. ยืนยันภาพรวมแล้ว')
  story.say('centre', 'ขอยกเลิกการยืนยัน ไม่มีตัวตน 1 คน')
  story.tap('town', 'เห็นชอบและส่งต่อ')
  story.tap('province', 'ยกเลิกการยืนยัน')
  expect([world.isConfirmed('centre', 'roster'), world.isConfirmed('school', 'roster')], 'R34').toEqual([false, true])

  story.at('2024-06-10T08:30', 'วันสุดท้ายของสถานศึกษาและ อปท.')
  story.at('2024-06-10T23:59:59.999', 'เสี้ยววินาทีสุดท้ายของกำหนด')
  story.at('2024-06-11T00:00:00.000', 'เลยกำหนดแล้ว ระบบปิดการบันทึกวันนี้ 17.00 น.')
  story.at('2024-06-11T09:00')
  story.say('province', 'ไม่ต้องยืนยัน เทศบาลตำบลริมธาร')
  story.say('province', 'ไม่มีสถานศึกษาในสังกัด และไม่ได้อุดหนุนสังกัดอื่น')
  expect(story.say('province', 'ยืนยันจังหวัด'), 'R36').toContain('องค์การบริหารส่วนตำบลเขาเขียว')

  story.at('2024-06-11T15:00', 'น้ำท่วมตำบลบ้านนา')
  story.say('department', EXTENSION)
  story.tap('department', 'บันทึกการขยายเวลา')

  story.at('2024-06-11T16:58')
  const nine = world.rows('centre', 9)
  story.prepareRoster('centre', nine)
  story.at('2024-06-11T16:59:59.999', 'เสี้ยววินาทีสุดท้ายก่อนปิดการบันทึก')
  expect(story.say('countsOnly', 'สถานะ')).not.toContain('ปิดการบันทึกแล้ว')
  story.at('2024-06-11T17:00:00.000', 'ปิดการบันทึก')
  expect(story.say('countsOnly', 'ยืนยันสังกัดอื่น'), 'R17').toContain('ปิด')
  expect(story.say('school', 'ขอยกเลิกการยืนยัน ย้ายออก 1 คน'), 'R17').toContain('ปิด')

  story.at('2024-06-11T17:02:00', 'เครือข่ายขัดข้อง คำสั่งที่กดทันเวลามาถึงหลังปิด')
  expect(story.finishLate('centre', nine, '2024-06-11T16:59:59.500')).toContain('ส่งให้กรมพิจารณา')

  story.at('2024-06-11T23:59:59.999')
  story.at('2024-06-12T00:00:00.000', 'ปิดรอบ เว้นแต่ผู้ได้รับขยายเวลาและระดับเหนือขึ้นไป')
  expect(story.say('town', 'ยืนยันภาพรวม'), 'R17').toContain('ปิด')

  story.at('2024-06-12T09:00')
  story.say('department', 'คำสั่งที่มาช้า')
  story.tap('department', 'รับคำสั่ง')
  story.chat.readSheet('centre', nine)
  story.writeNews()
  expect(world.isConfirmed('centre', 'roster')).toBe(true)

  story.at('2024-06-13T10:00', 'ตำบลบ้านนายังอยู่ในเวลาที่ขยาย')
  expect(story.confirmRoster('saoCentre')).toContain('ยืนยันหลังกำหนด')
  expect(story.confirmOverview('sao')).toContain('ยืนยันหลังกำหนด')
  story.at('2024-06-14T12:00:00.000', 'เวลาที่ขยายสิ้นสุด')
  expect(story.say('saoCentre', 'ขอยกเลิกการยืนยัน ย้ายออก 1 คน')).toContain('ปิด')
  expect(story.say('province', 'ยืนยันจังหวัด'), 'R17').toContain('ปิด')

  story.at('2024-06-19T10:00', 'ตรวจพบภายหลัง (แนวทางข้อ 9.3)')
  story.say('province', 'ตรวจพบภายหลัง โรงเรียนเทศบาล 1 แถว 3 เพราะ ลงพื้นที่แล้วไม่พบตัว')
  expect(story.tap('province', 'บันทึกการตรวจพบ'), 'R39').toContain('ยอดที่ยืนยันไว้ไม่เปลี่ยนแปลง')

  const { json: list } = story.closingList()
  expect(named(list.neverConfirmed), 'R38: who did not').toEqual([
    'จังหวัดทุ่งตะวัน province',
    'องค์การบริหารส่วนตำบลเขาเขียว other_counts',
  ])
  expect(named(list.fellBack)).toEqual(['เทศบาลเมืองทุ่งตะวัน overview'])
  expect(named(list.afterDue)).toEqual([
    'ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน roster',
    'ศูนย์พัฒนาเด็กเล็กบ้านนา roster',
    'องค์การบริหารส่วนตำบลบ้านนา overview',
  ])
  expect(named(list.notRequired)).toEqual(['เทศบาลตำบลริมธาร overview'])
  expect(list.lateTaps).toEqual([])
  expect(list.findings).toMatchObject([{ institutionName: 'โรงเรียนเทศบาล 1', row: 3 }])

  const forgotten = story.evidenceOf('06990302')
  expect(forgotten.match(/เตือนว่ายังไม่ได้ยืนยัน/g)?.length, 'R38: it was reminded').toBeGreaterThanOrEqual(3)
  expect(forgotten).not.toContain('ใบรับ')
  expect(world.act((tx) => archiveRound(tx, '2567/1', story.chat.now()))).toMatchObject({ ok: true, archived: true })
  expect(story.proof()).toEqual({ log: [], replay: [] })
  await expect(story.transcript()).toMatchFileSnapshot('transcripts/round-2567-1.txt')
})
