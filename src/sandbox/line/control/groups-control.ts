import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Group } from '../groups.ts'
import type { LineParts } from '../line-parts.ts'
import type { PersonActs } from '../person-acts.ts'
import { personMessage } from '../person-messages.ts'
import type { EventSource } from '../webhook-events.ts'
import { fail, numberQuery, readInput } from './control-answer.ts'

const userIds = z.array(z.string())
const newGroup = z.strictObject({
  name: z.string().min(1).max(100),
  kind: z.enum(['group', 'room']).default('group'),
  userIds: userIds.default([]),
})
const memberList = z.strictObject({ userIds: userIds.min(1) })
/** LINE leaves the id out for people who have not agreed to share it. */
const spoken = z.strictObject({ userId: z.string(), hideUserId: z.boolean().default(false), message: personMessage })

const sourceOf = (group: Group, userId?: string): EventSource => {
  const who = userId === undefined ? {} : { userId }
  return group.kind === 'room'
    ? { type: 'room', roomId: group.groupId, ...who }
    : { type: 'group', groupId: group.groupId, ...who }
}

/** Group chats and multi-person chats. */
export function groupsControl(parts: Pick<LineParts, 'chat' | 'groups' | 'people'>, acts: PersonActs): Hono {
  const { chat, groups, people } = parts
  const app = new Hono()
  const withGroup = (c: Context, then: (group: Group) => Response | Promise<Response>) => {
    const group = groups.find(c.req.param('groupId') ?? '')
    return group ? then(group) : fail(c, 404, 'no such group')
  }
  const stranger = (ids: readonly string[]) => ids.find((id) => !people.find(id))

  app.get('/', (c) => c.json({ groups: groups.list() }))

  app.post('/', async (c) => {
    const input = await readInput(c, newGroup)
    if (!input.ok) return input.response
    if (stranger(input.value.userIds) !== undefined) return fail(c, 400, 'no such person')
    const groupId = groups.add(input.value)
    for (const userId of input.value.userIds) groups.addMember(groupId, userId)
    return c.json(groups.find(groupId), 201)
  })

  app.post('/:groupId/bot-join', (c) =>
    withGroup(c, (group) => {
      if (group.botIn) return fail(c, 409, 'the bot is in this group already')
      return c.json({ event: acts.botJoins(sourceOf(group)) })
    }),
  )

  app.post('/:groupId/bot-leave', (c) =>
    withGroup(c, (group) => {
      if (!group.botIn) return fail(c, 409, 'the bot is not in this group')
      return c.json({ event: acts.botLeaves(sourceOf(group)) })
    }),
  )

  const changeMembers = (joined: boolean) => (c: Context) =>
    withGroup(c, async (group) => {
      const input = await readInput(c, memberList)
      if (!input.ok) return input.response
      if (stranger(input.value.userIds) !== undefined) return fail(c, 400, 'no such person')
      const change = { source: sourceOf(group), userIds: input.value.userIds, joined, tellBot: group.botIn }
      return c.json({ event: acts.membersChange(change) ?? null })
    })
  app.post('/:groupId/members', changeMembers(true))
  app.post('/:groupId/members/leave', changeMembers(false))

  app.post('/:groupId/messages', (c) =>
    withGroup(c, async (group) => {
      const input = await readInput(c, spoken)
      if (!input.ok) return input.response
      const { userId, hideUserId, message } = input.value
      if (!group.members.includes(userId)) return fail(c, 409, 'this person is not in the group')
      if (!group.botIn) return fail(c, 409, 'the bot is not in this group')
      return c.json(acts.message(sourceOf(group, hideUserId ? undefined : userId), message))
    }),
  )

  app.get('/:groupId/chat', (c) =>
    withGroup(c, (group) => c.json({ items: chat.list(group.groupId, numberQuery(c, 'after', 0)) })),
  )
  return app
}
