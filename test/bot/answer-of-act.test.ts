import { expect, it } from 'vitest'
import { outbox } from '../../src/db/schema.ts'
import { type Chat, openChat } from './chat.ts'

/** Of the answers, oldest first. */
const ofActs = (chat: Chat): boolean[] =>
  chat.world
    .act((tx) => tx.select().from(outbox).orderBy(outbox.id).all())
    .filter((row) => (row.notice as { type: string }).type === 'answer')
    .map((row) => row.ofAct)

it('an answer knows whether it tells the outcome of an act, which is told however late, or was only a look', () => {
  const chat = openChat()
  chat.world.confirmUpToLaos(chat.now() - 3_600_000)
  const province = chat.officer('province')
  province.say('สถานะ')
  // Shows what is to be marked first.
  province.say('ตรวจสอบแล้ว')
  province.say('ตรวจสอบแล้ว อบต.บ้านนา')
  expect(ofActs(chat)).toEqual([false, false, true])
})
