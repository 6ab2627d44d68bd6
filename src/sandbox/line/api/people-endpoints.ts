import { bodyErrors, notAvailable, notFound, ok, refusal } from '../line-answer.ts'
import { isUserId, newAccessToken } from '../line-ids.ts'
import type { LineParts } from '../line-parts.ts'
import type { Endpoint, EndpointCall } from './endpoint.ts'

type PeopleParts = Pick<LineParts, 'chat' | 'people' | 'settings'>

const pageOf = (call: EndpointCall, ids: readonly string[]) => {
  const limit = Number(call.query('limit') ?? 300)
  const start = Number(Buffer.from(call.query('start') ?? '', 'base64url').toString() || 0)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) return undefined
  if (!Number.isInteger(start) || start < 0) return undefined
  const end = start + limit
  const next = end < ids.length ? { next: Buffer.from(String(end)).toString('base64url') } : {}
  return { userIds: ids.slice(start, end), ...next }
}

function startLoading(parts: PeopleParts, call: EndpointCall) {
  const { chatId, loadingSeconds: seconds = 20 } = call.body
  if (!isUserId(chatId)) return bodyErrors([{ message: 'An invalid chat ID is specified', property: 'chatId' }])
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 5 || seconds > 60 || seconds % 5 !== 0)
    return bodyErrors([{ message: 'must be a multiple of 5 between 5 and 60', property: 'loadingSeconds' }])
  if (parts.people.reachable(chatId)) parts.people.showLoading(chatId, seconds)
  return { status: 202, body: {} }
}

export function peopleEndpoints(parts: PeopleParts): Endpoint[] {
  return [
    {
      method: 'get',
      path: '/v2/bot/profile/:userId',
      name: 'profile',
      target: 'profile',
      run: (call) => {
        const person = parts.people.find(call.param('userId'))
        if (!person?.friend || person.blocked) return notFound()
        return ok({ userId: person.userId, displayName: person.displayName, language: 'th' })
      },
    },
    {
      method: 'get',
      path: '/v2/bot/followers/ids',
      name: 'followers',
      target: 'other',
      run: (call) => {
        if (!parts.settings.read().verifiedAccount) return notAvailable()
        const page = pageOf(call, parts.people.friendIds())
        return page ? ok(page) : refusal(400, 'Invalid start or limit')
      },
    },
    {
      method: 'post',
      path: '/v2/bot/chat/loading/start',
      name: 'loading',
      target: 'loading',
      takes: 'json',
      run: (call) => startLoading(parts, call),
    },
    {
      method: 'post',
      path: '/v2/bot/chat/markAsRead',
      name: 'markAsRead',
      target: 'other',
      takes: 'json',
      run: (call) => {
        const token = call.body['markAsReadToken']
        const good = typeof token === 'string' && parts.chat.markReadByToken(token)
        return good ? ok() : refusal(400, 'Invalid markAsReadToken')
      },
    },
    {
      method: 'post',
      path: '/v2/bot/message/markAsRead',
      name: 'markAsReadByUser',
      target: 'other',
      takes: 'json',
      run: (call) => {
        const chat = call.body['chat']
        const userId = typeof chat === 'object' && chat !== null && 'userId' in chat ? chat.userId : undefined
        if (!isUserId(userId)) return bodyErrors([{ message: 'May not be empty', property: 'chat.userId' }])
        parts.chat.markAllRead(userId)
        return ok()
      },
    },
    {
      method: 'post',
      path: '/v2/bot/user/:userId/linkToken',
      name: 'linkToken',
      target: 'other',
      run: (call) =>
        parts.people.find(call.param('userId')) ? ok({ linkToken: newAccessToken().slice(0, 32) }) : notFound(),
    },
  ]
}
