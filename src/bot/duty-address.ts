import type { Actor } from '../workflow/actor.ts'
import { wordKey } from '../workflow/rules/text/thai-text.ts'
import { type Message, text } from './cards/messages.ts'
import { DUTIES } from './words/join-words.ts'

/** "ยืนยัน @โรงเรียนบ้านนา": a command for one of several duties, whichever is in use. */
const ADDRESSED = /^(.*\S)\s*@\s*([^@]+)$/u

/** Which duty a text is addressed to and what it says; null when it names none of them. */
export function addressedDuty(typed: string, duties: readonly Actor[]): { actor: Actor; said: string } | null {
  const parts = ADDRESSED.exec(typed.trim())
  const name = parts?.[2]
  if (!parts?.[1] || !name) return null
  const actor = duties.find((duty) => wordKey(duty.unitName) === wordKey(name))
  return actor ? { actor, said: parts[1] } : null
}

/** Messages about another duty than the one in use: says so, and lets the buttons speak for the right one. */
export function addressTo(
  messages: Message[],
  input: { actor: Actor; current: Actor; duties: readonly Actor[] },
): Message[] {
  const { actor, current, duties } = input
  const number = duties.findIndex((duty) => duty.appointmentId === actor.appointmentId) + 1
  const concerns = text(DUTIES.concerns({ unit: actor.unitName, current: current.unitName, number }))
  return [concerns, ...messages.map((message) => withAddress(message, actor.unitName))]
}

/** LINE takes 300 units of text in a message action. */
const MOST_TEXT = 300

function withAddress<T>(part: T, unitName: string): T {
  if (Array.isArray(part)) return part.map((one) => withAddress(one, unitName)) as T
  if (typeof part !== 'object' || part === null) return part
  const node = part as Record<string, unknown>
  if (node['type'] === 'message' && typeof node['text'] === 'string') {
    const addressed = `${node['text']} @${unitName}`
    return (addressed.length > MOST_TEXT ? node : { ...node, text: addressed }) as T
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withAddress(value, unitName)])) as T
}
