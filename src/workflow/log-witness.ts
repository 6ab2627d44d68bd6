import { asc, eq } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import { confirmations, events } from '../db/schema.ts'

/** What somebody holds outside the database: a receipt as it was printed, or a place and its hash. Hashes may be their first part. */
export type Witness = { receiptNumber: string; hash: string | null } | { seq: number; hash: string }

/**
 * receipt-gone: no such receipt any more. cut: the log ends before, or has a gap there. rewritten: something else stands there now.
 */
export type WitnessProblem = {
  what: 'receipt-gone' | 'cut' | 'rewritten'
  seq: number | null
  receiptNumber: string | null
}

/** Whether the log still holds what the witness saw; null when it does. */
export function witnessProblem(tx: Tx, witness: Witness): WitnessProblem | null {
  if ('seq' in witness) return placeProblem(tx, { ...witness, receiptNumber: null })
  const { receiptNumber } = witness
  const row = tx.select().from(confirmations).where(eq(confirmations.receiptNumber, receiptNumber)).get()
  if (!row) return { what: 'receipt-gone', seq: null, receiptNumber }
  return placeProblem(tx, { seq: row.eventSeq, hash: witness.hash ?? row.headHash, receiptNumber })
}

type EventRow = typeof events.$inferSelect
type Place = { seq: number; hash: string; receiptNumber: string | null }

function placeProblem(tx: Tx, of: Place): WitnessProblem | null {
  return problemWith(tx.select().from(events).where(eq(events.seq, of.seq)).get() ?? null, of)
}

function problemWith(event: EventRow | null, of: Place): WitnessProblem | null {
  const { seq, receiptNumber } = of
  if (!event) return { what: 'cut', seq, receiptNumber }
  const same = event.hash.startsWith(of.hash.toLowerCase())
  const bearsIt = receiptNumber === null || receiptOf(event) === receiptNumber
  return same && bearsIt ? null : { what: 'rewritten', seq, receiptNumber }
}

/** Every receipt in the tables against the log, and every receipt in the log against the tables: neither has one that the other lacks. */
export function receiptProblems(tx: Tx): WitnessProblem[] {
  const rows = tx
    .select({
      receiptNumber: confirmations.receiptNumber,
      seq: confirmations.eventSeq,
      hash: confirmations.headHash,
      event: events,
    })
    .from(confirmations)
    .leftJoin(events, eq(events.seq, confirmations.eventSeq))
    .orderBy(asc(confirmations.id))
    .all()
  const problems = rows.flatMap(({ event, ...of }) => problemWith(event, of) ?? [])
  const numbers = new Set(rows.map(({ receiptNumber }) => receiptNumber))
  for (const event of tx.select().from(events).where(eq(events.type, 'confirmed')).orderBy(asc(events.seq)).all()) {
    const receiptNumber = receiptOf(event)
    if (receiptNumber !== null && !numbers.has(receiptNumber))
      problems.push({ what: 'receipt-gone', seq: event.seq, receiptNumber })
  }
  return problems
}

/** Null for another event, and for a row whose data somebody spoilt. */
function receiptOf(event: EventRow): string | null {
  if (event.type !== 'confirmed') return null
  try {
    const { receiptNumber } = JSON.parse(event.data) as { receiptNumber?: unknown }
    return typeof receiptNumber === 'string' ? receiptNumber : null
  } catch {
    return null
  }
}
