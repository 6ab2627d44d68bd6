import { readImageHeader } from '../image-header.ts'
import { bodyErrors, type LineAnswer, notFound, ok, refusal } from '../line-answer.ts'
import type { LineParts } from '../line-parts.ts'
import { leastRatio, richMenuProblems } from '../message-rules/rich-menu-rules.ts'
import type { RichMenuBody } from '../rich-menus.ts'
import type { Endpoint, EndpointCall } from './endpoint.ts'

type MenuParts = Pick<LineParts, 'people' | 'richMenus'>

const mostMenus = 1_000
const mostImageBytes = 1_048_576

export const menuNotFound = () => refusal(404, 'richmenu not found')

/** A menu can be shown only once it has its picture. */
export function unshowable(parts: MenuParts, richMenuId: string): LineAnswer | undefined {
  if (!parts.richMenus.find(richMenuId)) return notFound()
  if (!parts.richMenus.image(richMenuId)) return refusal(400, 'must upload richmenu image before applying it to user')
  return undefined
}

function validate(call: EndpointCall): LineAnswer | undefined {
  const problems = richMenuProblems(call.body)
  return problems.length > 0 ? bodyErrors(problems) : undefined
}

function create(parts: MenuParts, call: EndpointCall): LineAnswer {
  const refused = validate(call)
  if (refused) return refused
  if (parts.richMenus.count() >= mostMenus) return refusal(400, `You can create up to ${mostMenus} rich menus`)
  const { size, selected, name, chatBarText, areas } = call.body as RichMenuBody
  return ok({ richMenuId: parts.richMenus.create({ size, selected, name, chatBarText, areas }) })
}

function upload(parts: MenuParts, call: EndpointCall): LineAnswer {
  const id = call.param('richMenuId')
  const menu = parts.richMenus.find(id)
  if (!menu) return menuNotFound()
  const mime = call.header('content-type')?.split(';')[0]?.trim()
  if (mime !== 'image/png' && mime !== 'image/jpeg') return refusal(415, `The content type, ${mime}, is not supported`)
  if (parts.richMenus.image(id)) return refusal(400, 'An image has already been uploaded to the richmenu')
  if (call.bytes.length > mostImageBytes) return refusal(413, 'The image exceeds the max size of 1MB')
  const header = readImageHeader(call.bytes)
  if (header?.mime !== mime) return refusal(400, 'The image format is invalid')
  const { width, height } = header
  const allowed = width >= 800 && width <= 2_500 && height >= 250 && width / height >= leastRatio
  const fits = width === menu.size.width && height === menu.size.height
  if (!allowed || !fits) return refusal(400, 'The image size is not allowed for richmenu')
  parts.richMenus.setImage(id, { mime, image: call.bytes })
  return ok()
}

function download(parts: MenuParts, call: EndpointCall): LineAnswer {
  const image = parts.richMenus.image(call.param('richMenuId'))
  return image ? { status: 200, bytes: { mime: image.mime, content: image.image } } : notFound()
}

const menu = { target: 'richmenu' } as const

export function richMenuEndpoints(parts: MenuParts): Endpoint[] {
  return [
    {
      ...menu,
      method: 'post',
      path: '/v2/bot/richmenu',
      name: 'createRichMenu',
      takes: 'json',
      run: (call) => create(parts, call),
    },
    {
      ...menu,
      method: 'post',
      path: '/v2/bot/richmenu/validate',
      name: 'validateRichMenu',
      takes: 'json',
      run: (call) => validate(call) ?? ok(),
    },
    {
      ...menu,
      method: 'get',
      path: '/v2/bot/richmenu/list',
      name: 'listRichMenus',
      run: () => ok({ richmenus: parts.richMenus.list() }),
    },
    {
      ...menu,
      method: 'post',
      path: '/v2/bot/richmenu/:richMenuId/content',
      name: 'uploadRichMenuImage',
      takes: 'bytes',
      run: (call) => upload(parts, call),
    },
    {
      ...menu,
      method: 'get',
      path: '/v2/bot/richmenu/:richMenuId/content',
      name: 'downloadRichMenuImage',
      run: (call) => download(parts, call),
    },
    {
      ...menu,
      method: 'get',
      path: '/v2/bot/richmenu/:richMenuId',
      name: 'getRichMenu',
      run: (call) => {
        const found = parts.richMenus.find(call.param('richMenuId'))
        return found ? ok(found) : menuNotFound()
      },
    },
    {
      ...menu,
      method: 'delete',
      path: '/v2/bot/richmenu/:richMenuId',
      name: 'deleteRichMenu',
      run: (call) => {
        if (!parts.richMenus.find(call.param('richMenuId'))) return menuNotFound()
        parts.richMenus.remove(call.param('richMenuId'))
        return ok()
      },
    },
  ]
}
