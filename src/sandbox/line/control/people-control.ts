import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { isUserId } from '../line-ids.ts'
import type { LineParts } from '../line-parts.ts'
import type { Person } from '../people.ts'
import type { PersonActs } from '../person-acts.ts'
import { fail, numberQuery, readInput } from './control-answer.ts'

const displayName = z.string().min(1).max(100)
const device = z.enum(['phone', 'pc'])
const newPerson = z.strictObject({
  displayName,
  userId: z.string().refine(isUserId, 'a user id is U and 32 hexadecimal digits').optional(),
  friend: z.boolean().optional(),
  device: device.optional(),
})
const personChange = z.strictObject({ displayName: displayName.optional(), device: device.optional() })

type Parts = Pick<LineParts, 'chat' | 'people' | 'richMenus'>

/** People: who there is, whether they are friends of the bot, and what stands in their chat. */
export function peopleControl(parts: Parts, acts: PersonActs): Hono {
  const { people } = parts
  const app = new Hono()
  const withPerson = (c: Context, then: (person: Person) => Response | Promise<Response>) => {
    const person = people.find(c.req.param('userId') ?? '')
    return person ? then(person) : fail(c, 404, 'no such person')
  }

  app.get('/', (c) => c.json({ people: people.list() }))

  app.post('/', async (c) => {
    const input = await readInput(c, newPerson)
    if (!input.ok) return input.response
    const { displayName: name, userId, friend, device: kind } = input.value
    if (userId !== undefined && people.find(userId)) return fail(c, 409, 'there is a person with this id')
    const id = people.add({
      displayName: name,
      ...(userId === undefined ? {} : { userId }),
      ...(friend === undefined ? {} : { friend }),
      ...(kind === undefined ? {} : { device: kind }),
    })
    return c.json(people.find(id), 201)
  })

  app.get('/:userId', (c) => withPerson(c, (person) => c.json(person)))

  app.patch('/:userId', (c) =>
    withPerson(c, async ({ userId }) => {
      const input = await readInput(c, personChange)
      if (!input.ok) return input.response
      people.change(userId, input.value)
      return c.json(people.find(userId))
    }),
  )

  app.post('/:userId/follow', (c) =>
    withPerson(c, ({ userId, friend, blocked }) => {
      if (blocked) return fail(c, 409, 'this person has blocked the bot: unblock')
      if (friend) return fail(c, 409, 'this person is a friend already')
      return c.json({ event: acts.follow(userId, false) })
    }),
  )

  app.post('/:userId/unfollow', (c) =>
    withPerson(c, ({ userId, friend, blocked }) => {
      if (!friend || blocked) return fail(c, 409, 'this person is no friend of the bot')
      return c.json({ event: acts.unfollow(userId) })
    }),
  )

  app.post('/:userId/unblock', (c) =>
    withPerson(c, ({ userId, blocked }) => {
      if (!blocked) return fail(c, 409, 'this person has not blocked the bot')
      return c.json({ event: acts.follow(userId, true) })
    }),
  )

  app.get('/:userId/chat', (c) => withPerson(c, (person) => c.json(shownChat(c, parts, person))))

  app.get('/:userId/rich-menu-image', (c) =>
    withPerson(c, ({ userId }) => {
      const menu = parts.richMenus.shownTo(userId)
      const image = menu && parts.richMenus.image(menu.richMenuId)
      if (!image) return fail(c, 404, 'no rich menu is shown to this person')
      return new Response(new Uint8Array(image.image), {
        headers: { 'content-type': image.mime, 'cache-control': 'no-cache' },
      })
    }),
  )
  return app
}

/** Fetching a chat opens it on the person's screen: what stands in it is no longer unread. */
function shownChat(c: Context, parts: Parts, person: Person) {
  const { chat, people, richMenus } = parts
  const { userId } = person
  const items = chat.list(userId, numberQuery(c, 'after', 0))
  people.opened(userId, chat.lastSeq(userId))
  const menu = person.device === 'phone' && !person.blocked ? richMenus.shownTo(userId) : undefined
  const richMenu = menu && {
    ...menu,
    imageUrl: `/_sandbox/line/people/${userId}/rich-menu-image?menu=${menu.richMenuId}`,
  }
  return { items, loading: people.isLoading(userId), richMenu: richMenu ?? null }
}
