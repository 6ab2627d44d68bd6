import { bodyErrors, invalidProperty, type LineAnswer, notFound, ok, refusal } from '../line-answer.ts'
import { isUserId } from '../line-ids.ts'
import type { LineParts } from '../line-parts.ts'
import type { Endpoint, EndpointCall } from './endpoint.ts'
import { unshowable } from './rich-menu-endpoints.ts'

type LinkParts = Pick<LineParts, 'db' | 'now' | 'people' | 'richMenus'>
type Operation = { type?: unknown; from?: unknown; to?: unknown }

function usersRefusal(userIds: unknown): LineAnswer | undefined {
  if (!Array.isArray(userIds) || userIds.length < 1 || userIds.length > 500)
    return bodyErrors([{ message: 'Size must be between 1 and 500', property: 'userIds' }])
  return userIds.every(isUserId) ? undefined : invalidProperty('userIds')
}

function bulk(parts: LinkParts, call: EndpointCall, to: string | undefined): LineAnswer {
  const refused = usersRefusal(call.body['userIds']) ?? (to === undefined ? undefined : unshowable(parts, to))
  if (refused) return refused
  for (const userId of call.body['userIds'] as string[]) parts.richMenus.link(userId, to)
  return { status: 202, body: {} }
}

function batchRefusal(parts: LinkParts, call: EndpointCall): LineAnswer | undefined {
  const { operations } = call.body
  if (!Array.isArray(operations) || operations.length < 1 || operations.length > 1_000)
    return bodyErrors([{ message: 'Size must be between 1 and 1000', property: 'operations' }])
  for (const [index, operation] of (operations as Operation[]).entries()) {
    if (!['link', 'unlink', 'unlinkAll'].includes(String(operation.type)))
      return invalidProperty(`operations[${index}].type`)
    if (operation.type !== 'unlinkAll' && !parts.richMenus.find(String(operation.from)))
      return invalidProperty(`operations[${index}].from`)
    if (operation.type === 'link' && unshowable(parts, String(operation.to)))
      return invalidProperty(`operations[${index}].to`)
    if (operation.type === 'unlinkAll' && operations.length > 1) return invalidProperty('operations')
  }
  return undefined
}

function batch(parts: LinkParts, call: EndpointCall): LineAnswer {
  const refused = batchRefusal(parts, call)
  if (refused) return refused
  for (const { type, from, to } of call.body['operations'] as Operation[])
    parts.richMenus.linkAll({
      from: type === 'unlinkAll' ? undefined : String(from),
      to: type === 'link' ? String(to) : undefined,
    })
  parts.db.prepare('insert into rich_menu_batches (request_id, at) values (?, ?)').run(call.requestId, parts.now())
  return { status: 202, body: {} }
}

function progress(parts: LinkParts, call: EndpointCall): LineAnswer {
  const row = parts.db
    .prepare<[string], { at: number }>('select at from rich_menu_batches where request_id = ?')
    .get(call.query('requestId') ?? '')
  if (!row) return notFound()
  const at = new Date(row.at).toISOString()
  return ok({ phase: 'succeeded', acceptedTime: at, completedTime: at })
}

/** Which menu whom: the default, one person's, many people's. */
export function richMenuLinkEndpoints(parts: LinkParts): Endpoint[] {
  const menu = { target: 'richmenu' } as const
  const ofUser = (then: (userId: string, call: EndpointCall) => LineAnswer) => (call: EndpointCall) =>
    parts.people.find(call.param('userId')) ? then(call.param('userId'), call) : notFound()
  const endpoint = (method: Endpoint['method'], path: string, name: string, run: Endpoint['run']): Endpoint => ({
    ...menu,
    method,
    path: `/v2/bot/${path}`,
    name,
    run,
  })
  const json = { takes: 'json' } as const
  return [
    endpoint('get', 'user/all/richmenu', 'getDefaultRichMenu', () => {
      const id = parts.richMenus.defaultId()
      return id === undefined ? refusal(404, 'no default richmenu') : ok({ richMenuId: id })
    }),
    endpoint('delete', 'user/all/richmenu', 'cancelDefaultRichMenu', () => {
      parts.richMenus.setDefault(undefined)
      return ok()
    }),
    endpoint('post', 'user/all/richmenu/:richMenuId', 'setDefaultRichMenu', (call) => {
      const refused = unshowable(parts, call.param('richMenuId'))
      if (refused) return refused
      parts.richMenus.setDefault(call.param('richMenuId'))
      return ok()
    }),
    endpoint(
      'get',
      'user/:userId/richmenu',
      'getUserRichMenu',
      ofUser((userId) => {
        const id = parts.richMenus.linkedId(userId)
        return id === undefined ? refusal(404, 'the user has no richmenu') : ok({ richMenuId: id })
      }),
    ),
    endpoint(
      'delete',
      'user/:userId/richmenu',
      'unlinkUserRichMenu',
      ofUser((userId) => {
        parts.richMenus.link(userId, undefined)
        return ok()
      }),
    ),
    endpoint(
      'post',
      'user/:userId/richmenu/:richMenuId',
      'linkUserRichMenu',
      ofUser((userId, call) => {
        const refused = unshowable(parts, call.param('richMenuId'))
        if (refused) return refused
        parts.richMenus.link(userId, call.param('richMenuId'))
        return ok()
      }),
    ),
    {
      ...endpoint('post', 'richmenu/bulk/link', 'bulkLinkRichMenu', (call) =>
        bulk(parts, call, String(call.body['richMenuId'])),
      ),
      ...json,
    },
    {
      ...endpoint('post', 'richmenu/bulk/unlink', 'bulkUnlinkRichMenu', (call) => bulk(parts, call, undefined)),
      ...json,
    },
    { ...endpoint('post', 'richmenu/batch', 'richMenuBatch', (call) => batch(parts, call)), ...json },
    {
      ...endpoint(
        'post',
        'richmenu/validate/batch',
        'validateRichMenuBatch',
        (call) => batchRefusal(parts, call) ?? ok(),
      ),
      ...json,
    },
    endpoint('get', 'richmenu/progress/batch', 'richMenuBatchProgress', (call) => progress(parts, call)),
  ]
}
