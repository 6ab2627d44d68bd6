import type { ChatMessage } from './chat-log.ts'
import { newMarkAsReadToken, newMessageId, newQuoteToken } from './line-ids.ts'
import type { LineParts } from './line-parts.ts'
import { asEventMessage, type PersonMessage } from './person-messages.ts'
import { chatIdOf, type EventSource, type WebhookEvent, webhookEvent } from './webhook-events.ts'

type ActParts = Pick<
  LineParts,
  'chat' | 'contents' | 'db' | 'delivery' | 'groups' | 'now' | 'people' | 'replyTokens' | 'richMenus' | 'settings'
>

/** What people do in LINE: each act changes their chat and sends the bot its event. */
export function openPersonActs(parts: ActParts) {
  const { chat, contents, db, delivery, groups, now, people, replyTokens, richMenus, settings } = parts

  const emit = (event: {
    type: string
    source: EventSource
    content?: Record<string, unknown>
    answerable?: boolean
  }): WebhookEvent => {
    const chatKey = chatIdOf(event.source)
    const made = webhookEvent({
      type: event.type,
      source: event.source,
      now: now(),
      ...(event.content === undefined ? {} : { content: event.content }),
      ...(event.answerable ? { replyToken: replyTokens.issue(chatKey) } : {}),
    })
    delivery.enqueue({ event: made, chatKey })
    return made
  }

  const whole =
    <Args extends unknown[], Result>(act: (...args: Args) => Result) =>
    (...args: Args): Result =>
      db.transaction(act).immediate(...args)

  const fromUser = (userId: string): EventSource => ({ type: 'user', userId })

  return {
    follow: whole((userId: string, isUnblocked: boolean): WebhookEvent => {
      people.setBond(userId, { friend: true, blocked: false })
      return emit({ type: 'follow', source: fromUser(userId), content: { follow: { isUnblocked } }, answerable: true })
    }),

    unfollow: whole((userId: string): WebhookEvent => {
      people.setBond(userId, { friend: true, blocked: true })
      return emit({ type: 'unfollow', source: fromUser(userId) })
    }),

    message: whole((source: EventSource, message: PersonMessage) => {
      const tokens = { id: newMessageId(now()), quoteToken: newQuoteToken(), markAsReadToken: newMarkAsReadToken() }
      const { message: sent, content } = asEventMessage(message, tokens)
      if (content) contents.put(tokens.id, content)
      const { quoteToken: _quote, markAsReadToken: _mark, ...shown } = sent
      chat.add({
        chatId: chatIdOf(source),
        from: 'person',
        message: shown as ChatMessage,
        messageId: tokens.id,
        quoteToken: tokens.quoteToken,
        markAsReadToken: tokens.markAsReadToken,
        read: settings.read().markAsReadMode === 'auto',
      })
      const event = emit({ type: 'message', source, content: { message: sent }, answerable: true })
      return { messageId: tokens.id, webhookEventId: event.webhookEventId }
    }),

    postback: whole(
      (tap: {
        source: EventSource
        data: string
        displayText?: string | undefined
        params?: Record<string, string> | undefined
      }) => {
        const { source, data, displayText, params } = tap
        const message = displayText === undefined ? { type: 'postback', data } : { type: 'text', text: displayText }
        chat.add({ chatId: chatIdOf(source), from: 'person', message, via: 'postback', read: true })
        const content = { postback: { data, ...(params ? { params } : {}) } }
        return { webhookEventId: emit({ type: 'postback', source, content, answerable: true }).webhookEventId }
      },
    ),

    /** Changes the person's own menu as the phone does, and tells the bot. */
    switchRichMenu: whole((tap: { userId: string; richMenuAliasId: string; data: string }) => {
      const menuId = richMenus.alias(tap.richMenuAliasId)
      const found = menuId !== undefined && richMenus.find(menuId) !== undefined
      if (found) richMenus.link(tap.userId, menuId)
      const missing = menuId === undefined ? 'RICHMENU_ALIAS_ID_NOTFOUND' : 'RICHMENU_NOTFOUND'
      const params = { newRichMenuAliasId: tap.richMenuAliasId, status: found ? 'SUCCESS' : missing }
      const content = { postback: { data: tap.data, params } }
      const event = emit({ type: 'postback', source: fromUser(tap.userId), content, answerable: true })
      return { webhookEventId: event.webhookEventId, status: params.status }
    }),

    unsend: whole((source: EventSource, message: { seq: number; messageId: string }) => {
      chat.unsend(message.seq)
      contents.remove(message.messageId)
      const content = { unsend: { messageId: message.messageId } }
      return { webhookEventId: emit({ type: 'unsend', source, content }).webhookEventId }
    }),

    /** A valid text event with the caller's properties over it; a property given as null is left out. */
    rawEvent: whole((userId: string, over: Record<string, unknown>): WebhookEvent => {
      const source = fromUser(userId)
      const tokens = { id: newMessageId(now()), quoteToken: newQuoteToken(), markAsReadToken: newMarkAsReadToken() }
      const { message } = asEventMessage({ type: 'text', text: 'raw' }, tokens)
      const base = webhookEvent({
        type: 'message',
        source,
        now: now(),
        content: over['type'] === undefined || over['type'] === 'message' ? { message } : {},
        replyToken: replyTokens.issue(userId),
      })
      const kept = Object.entries({ ...base, ...over }).filter(([, value]) => value !== null)
      const event = Object.fromEntries(kept) as WebhookEvent
      delivery.enqueue({ event, chatKey: userId, eventId: base.webhookEventId })
      return event
    }),

    botJoins: whole((source: EventSource): WebhookEvent => {
      groups.setBot(chatIdOf(source), true)
      return emit({ type: 'join', source, answerable: true })
    }),

    botLeaves: whole((source: EventSource): WebhookEvent => {
      groups.setBot(chatIdOf(source), false)
      return emit({ type: 'leave', source })
    }),

    membersChange: whole((change: { source: EventSource; userIds: string[]; joined: boolean; tellBot: boolean }) => {
      const groupId = chatIdOf(change.source)
      for (const userId of change.userIds) {
        if (change.joined) groups.addMember(groupId, userId)
        else groups.removeMember(groupId, userId)
      }
      if (!change.tellBot) return undefined
      const members = change.userIds.map((userId) => ({ type: 'user', userId }))
      if (!change.joined) return emit({ type: 'memberLeft', source: change.source, content: { left: { members } } })
      return emit({
        type: 'memberJoined',
        source: change.source,
        content: { joined: { members } },
        answerable: true,
      })
    }),
  }
}

export type PersonActs = ReturnType<typeof openPersonActs>
