import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openScenarioWorld, type World } from '../world/scenario-world.ts'
import { openWholeDay, type WholeDay } from '../world/whole-day.ts'
import { dayOfDepartmentOfficer } from './days/department-officer.ts'
import { dayOfExecutive } from './days/executive.ts'
import { dayOfLaoOfficer } from './days/lao-officer.ts'
import { dayOfNewcomer } from './days/newcomer.ts'
import { dayOfProvinceOfficer } from './days/province-officer.ts'
import { dayOfTeacherOfThree } from './days/teacher-of-three.ts'

let world: World
let day: WholeDay

beforeAll(async () => {
  world = await openScenarioWorld()
  await world.synced()
  day = openWholeDay(world)
})
afterAll(() => world.close())

const MOST_LINES = 350

/** Plays a day and keeps it as a transcript that people can read in one sitting. */
async function kept(name: string, play: (day: WholeDay) => Promise<void>): Promise<void> {
  world.takeTranscript()
  await play(day)
  const transcript = toldOnce(withoutReadTimes(world.takeTranscript()))
  expect(transcript.split('\n').length).toBeLessThan(MOST_LINES)
  await expect(transcript).toMatchFileSnapshot(`transcripts/day-${name}.txt`)
}

/** Sheets are read again by themselves after the clock has jumped, within a minute or the next. */
const withoutReadTimes = (transcript: string): string => transcript.replace(/(ระบบอ่านตารางล่าสุด) .*/g, '$1 ‹เวลาที่อ่าน›')

/** Where several people are told the very same, it stands there once. */
function toldOnce(transcript: string): string {
  let last = ''
  return transcript.replace(/^( {2}\(แจ้ง .*\)\n)((?: {6}\| .*\n)+)/gm, (_all, who: string, words: string) => {
    const same = words === last
    last = words
    return same ? `${who}      | (ข้อความเดียวกัน)\n` : `${who}${words}`
  })
}

describe('whole days, told one after the other in the same province', () => {
  it('a teacher of three centres takes duties over, switches between them and confirms each', async () => {
    await kept('teacher', dayOfTeacherOfThree)
  }, 60_000)

  it('a newcomer joins with a code, finds her way, confirms, and is told when her colleague is back', async () => {
    await kept('newcomer', dayOfNewcomer)
  }, 60_000)

  it('an LAO officer who also runs a centre follows up, checks the other counts and confirms both', async () => {
    await kept('lao-officer', dayOfLaoOfficer)
  }, 60_000)

  it('an executive gets the card of the week, asks what he likes and confirms nothing (R9)', async () => {
    await kept('executive', dayOfExecutive)
  }, 60_000)

  it('a province officer announces, spot-checks, follows up, marks every LAO and confirms', async () => {
    await kept('province-officer', dayOfProvinceOfficer)
  }, 90_000)

  it('a department officer lets a centre correct after its province, and gives it time after the close', async () => {
    await kept('department-officer', dayOfDepartmentOfficer)
  }, 60_000)
})
