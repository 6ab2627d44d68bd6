import type { Group, GroupKind } from '../groups.ts'
import { type LineAnswer, notAvailable, notFound, ok } from '../line-answer.ts'
import type { LineParts } from '../line-parts.ts'
import type { Endpoint, EndpointCall } from './endpoint.ts'

type GroupParts = Pick<LineParts, 'groups' | 'people' | 'settings'>

/** The group as the bot sees it: only while it is in. */
function groupOf(parts: GroupParts, kind: GroupKind, call: EndpointCall): Group | undefined {
  const group = parts.groups.find(call.param('groupId'))
  return group?.botIn && group.kind === kind ? group : undefined
}

export function groupEndpoints(parts: GroupParts): Endpoint[] {
  const forKind = (kind: GroupKind): Endpoint[] => {
    const at = (rest: string) => `/v2/bot/${kind}/:groupId/${rest}`
    const within = (answer: (group: Group, call: EndpointCall) => LineAnswer) => (call: EndpointCall) => {
      const group = groupOf(parts, kind, call)
      return group ? answer(group, call) : notFound()
    }
    return [
      {
        method: 'get',
        path: at('member/:userId'),
        name: `${kind}-member`,
        target: 'profile',
        run: within((group, call) => {
          const person = parts.people.find(call.param('userId'))
          if (!person || !group.members.includes(person.userId)) return notFound()
          return ok({ userId: person.userId, displayName: person.displayName })
        }),
      },
      {
        method: 'get',
        path: at('members/ids'),
        name: `${kind}-members`,
        target: 'other',
        run: within((group) =>
          parts.settings.read().verifiedAccount ? ok({ memberIds: group.members.slice(0, 100) }) : notAvailable(),
        ),
      },
      {
        method: 'get',
        path: at('members/count'),
        name: `${kind}-count`,
        target: 'other',
        run: within((group) => ok({ count: group.members.length })),
      },
      {
        method: 'post',
        path: at('leave'),
        name: `${kind}-leave`,
        target: 'other',
        run: within((group) => {
          parts.groups.setBot(group.groupId, false)
          return ok()
        }),
      },
    ]
  }
  return [
    ...forKind('group'),
    ...forKind('room'),
    {
      method: 'get',
      path: '/v2/bot/group/:groupId/summary',
      name: 'group-summary',
      target: 'other',
      run: (call) => {
        const group = groupOf(parts, 'group', call)
        return group ? ok({ groupId: group.groupId, groupName: group.name }) : notFound()
      },
    },
  ]
}
