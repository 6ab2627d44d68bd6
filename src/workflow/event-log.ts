import { createHmac, hash, randomBytes } from 'node:crypto'
import type Database from 'better-sqlite3'
import { asc, gt } from 'drizzle-orm'
import type { AppointmentId, Instant, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { events, installation } from '../db/schema.ts'

export type EventType =
  | 'round-added'
  | 'round-activated'
  | 'round-carries'
  | 'unit-added'
  | 'unit-changed'
  | 'unit-recoded'
  | 'unit-moved'
  | 'unit-closed'
  | 'unit-merged'
  | 'unit-reopened'
  | 'unit-restored-in-round'
  | 'other-institution-added'
  | 'other-institution-changed'
  | 'other-institution-closed'
  | 'person-appointed'
  | 'appointment-suspended'
  | 'appointment-resumed'
  | 'appointment-ended'
  | 'appointment-restored'
  | 'invitation-revoked'
  | 'vacancies-reported'
  | 'certifier-switched'
  | 'confirm-submitted'
  | 'submission-sent-back'
  | 'submission-overtaken'
  | 'invitation-created'
  | 'account-bound'
  | 'person-named'
  | 'settings-changed'
  | 'google-address-given'
  | 'sheet-renewed'
  | 'roster-read'
  | 'roster-imported'
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
  | 'extension-ended'
  | 'late-tap-accepted'
  | 'late-tap-opened-above'
  | 'late-tap-refused'
  | 'finding-recorded'
  | 'round-archived'
  | 'agreement-proposed'
  | 'agreement-answered'
  | 'reminder-queued'
  | 'reminder-policy-set'
  | 'nudged'
  | 'counts-checked'
  | 'announcement-made'
  | 'announcement-told'
  | 'announcement-repeated'
  | 'announcement-acknowledged'
  | 'weekly-card-queued'
  | 'group-linked'
  | 'group-unlinked'
  | 'account-blocked'
  | 'account-unblocked'
  | 'account-left'
  | 'drift-found'
  | 'drift-gone'
  | 'shared-pupils-opened'
  | 'shared-pupils-changed'
  | 'shared-pupils-resolved'
  | 'shared-pupils-release-asked'
  | 'shared-pupil-evidence'
  | 'shared-pupil-decided'
  | 'rosters-exported'
  | 'letter-retried'
  | 'letter-dropped'
  | 'spot-check-drawn'
  | 'spot-check-result'
  | 'spot-check-note'

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
/** Rows read at once: few enough to be gone before they are old. */
const PAGE = 500

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
  const own = hashOfRow(row)
  preparedOn(tx, logStatements).append.run({ ...row, hash: own })
  return { seq, hash: own }
}

export function logHead(tx: Tx): { seq: number; hash: string } {
  return preparedOn(tx, logStatements).head.get() ?? { seq: 0, hash: GENESIS_HASH }
}

/** Every recorded read appends: see docs/decisions/0009. */
function logStatements(raw: Database.Database) {
  return {
    head: raw.prepare<[], { seq: number; hash: string }>('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1'),
    append: raw.prepare<typeof events.$inferInsert>(
      `INSERT INTO events (seq, at, type, version, round_id, unit_id, person_id, appointment_id, data, previous_hash, hash)
       VALUES (@seq, @at, @type, @version, @roundId, @unitId, @personId, @appointmentId, @data, @previousHash, @hash)`,
    ),
    page: raw
      .prepare<[number, number], HashedText>(
        `SELECT seq, hash,
           previous_hash || json_array(seq, at, type, version, round_id, unit_id, person_id, appointment_id, data)
         FROM events WHERE seq > ? ORDER BY seq LIMIT ?`,
      )
      .raw(),
    secret: raw.prepare<[string], string>('SELECT value FROM installation WHERE name = ?').pluck(),
  }
}

export type LogProblem = { seq: number; what: 'changed' | 'missing' | 'chain-broken' | 'cut' }
type HashedRow = Omit<typeof events.$inferSelect, 'hash'>
/** `text`: what the hash is taken of. */
type HashedText = [seq: number, hash: string, text: string]

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
  for (;;) {
    const page = pageAfter(tx, after)
    for (const [seq, written, text] of page) {
      if (seq !== nextSeq) problems.push({ seq: nextSeq, what: 'missing' })
      if (!follows(text, previous)) problems.push({ seq, what: 'chain-broken' })
      if (hash('sha256', text) !== written && !fitsAsAppended(tx, seq)) problems.push({ seq, what: 'changed' })
      if (expected && seq === expected.seq) {
        expectedSeen = true
        if (written !== expected.hash) problems.push({ seq, what: 'cut' })
      }
      previous = written
      nextSeq = seq + 1
      after = seq
      rows += 1
    }
    if (page.length < PAGE) break
  }
  if (!expectedSeen && expected) problems.push({ seq: expected.seq, what: 'cut' })
  return { rows, head: previous, problems }
}

/** Written out by SQLite, which is faster than to fetch every column. */
function pageAfter(tx: Tx, after: number): HashedText[] {
  try {
    return preparedOn(tx, logStatements).page.all(after, PAGE)
  } catch {
    // Somebody has put bytes where text belongs: there is no JSON for them.
    return rowsAfter(tx, { after, limit: PAGE }).map((row) => [row.seq, row.hash, textOfRow(row)])
  }
}

const follows = (text: string, previous: string): boolean => text.startsWith(previous) && text[previous.length] === '['

/** What SQLite writes otherwise than JSON.stringify is not therefore changed. */
function fitsAsAppended(tx: Tx, seq: number): boolean {
  const [row] = rowsAfter(tx, { after: seq - 1, limit: 1 })
  return row?.seq === seq && hashOfRow(row) === row.hash
}

function rowsAfter(tx: Tx, input: { after: number; limit: number }): (typeof events.$inferSelect)[] {
  const { after, limit } = input
  return tx.select().from(events).where(gt(events.seq, after)).orderBy(asc(events.seq)).limit(limit).all()
}

/** Hash of a row with everything in it and its forerunner's hash: what the next row names. */
export function hashOfRow(row: HashedRow): string {
  return hash('sha256', textOfRow(row))
}

function textOfRow(row: HashedRow): string {
  const { seq, at, type, version, roundId, unitId, personId, appointmentId, data } = row
  return row.previousHash + JSON.stringify([seq, at, type, version, roundId, unitId, personId, appointmentId, data])
}

const PUPIL_KEY = 'pupil-hash-key'

/** Stands for a pupil in the log: erasing the key or the pupil's row leaves the chain whole and the person unknown. */
export function pupilHash(tx: Tx, pupilKey: string): string {
  let key = preparedOn(tx, logStatements).secret.get(PUPIL_KEY)
  if (!key) {
    key = randomBytes(32).toString('base64')
    tx.insert(installation).values({ name: PUPIL_KEY, value: key }).run()
  }
  return createHmac('sha256', Buffer.from(key, 'base64')).update(pupilKey).digest('base64url').slice(0, 22)
}
