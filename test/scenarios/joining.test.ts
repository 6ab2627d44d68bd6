import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ChatItem } from '../world/chat-actor.ts'
import { linesOf } from '../world/message-text.ts'
import { openScenarioWorld, type World } from '../world/scenario-world.ts'

const CENTRE = 'ศูนย์พัฒนาเด็กเล็กบ้านนา'
const NEWCOMER = 'นางสาวชุติมา ตั้งใจ'
const said = (items: ChatItem[]): string => items.flatMap((item) => linesOf(item.message)).join('\n')

let world: World
beforeAll(async () => {
  world = await openScenarioWorld()
  await world.synced()
})
afterAll(() => world.close())

const told = (words: RegExp) =>
  world.waitFor(String(words), async () => words.test(said((await world.person(NEWCOMER).chat()).slice(-1))), 30_000)

it('a newcomer joins by the code of the level above, is told when Google refuses the address, and when the sheet is hers to edit', async () => {
  const invited = said(await world.officerOf('องค์การบริหารส่วนตำบลบ้านนา').say('เชิญ ศพด.บ้านนา'))
  const [code] = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(invited) ?? []
  const newcomer = world.person(NEWCOMER)
  expect(said(await newcomer.say(`รหัส ${code}`))).toMatch(CENTRE)
  await newcomer.tap('ยอมรับ')
  await newcomer.say('nobody@nowhere.example')
  await told(/ไม่ใช่บัญชี Google/)
  await newcomer.say('อีเมล newcomer@example.com')
  await told(/ตารางพร้อมแล้ว/)
  const editor = await world.control.get<{ permissions: { email: string }[] }>(
    `/google/spreadsheets/${world.officerOf(CENTRE).sheetId}`,
  )
  expect(editor.permissions.map((one) => one.email)).toContain('newcomer@example.com')
  await world.rest()
})
