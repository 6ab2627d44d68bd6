import type Database from 'better-sqlite3'
import { eq, sql } from 'drizzle-orm'
import type { PersonId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { people } from '../db/schema.ts'
import type { Message } from './cards/messages.ts'

/** What a person reads; what a message action says must come back exactly as it was sent, and an address must work. */
const SHOWN: ReadonlySet<string> = new Set(['text', 'altText', 'label', 'displayText'])

/** Links, addresses, and anything where digits stand among Latin letters: a joining code, a hash of the log. */
const KEPT = /\S*(?:[a-z]\S*\d|\d\S*[a-z])\S*/gi

/** 2567/1 as ๒๕๖๗/๑. */
export function thaiDigits(text: string): string {
  if (!/\d/.test(text)) return text
  let shown = ''
  let done = 0
  for (const { 0: kept, index } of text.matchAll(KEPT)) {
    shown += inThai(text.slice(done, index)) + kept
    done = index + kept.length
  }
  return shown + inThai(text.slice(done))
}

const inThai = (text: string): string => text.replace(/\d/g, (digit) => String.fromCharCode(0x0e50 + Number(digit)))

/** LINE takes 30 KB a bubble and 50 KB a carousel; a Thai digit has three bytes where an Arabic one has one. */
const MOST_BYTES = { bubble: 30_000, message: 49_000 } as const

/**
 * Messages for somebody who wants Thai numerals: every digit that is read, none that is sent back or opened. A message that would
 * grow over LINE's limits stays as it is.
 */
export function inThaiNumerals(messages: Message[]): Message[] {
  return messages.map((message) => {
    const made = withThai(message)
    return tooLarge(made) ? message : made
  })
}

function withThai<T>(part: T, key?: string, inAction = false): T {
  if (typeof part === 'string') return (key !== undefined && shows(key, inAction) ? thaiDigits(part) : part) as T
  if (Array.isArray(part)) return part.map((one) => withThai(one, undefined, inAction)) as T
  if (typeof part !== 'object' || part === null) return part
  const entries = Object.entries(part)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, withThai(value, name, inAction || name === 'action')]),
  ) as T
}

/** An action's text is what the button says for the person. */
const shows = (key: string, inAction: boolean): boolean => SHOWN.has(key) && !(inAction && key === 'text')

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

function tooLarge(message: Message): boolean {
  if (message.type !== 'flex') return false
  const { contents } = message
  const bubbles = contents.type === 'carousel' ? contents.contents : [contents]
  return bubbles.some((bubble) => bytesOf(bubble) > MOST_BYTES.bubble) || bytesOf(message) > MOST_BYTES.message
}

/** The messages as this person wants digits to be shown. The one place where that is decided. */
export function withOwnNumerals(tx: Tx, personId: PersonId | null, messages: Message[]): Message[] {
  if (personId === null) return messages
  return preparedOn(tx, statements).wants.get({ personId })?.wants ? inThaiNumerals(messages) : messages
}

/** Asked for every answer and notice: see docs/decisions/0009. */
function statements(_raw: Database.Database, tx: Tx) {
  return {
    wants: tx
      .select({ wants: people.thaiNumerals })
      .from(people)
      .where(eq(people.id, sql.placeholder('personId')))
      .prepare(),
  }
}
