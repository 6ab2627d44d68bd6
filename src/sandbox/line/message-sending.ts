import type { ChatLog, ChatMessage, ChatVia } from './chat-log.ts'
import type { Groups } from './groups.ts'
import { newMessageId, newQuoteToken } from './line-ids.ts'
import type { People } from './people.ts'
import type { SentMessage } from './retry-keys.ts'

const quotable: ReadonlySet<string> = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template', 'flex'])

/** Puts accepted messages into the chats of those they reach. Nobody learns whether one was reached: LINE accepts, it does not deliver. */
export function openMessageSending(options: { chat: ChatLog; people: People; groups: Groups; now: () => number }) {
  const { chat, people, groups, now } = options

  const reaches = (chatId: string, via: ChatVia): boolean => {
    if (!chatId.startsWith('U')) return groups.find(chatId)?.botIn === true
    // Somebody who wrote without being a friend gets the reply, yet never a push.
    if (via === 'reply') return people.find(chatId)?.blocked === false
    return people.reachable(chatId)
  }

  return {
    send: (sending: {
      to: string
      messages: readonly ChatMessage[]
      via: ChatVia
      requestId: string
    }): SentMessage[] => {
      const delivered = reaches(sending.to, sending.via)
      const sent = sending.messages.map((message): SentMessage => {
        const id = newMessageId(now())
        const quoteToken = quotable.has(message.type) ? newQuoteToken() : undefined
        if (delivered)
          chat.add({
            chatId: sending.to,
            from: 'bot',
            message,
            via: sending.via,
            requestId: sending.requestId,
            messageId: id,
            ...(quoteToken === undefined ? {} : { quoteToken }),
          })
        return { id, ...(quoteToken === undefined ? {} : { quoteToken }) }
      })
      if (delivered) people.stopLoading(sending.to)
      return sent
    },
    /** How many recipients LINE counts for this address: those it reaches. A group counts its members. */
    recipients: (to: string): number => {
      if (!reaches(to, 'push')) return 0
      if (to.startsWith('U')) return 1
      return groups.find(to)?.members.length ?? 0
    },
  }
}

export type MessageSending = ReturnType<typeof openMessageSending>
