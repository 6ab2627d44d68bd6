import type { ChatItem } from './chat-log.ts'
import type { Device } from './people.ts'

const holds = (value: unknown, data: string): boolean => {
  if (Array.isArray(value)) return value.some((item) => holds(item, data))
  if (typeof value !== 'object' || value === null) return false
  if ('type' in value && 'data' in value && value.data === data) return true
  return Object.values(value).some((item) => holds(item, data))
}

/**
 * Whether a person can tap this postback in this message: it must stand in it. Quick replies are not shown on a PC
 * and are gone once anything follows.
 */
export function isTappable(tap: { item: ChatItem; data: string; device: Device; isLast: boolean }): boolean {
  const { quickReply, ...message } = tap.item.message
  if (holds(message, tap.data)) return true
  return holds(quickReply, tap.data) && tap.device === 'phone' && tap.isLast
}
