import { createHash, createHmac, randomBytes } from 'node:crypto'
import { desc, eq } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { events, installation } from '../db/schema.ts'

export type EventType =
  | 'round-added'
  | 'round-activated'
  | 'unit-added'
  | 'unit-changed'
  | 'person-appointed'
  | 'appointment-ended'
  | 'invitation-created'
  | 'account-bound'
  | 'person-named'
  | 'google-address-given'
  | 'roster-read'
  | 'counts-read'
  | 'hold-opened'
  | 'hold-released'
  | 'hold-refused'
  | 'existence-attested'
  | 'confirmed'
  | 'confirm-refused'
  | 'late-tap-held'
  | 'cancelled'
  | 'not-required-set'
  | 'lao-marked'
  | 'reopening-asked'
  | 'reopening-endorsed'
  | 'reopening-sent-back'
  | 'reopening-withdrawn'
  | 'reopening-lapsed'
  | 'reopening-carried-out'
  | 'extension-granted'
  | 'agreement-proposed'
  | 'agreement-answered'
  | 'reminder-queued'

export type LogEntry = {
  at: Instant
  type: EventType
  roundId?: RoundId | null
  unitId?: UnitId | null
  personId?: PersonId | null
  appointmentId?: AppointmentId | null
  /** Internal ids, counts, reasons' codes; never a name or a number that stands for a pupil. */
  data: Record<string, unknown>
}

export const GENESIS_HASH = '0'.repeat(64)
const VERSION = 1

/** Appends one event (R38) and returns its place and the log's new head. Call inside the act's own transaction. */
export function appendEvent(tx: Tx, entry: LogEntry): { seq: number; hash: string } {
  const head = logHead(tx)
  const seq = head.seq + 1
  const row = {
    seq,
    at: entry.at,
    type: entry.type as string,
    version: VERSION,
    roundId: entry.roundId ?? null,
    unitId: entry.unitId ?? null,
    personId: entry.personId ?? null,
    appointmentId: entry.appointmentId ?? null,
    data: JSON.stringify(entry.data),
    previousHash: head.hash,
  }
  const hash = hashOfRow(row)
  tx.insert(events)
    .values({ ...row, hash })
    .run()
  return { seq, hash }
}

export function logHead(tx: Tx): { seq: number; hash: string } {
  const last = tx.select({ seq: events.seq, hash: events.hash }).from(events).orderBy(desc(events.seq)).limit(1).get()
  return last ?? { seq: 0, hash: GENESIS_HASH }
}

export type LogProblem = { seq: number; what: 'changed' | 'missing' | 'chain-broken' | 'cut' }
type HashedRow = Omit<typeof events.$inferSelect, 'hash'>

/**
 * Walks the whole log: a changed row, a removed or inserted one, and, given the head that a receipt prints
 * (`expected`), a tail that was cut or rewritten.
 */
export function verifyLog(
  tx: Tx,
  expected?: { seq: number; hash: string },
): { rows: number; head: string; problems: LogProblem[] } {
  const problems: LogProblem[] = []
  let previous = GENESIS_HASH
  let nextSeq = 1
  // Rows are numbered from 1; one slipped in before that is looked at too.
  let after = Number.MIN_SAFE_INTEGER
  let rows = 0
  let expectedSeen = expected === undefined || expected.seq === 0
  const PAGE = 5000
  for (;;) {
    const page = tx.query.events
      .findMany({ where: (t, { gt }) => gt(t.seq, after), orderBy: (t, { asc }) => asc(t.seq), limit: PAGE })
      .sync()
    for (const row of page) {
      if (row.seq !== nextSeq) problems.push({ seq: nextSeq, what: 'missing' })
      if (row.previousHash !== previous) problems.push({ seq: row.seq, what: 'chain-broken' })
      if (hashOfRow(row) !== row.hash) problems.push({ seq: row.seq, what: 'changed' })
      if (expected && row.seq === expected.seq) {
        expectedSeen = true
        if (row.hash !== expected.hash) problems.push({ seq: row.seq, what: 'cut' })
      }
      previous = row.hash
      nextSeq = row.seq + 1
      after = row.seq
      rows += 1
    }
    if (page.length < PAGE) break
  }
  if (!expectedSeen && expected) problems.push({ seq: expected.seq, what: 'cut' })
  return { rows, head: previous, problems }
}

function hashOfRow(row: HashedRow): string {
  const fields = [
    row.seq,
    row.at,
    row.type,
    row.version,
    row.roundId,
    row.unitId,
    row.personId,
    row.appointmentId,
    row.data,
  ]
  return createHash('sha256').update(row.previousHash).update(JSON.stringify(fields)).digest('hex')
}

const PUPIL_KEY = 'pupil-hash-key'

/** Stands for a pupil in the log: erasing the key or the pupil's row leaves the chain whole and the person unknown. */
export function pupilHash(tx: Tx, pupilKey: string): string {
  let key = tx.select().from(installation).where(eq(installation.name, PUPIL_KEY)).get()?.value
  if (!key) {
    key = randomBytes(32).toString('base64')
    tx.insert(installation).values({ name: PUPIL_KEY, value: key }).run()
  }
  return createHmac('sha256', Buffer.from(key, 'base64')).update(pupilKey).digest('base64url').slice(0, 22)
}
