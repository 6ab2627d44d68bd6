import { bodyErrors, type LineAnswer, ok, refusal } from '../line-answer.ts'
import type { LineParts } from '../line-parts.ts'
import type { Endpoint, EndpointCall } from './endpoint.ts'

type AliasParts = Pick<LineParts, 'richMenus'>

const aliasNotFound = () => refusal(404, 'richmenu alias not found')

/** An alias may stand only for a menu that exists and has its picture. */
function menuRefusal(parts: AliasParts, richMenuId: unknown): LineAnswer | undefined {
  if (typeof richMenuId !== 'string') return bodyErrors([{ message: 'May not be empty', property: 'richMenuId' }])
  if (!parts.richMenus.find(richMenuId)) return refusal(400, 'richmenu not found')
  if (!parts.richMenus.image(richMenuId)) return refusal(400, 'must upload richmenu image before applying it to user')
  return undefined
}

function create(parts: AliasParts, call: EndpointCall): LineAnswer {
  const { richMenuAliasId: alias, richMenuId } = call.body
  if (typeof alias !== 'string' || !/^[a-z0-9_-]{1,32}$/.test(alias))
    return bodyErrors([{ message: 'must match ^[a-z0-9_-]{1,32}$', property: 'richMenuAliasId' }])
  const refused = menuRefusal(parts, richMenuId)
  if (refused) return refused
  if (parts.richMenus.alias(alias) !== undefined) return refusal(400, 'conflict richmenu alias id')
  parts.richMenus.setAlias(alias, String(richMenuId))
  return ok()
}

export function richMenuAliasEndpoints(parts: AliasParts): Endpoint[] {
  const menu = { target: 'richmenu' } as const
  const path = '/v2/bot/richmenu/alias/:alias'
  const existing = (then: (alias: string, call: EndpointCall) => LineAnswer) => (call: EndpointCall) => {
    const alias = call.param('alias')
    return parts.richMenus.alias(alias) === undefined ? aliasNotFound() : then(alias, call)
  }
  return [
    {
      ...menu,
      method: 'post',
      path: '/v2/bot/richmenu/alias',
      name: 'createRichMenuAlias',
      takes: 'json',
      run: (call) => create(parts, call),
    },
    {
      ...menu,
      method: 'get',
      path: '/v2/bot/richmenu/alias/list',
      name: 'listRichMenuAliases',
      run: () => ok({ aliases: parts.richMenus.aliases() }),
    },
    {
      ...menu,
      method: 'get',
      path,
      name: 'getRichMenuAlias',
      run: existing((alias) => ok({ richMenuAliasId: alias, richMenuId: parts.richMenus.alias(alias) })),
    },
    {
      ...menu,
      method: 'post',
      path,
      name: 'updateRichMenuAlias',
      takes: 'json',
      run: existing((alias, call) => {
        const refused = menuRefusal(parts, call.body['richMenuId'])
        if (refused) return refused
        parts.richMenus.setAlias(alias, String(call.body['richMenuId']))
        return ok()
      }),
    },
    {
      ...menu,
      method: 'delete',
      path,
      name: 'deleteRichMenuAlias',
      run: existing((alias) => {
        parts.richMenus.removeAlias(alias)
        return ok()
      }),
    },
  ]
}
