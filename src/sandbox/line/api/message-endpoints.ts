import type { ChatMessage } from '../chat-log.ts'
import {
  bodyErrors,
  invalidProperty,
  type LineAnswer,
  monthlyLimitReached,
  notAvailable,
  ok,
  refusal,
} from '../line-answer.ts'
import { isGroupOrRoomId, isUserId } from '../line-ids.ts'
import type { LineParts } from '../line-parts.ts'
import { messageProblems } from '../message-rules/message-rules.ts'
import { isRetryKey, payloadHash } from '../retry-keys.ts'
import type { Endpoint, EndpointCall } from './endpoint.ts'

type SendParts = Pick<
  LineParts,
  'chat' | 'db' | 'people' | 'quota' | 'replyTokens' | 'retryKeys' | 'sending' | 'channel'
>

const mostMessages = 5
const mostRecipients = 500

/** What is wrong with the messages of a request, as LINE answers it; undefined when nothing is. */
export function messagesRefusal(value: unknown): LineAnswer | undefined {
  if (!Array.isArray(value) || value.length < 1 || value.length > mostMessages)
    return bodyErrors([{ message: `Size must be between 1 and ${mostMessages}`, property: 'messages' }])
  for (const [index, message] of value.entries()) {
    const problems = messageProblems(message, index)
    if (problems.length > 0)
      return refusal(400, `A message (messages[${index}]) in the request body is invalid`, problems)
  }
  return undefined
}

function optionsRefusal(body: Record<string, unknown>): LineAnswer | undefined {
  const { notificationDisabled, customAggregationUnits: units } = body
  if (notificationDisabled !== undefined && typeof notificationDisabled !== 'boolean')
    return invalidProperty('notificationDisabled')
  if (units === undefined) return undefined
  const good = Array.isArray(units) && units.length <= 1 && units.every((unit) => /^[a-zA-Z0-9_]{1,30}$/.test(unit))
  return good ? undefined : invalidProperty('customAggregationUnits')
}

/** A message may quote only what stands in the chat it goes to. */
function quoteRefusal(parts: SendParts, to: string, messages: readonly ChatMessage[]): LineAnswer | undefined {
  const wrong = messages.findIndex((message) => {
    const token = message['quoteToken']
    return typeof token === 'string' && !parts.chat.isQuotable(to, token)
  })
  if (wrong < 0) return undefined
  return refusal(400, `A message (messages[${wrong}]) in the request body is invalid`, [
    { message: 'Invalid quote token', property: `messages[${wrong}].quoteToken` },
  ])
}

function reply(parts: SendParts, call: EndpointCall): LineAnswer {
  // Replies know no retry key: the reply token itself works once. LINE documents the 400, not its wording.
  if (call.header('x-line-retry-key') !== undefined)
    return refusal(400, 'The X-Line-Retry-Key header is not supported by this endpoint')
  const refused = messagesRefusal(call.body['messages']) ?? optionsRefusal(call.body)
  if (refused) return refused
  const token = call.body['replyToken']
  if (typeof token !== 'string') return bodyErrors([{ message: 'May not be empty', property: 'replyToken' }])
  const chatId = parts.replyTokens.use(token)
  if (chatId === undefined) return refusal(400, 'Invalid reply token')
  const messages = call.body['messages'] as ChatMessage[]
  const misquoted = quoteRefusal(parts, chatId, messages)
  if (misquoted) return misquoted
  const sentMessages = parts.sending.send({ to: chatId, messages, via: 'reply', requestId: call.requestId })
  return ok({ sentMessages }, summaryOf(parts, [chatId], messages))
}

/** Refuses a bad or an already accepted retry key. */
function retryRefusal(parts: SendParts, call: EndpointCall): LineAnswer | undefined {
  const key = call.header('x-line-retry-key')
  if (key === undefined) return undefined
  if (!isRetryKey(key)) return refusal(400, 'The X-Line-Retry-Key header must be a UUID')
  const accepted = parts.retryKeys.accepted(key)
  if (!accepted) return undefined
  // LINE asks for the same body under the same key and does not say what happens otherwise: the stricter reading.
  if (accepted.payload !== payloadHash(call.body))
    return refusal(400, 'The retry key was used for another request body')
  const { sentMessages } = accepted
  return {
    status: 409,
    body: { message: 'The retry key is already accepted', ...(sentMessages ? { sentMessages } : {}) },
    headers: { 'x-line-accepted-request-id': accepted.requestId },
  }
}

function push(parts: SendParts, call: EndpointCall): LineAnswer {
  const { to, messages } = call.body
  const refused = retryRefusal(parts, call) ?? messagesRefusal(messages) ?? optionsRefusal(call.body)
  if (refused) return refused
  if (!isUserId(to) && !isGroupOrRoomId(to)) return invalidProperty('to')
  if (to === parts.channel.read().botUserId) return refusal(400, "You can't send messages to yourself")
  const recipients = parts.sending.recipients(to)
  if (isGroupOrRoomId(to) && recipients === 0) return refusal(400, 'Failed to send messages')
  const good = messages as ChatMessage[]
  const misquoted = quoteRefusal(parts, to, good)
  if (misquoted) return misquoted
  if (!parts.quota.fits(recipients)) return monthlyLimitReached()
  const sentMessages = parts.sending.send({ to, messages: good, via: 'push', requestId: call.requestId })
  parts.quota.count(recipients)
  const key = call.header('x-line-retry-key')
  if (key !== undefined)
    parts.retryKeys.remember(key, { requestId: call.requestId, sentMessages, payload: payloadHash(call.body) })
  return ok({ sentMessages }, summaryOf(parts, [to], good))
}

function multicast(parts: SendParts, call: EndpointCall): LineAnswer {
  const { to, messages } = call.body
  const refused = retryRefusal(parts, call) ?? messagesRefusal(messages) ?? optionsRefusal(call.body)
  if (refused) return refused
  if (!Array.isArray(to) || to.length < 1 || to.length > mostRecipients)
    return bodyErrors([{ message: `Size must be between 1 and ${mostRecipients}`, property: 'to' }])
  const stranger = to.findIndex((id) => !isUserId(id))
  if (stranger >= 0) return invalidProperty(`to[${stranger}]`)
  const ids = [...new Set(to as string[])]
  const recipients = ids.reduce((sum, id) => sum + parts.sending.recipients(id), 0)
  if (!parts.quota.fits(recipients)) return monthlyLimitReached()
  const good = messages as ChatMessage[]
  for (const id of ids) parts.sending.send({ to: id, messages: good, via: 'multicast', requestId: call.requestId })
  parts.quota.count(recipients)
  const key = call.header('x-line-retry-key')
  if (key !== undefined) parts.retryKeys.remember(key, { requestId: call.requestId, payload: payloadHash(call.body) })
  return ok({}, summaryOf(parts, ids, good))
}

function summaryOf(parts: SendParts, to: readonly string[], messages: readonly ChatMessage[]): string {
  const first = to[0] ?? ''
  const name = parts.people.find(first)?.displayName ?? first
  const others = to.length > 1 ? ` and ${to.length - 1} more` : ''
  return `to ${name}${others}: ${messages.map((message) => message.type).join(', ')}`
}

const validated = ['reply', 'push', 'multicast', 'narrowcast', 'broadcast']

export function messageEndpoints(parts: SendParts): Endpoint[] {
  const post = { method: 'post', takes: 'json' } as const
  const whole = (send: (parts: SendParts, call: EndpointCall) => LineAnswer) => (call: EndpointCall) =>
    parts.db.transaction(() => send(parts, call)).immediate()
  return [
    { ...post, path: '/v2/bot/message/reply', name: 'reply', target: 'reply', run: whole(reply) },
    { ...post, path: '/v2/bot/message/push', name: 'push', target: 'push', run: whole(push) },
    { ...post, path: '/v2/bot/message/multicast', name: 'multicast', target: 'multicast', run: whole(multicast) },
    // Sending to everybody is no part of this sandbox: nothing that concerns one unit may go to all.
    { ...post, path: '/v2/bot/message/broadcast', name: 'broadcast', target: 'other', run: notAvailable },
    { ...post, path: '/v2/bot/message/narrowcast', name: 'narrowcast', target: 'other', run: notAvailable },
    ...validated.map(
      (kind): Endpoint => ({
        ...post,
        path: `/v2/bot/message/validate/${kind}`,
        name: `validate-${kind}`,
        target: 'other',
        run: (call) => messagesRefusal(call.body['messages']) ?? ok(),
      }),
    ),
    {
      method: 'get',
      path: '/v2/bot/message/quota',
      name: 'quota',
      target: 'quota',
      run: () => ok(parts.quota.limit()),
    },
    {
      method: 'get',
      path: '/v2/bot/message/quota/consumption',
      name: 'consumption',
      target: 'quota',
      run: () => ok({ totalUsage: parts.quota.used() }),
    },
  ]
}
