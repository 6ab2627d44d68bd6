import { eq, inArray } from 'drizzle-orm'
import type { Instant, OutboxId, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import {
  type appointments,
  confirmations,
  heldActs,
  outbox,
  outboxBatches,
  people,
  reopeningRequests,
} from '../db/schema.ts'
import type { Notice } from './notice.ts'

/** Whose acts and messages are asked for: everything about a unit, or everything of a person. */
export type EvidenceAbout = { unitId: UnitId } | { personId: PersonId }

export type Duty = typeof appointments.$inferSelect

export type MessageState = (typeof outbox.$inferSelect)['state']

/** One message to one person as it stands in the outbox: LINE tells that it took it, never that it arrived. */
export type MessageSent = {
  id: OutboxId
  to: string
  notice: Notice['type'] | 'answer'
  /** What stood on the lock screen, or the first line of the text; null when it was never put into words. */
  words: string | null
  occurredAt: Instant
  state: MessageState
  /** Platform clock. */
  endedAt: number | null
  attempts: number
  error: string | null
}

type Row = typeof outbox.$inferSelect

/** Messages to the person, or to the people of the unit while they held a duty there, as far as they are not about another unit. */
export function messagesTo(
  tx: Tx,
  input: { about: EvidenceAbout; duties: readonly Duty[]; roundId: RoundId | null },
): MessageSent[] {
  const { about, duties, roundId } = input
  const persons = 'personId' in about ? [about.personId] : [...new Set(duties.map(({ personId }) => personId))]
  if (persons.length === 0) return []
  const rows = tx.select().from(outbox).where(inArray(outbox.personId, persons)).orderBy(outbox.id).all()
  return rows
    .filter((row) => roundId === null || [null, roundId].includes(roundOf(tx, row)))
    .filter((row) => 'personId' in about || concerns(row, { unitId: about.unitId, duties }))
    .map((row) => shape(tx, row))
}

export function sentById(tx: Tx, id: OutboxId): MessageSent | null {
  const row = tx.select().from(outbox).where(eq(outbox.id, id)).get()
  return row ? shape(tx, row) : null
}

function shape(tx: Tx, row: Row): MessageSent {
  const batch = row.batchId === null ? undefined : batchById(tx, row.batchId)
  return {
    id: row.id,
    to: row.personId === null ? '' : nameOf(tx, row.personId),
    notice: (row.notice as Notice | { type: 'answer' }).type,
    words: firstWords(row.payload ?? batch?.payload ?? null),
    occurredAt: row.occurredAt,
    state: row.state,
    endedAt: row.endedAt,
    attempts: batch?.attempts ?? row.attempts,
    error: row.error,
  }
}

/** What is sent to many at once stands there once. */
const batchById = (tx: Tx, id: number) => tx.select().from(outboxBatches).where(eq(outboxBatches.id, id)).get()

const nameOf = (tx: Tx, personId: PersonId): string =>
  tx.select({ name: people.name }).from(people).where(eq(people.id, personId)).get()?.name ?? ''

function concerns(row: Row, of: { unitId: UnitId; duties: readonly Duty[] }): boolean {
  const held = of.duties.some(
    (duty) =>
      duty.personId === row.personId &&
      duty.validFrom <= row.occurredAt &&
      (duty.validTo === null || row.occurredAt <= duty.validTo),
  )
  return held && [null, of.unitId].includes(addressedTo(row.notice as Notice))
}

/** Whom a message addresses where it says so: somebody with two duties gets the messages of both. */
function addressedTo(notice: Notice | { type: 'answer' }): UnitId | null {
  if ('unitId' in notice) return notice.unitId
  if (notice.type === 'all-institutions-confirmed') return notice.laoId
  if (notice.type === 'all-laos-complete') return notice.provinceId
  return null
}

function roundOf(tx: Tx, row: Row): RoundId | null {
  const notice = row.notice as Notice | { type: 'answer' }
  if ('roundId' in notice) return notice.roundId
  if ('confirmationId' in notice)
    return oneRound(
      tx
        .select({ id: confirmations.roundId })
        .from(confirmations)
        .where(eq(confirmations.id, notice.confirmationId))
        .get(),
    )
  if ('requestId' in notice && notice.requestId !== null)
    return oneRound(
      tx
        .select({ id: reopeningRequests.roundId })
        .from(reopeningRequests)
        .where(eq(reopeningRequests.id, notice.requestId))
        .get(),
    )
  if (notice.type === 'late-tap-decided')
    return oneRound(tx.select({ id: heldActs.roundId }).from(heldActs).where(eq(heldActs.id, notice.heldActId)).get())
  return null
}

const oneRound = (row: { id: RoundId } | undefined): RoundId | null => row?.id ?? null

/** altText carries no personal data (it shows on the lock screen); of a plain text the first line is enough. */
function firstWords(payload: string | null): string | null {
  if (payload === null) return null
  const [first] = JSON.parse(payload) as { altText?: unknown; text?: unknown }[]
  const words = typeof first?.altText === 'string' ? first.altText : first?.text
  return typeof words === 'string' ? (words.split('\n')[0] ?? null) : null
}
