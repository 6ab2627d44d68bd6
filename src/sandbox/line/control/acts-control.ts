import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { LineParts } from '../line-parts.ts'
import type { Person } from '../people.ts'
import type { PersonActs } from '../person-acts.ts'
import { personMessage } from '../person-messages.ts'
import { isTappable } from '../tappable-actions.ts'
import { fail, readInput } from './control-answer.ts'

const params = z.record(z.string(), z.string())
const postback = z.strictObject({
  data: z.string().min(1).max(300),
  displayText: z.string().max(300).optional(),
  params: params.optional(),
  fromSeq: z.int().optional(),
})
const menuSwitch = z.strictObject({ richMenuAliasId: z.string().min(1), data: z.string().min(1).max(300) })
const unsend = z.strictObject({ messageId: z.string().min(1) })
const rawEvent = z.record(z.string(), z.unknown())

/** What people do in their one-to-one chat with the bot. */
export function actsControl(parts: Pick<LineParts, 'chat' | 'people'>, acts: PersonActs): Hono {
  const app = new Hono()
  const source = (userId: string) => ({ type: 'user', userId }) as const
  /** Somebody who has blocked the bot cannot write to it. */
  const withWriter = (c: Context, then: (person: Person) => Promise<Response>) => {
    const person = parts.people.find(c.req.param('userId') ?? '')
    if (!person) return fail(c, 404, 'no such person')
    return person.blocked ? fail(c, 409, 'this person has blocked the bot') : then(person)
  }

  app.post('/:userId/messages', (c) =>
    withWriter(c, async ({ userId }) => {
      const input = await readInput(c, personMessage)
      return input.ok ? c.json(acts.message(source(userId), input.value)) : input.response
    }),
  )

  app.post('/:userId/postback', (c) =>
    withWriter(c, async ({ userId, device }) => {
      const input = await readInput(c, postback)
      if (!input.ok) return input.response
      const { fromSeq, ...tap } = input.value
      if (fromSeq === undefined) return c.json(acts.postback({ source: source(userId), ...tap }))
      const item = parts.chat.item(userId, fromSeq)
      if (!item) return fail(c, 404, 'no such message in this chat')
      const isLast = parts.chat.lastSeq(userId) === fromSeq
      if (!isTappable({ item, data: tap.data, device, isLast }))
        return fail(c, 409, 'this message shows no such button to this person')
      return c.json(acts.postback({ source: source(userId), ...tap }))
    }),
  )

  app.post('/:userId/rich-menu-switch', (c) =>
    withWriter(c, async ({ userId, device }) => {
      if (device === 'pc') return fail(c, 409, 'a PC shows no rich menu')
      const input = await readInput(c, menuSwitch)
      return input.ok ? c.json(acts.switchRichMenu({ userId, ...input.value })) : input.response
    }),
  )

  app.post('/:userId/unsend', (c) =>
    withWriter(c, async ({ userId }) => {
      const input = await readInput(c, unsend)
      if (!input.ok) return input.response
      const { messageId } = input.value
      const item = parts.chat.byMessageId(messageId)
      if (item?.chatId !== userId || item.from !== 'person') return fail(c, 404, 'no such message of this person')
      if (item.message.type === 'unsent') return fail(c, 409, 'this message is taken back already')
      return c.json(acts.unsend(source(userId), { seq: item.seq, messageId }))
    }),
  )

  app.post('/:userId/raw-event', async (c) => {
    const person = parts.people.find(c.req.param('userId'))
    if (!person) return fail(c, 404, 'no such person')
    const input = await readInput(c, rawEvent)
    return input.ok ? c.json({ event: acts.rawEvent(person.userId, input.value) }) : input.response
  })
  return app
}
