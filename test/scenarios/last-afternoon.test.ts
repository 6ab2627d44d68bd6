import { expect, it } from 'vitest'
import { reminders } from '../../src/db/schema.ts'
import { setNotRequired } from '../../src/workflow/confirm-province.ts'
import { owesNow } from '../../src/workflow/remind.ts'
import { openAfternoon } from '../world/afternoon-story.ts'
import { bangkok, must, mustBeDone } from '../world/chain-world.ts'
import { confirmCentre, confirmLaoOf } from '../world/forty-laos.ts'

const CLOSE = bangkok('2024-06-11T17:00')
/** Of the 36 generated LAOs: done days ago; centre confirmed, overview not; the rest owes both. */
const DONE = 12
const HALF = 24
const TWO_DUTIES = 24
const VACANT = 26
const UNHEARD = 27
const TOO_LATE = 12

it('the last afternoon of 2567/1 in a province with forty LAOs, 16:00 to 17:05 (R17 R34 R36 R38)', async () => {
  const story = openAfternoon({ both: TWO_DUTIES, vacant: VACANT, unheard: UNHEARD })
  const { world, laos } = story
  const province = () => world.actor('province', story.now())
  const lao = (index: number) => {
    const found = laos[index]
    if (!found) throw new Error(`no LAO ${index}`)
    return found
  }
  await story.quietlyAt('2024-06-06T10:00', () => {
    const at = story.now()
    for (const done of laos.slice(0, HALF)) confirmCentre(world, done, at)
    for (const done of laos.slice(0, DONE)) confirmLaoOf(world, done, at)
    for (const place of ['school', 'centre'] as const) mustBeDone(world.confirmRoster(place, { at }))
    mustBeDone(world.confirmCounts('town', { at }))
    const spare = {
      round: world.round(),
      actor: province(),
      laoId: world.idOf('bare'),
      reason: 'ไม่มีสถานศึกษาและไม่ได้อุดหนุน',
    }
    must(world.act((tx) => setNotRequired(tx, spare, at)))
  })
  for (const local of ['2024-06-07T08:30', '2024-06-10T08:30', '2024-06-10T13:30', '2024-06-10T16:00'])
    await story.quietlyAt(local)

  const morning = await story.at('2024-06-11T08:30', 'เช้าวันปิดระบบ', { only: 'department' })
  const three = await story.quietlyAt('2024-06-11T14:00')
  expect(three.length, 'three hours before, too').toBeGreaterThan(30)
  expect(new Set(morning.map(({ listener }) => listener.at.lineUserId)).size, 'one person, one message').toBe(
    morning.length,
  )

  await story.at('2024-06-11T16:00', 'อีก 1 ชั่วโมงปิดการบันทึก')
  expect(story.say('province', 'เหลือใคร')).toContain('27')
  const nudged = story.say('province', 'เตือนทั้งหมด')
  expect(nudged, 'an LAO twice is one LAO').toContain('27 แห่ง')

  await story.at('2024-06-11T16:10')
  story.say('sao', 'เตือนทั้งหมด')
  await story.at('2024-06-11T16:20')
  story.offStage(() => {
    story.say('saoCentre', 'ยืนยัน')
    story.tap('saoCentre', 'มีตัวตนจริง')
  })
  expect(story.tap('saoCentre', 'ยืนยัน ')).toContain('ยืนยันหลังกำหนด')

  const half = await story.at('2024-06-11T16:30', 'อีก 30 นาทีปิดการบันทึก', {
    also: [lao(TWO_DUTIES).officer, lao(UNHEARD).officer],
  })
  const told = half.map(({ listener }) => listener.unitName)
  expect(told, 'who has finished is left in peace').not.toContain(story.nameOf('saoCentre'))
  expect(
    told.filter((name) => name.includes('ดอนแก้ว')),
    'two duties, one message',
  ).toHaveLength(1)
  story.offStage(() =>
    expect(story.say(lao(TWO_DUTIES).officer, 'เตือน @เทศบาลตำบลดอนแก้ว'), 'as typed on the card').toContain('ดอนแก้ว'),
  )

  await story.quietlyAt('2024-06-11T16:40')
  story.meanwhile('ระหว่าง 16.40-16.45 น. อปท. 9 แห่งยืนยันภาพรวม และ 6 แห่งยืนยันทั้งศูนย์และภาพรวม', () => {
    for (const one of laos.slice(HALF - 9, HALF)) confirmLaoOf(world, one, story.now())
    for (const one of laos.slice(HALF + 4, HALF + 10)) {
      confirmCentre(world, one, story.now())
      confirmLaoOf(world, one, story.now())
    }
  })

  await story.at('2024-06-11T16:45')
  story.offStage(() => {
    story.say('town', 'ยืนยันภาพรวม')
    story.tap('town', 'มีตัวตนจริง')
  })
  expect(story.tap('town', 'ยืนยัน ')).toContain('ยืนยันหลังกำหนด')
  story.offStage(() => expect(story.say('province', 'สถานะ')).toContain('28/39'))

  await story.at('2024-06-11T16:58', 'อบต.บ้านนา อบต.เขาเขียว และเทศบาลตำบลโคกแก้ว ตรวจและรับรองแล้ว เหลือเพียงกดยืนยัน')
  const late = lao(TOO_LATE).officer
  story.offStage(() => {
    story.say('sao', 'ยืนยันภาพรวม')
    story.tap('sao', 'มีตัวตนจริง')
    story.say('countsOnly', 'ยืนยันสังกัดอื่น')
    story.say(late, 'ยืนยันภาพรวม')
    story.tap(late, 'มีตัวตนจริง')
  })

  await story.at('2024-06-11T17:00:00.000', 'ปิดการบันทึก')
  expect(story.tap(late, 'ยืนยัน '), 'R17: 17:00:00.000 itself is too late').toContain('ปิด')
  await story.at('2024-06-11T17:00:20', 'คำสั่งที่กดก่อน 17.00 น. มาถึงภายใน 60 วินาที')
  expect(story.tapBrought('sao', 'ยืนยัน ', '2024-06-11T16:59:30')).toContain('ใบรับ')
  await story.at('2024-06-11T17:02:00', 'คำสั่งที่กดก่อน 17.00 น. มาถึงช้ากว่า 60 วินาที')
  expect(story.tapBrought('countsOnly', 'ยืนยัน ', '2024-06-11T16:59:59')).toContain('ส่งให้กรมพิจารณา')

  await story.at('2024-06-11T17:05:00')
  expect(story.say('province', 'เตือนทั้งหมด'), 'nobody can confirm any more').toContain('ปิดรับแล้ว')
  story.say('province', 'เหลือใคร')
  story.say('department', 'คำสั่งที่มาช้า')
  const { json: list } = story.closingList()
  expect(list.lateTaps).toHaveLength(1)

  const after = await story.at('2024-06-12T08:30', 'เช้าวันถัดมา: ใครไม่ได้ยืนยัน')
  expect(after.length).toBeGreaterThan(0)
  const owed = world.act((tx) => tx.select().from(reminders).all())
  const keys = owed.map(({ unitId, personId, moment }) => `${unitId} ${personId} ${moment}`)
  expect(new Set(keys).size, 'nobody twice').toBe(keys.length)
  for (const { laoId, centreId } of laos.slice(HALF))
    for (const unitId of [laoId, centreId]) {
      const owes = world.act((tx) => owesNow(tx, { round: world.round(), unitId, closed: true }, story.now()))
      if (!owes) continue
      const moments = owed.filter((row) => row.unitId === unitId).map(({ moment }) => moment)
      for (const key of ['0d', '3h', '30m', 'closed'])
        expect(moments, `unit ${unitId} was told, or is on record as out of reach`).toContain(`${CLOSE}:${key}`)
    }
  expect(story.evidenceOf('3099300067'), 'nobody was told, and nobody is said to have been').not.toContain('ถึง ระบบ')
  expect(story.proof()).toEqual({ log: [], replay: [] })
  const transcript = story.transcript()
  await expect(transcript).toMatchFileSnapshot('transcripts/last-afternoon.txt')
  expect(transcript.split('\n').length, 'readable in one sitting').toBeLessThan(405)
}, 60_000)
