import type { messagingApi } from '@line/bot-sdk'
import { bubble, type Card } from './card.ts'
import { cutGraphemes, cutUnits } from './cut-text.ts'

export type Message = messagingApi.Message

/** LINE's limits: 13 quick replies, 12 bubbles, 5,000 UTF-16 units of text, alternative text kept to 400. */
const MOST_QUICK_REPLIES = 13
const MOST_BUBBLES = 10

export function text(words: string): Message {
  return { type: 'text', text: cutUnits(words, 4900) }
}

/** `altText` shows on the lock screen: it says the matter and names nobody. */
export function cardMessage(card: Card, altText: string): Message {
  return { type: 'flex', altText: cutUnits(altText, 390), contents: bubble(card) }
}

export function cardsMessage(cards: readonly Card[], altText: string): Message {
  const [only] = cards
  if (only && cards.length === 1) return cardMessage(only, altText)
  const contents = cards.slice(0, MOST_BUBBLES).map(bubble)
  return { type: 'flex', altText: cutUnits(altText, 390), contents: { type: 'carousel', contents } }
}

/** Puts the commands under the last message; LINE shows only that one's. */
export function withQuickReplies(messages: Message[], words: readonly string[]): Message[] {
  const last = messages.at(-1)
  if (!last || words.length === 0 || last.quickReply) return messages
  const items = words.slice(0, MOST_QUICK_REPLIES).map((word) => ({
    type: 'action' as const,
    action: { type: 'message' as const, label: cutGraphemes(word, 20), text: word },
  }))
  return [...messages.slice(0, -1), { ...last, quickReply: { items } }]
}
