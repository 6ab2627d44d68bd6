import { refusalWords } from '../../src/bot/words/refusals.ts'
import type { Instant } from '../../src/db/ids.ts'
import type { OpenDatabase } from '../../src/db/open.ts'
import { transact } from '../../src/db/open.ts'
import { replayDifferences } from '../../src/workflow/compare-replay.ts'
import { verifyLog } from '../../src/workflow/event-log.ts'
import type { Refusal } from '../../src/workflow/rules/refusal.ts'
import { unsettledLocks } from '../../src/workflow/settle-locks.ts'
import { lockOf } from '../../src/workflow/sheet-lock.ts'

/** What must hold of every database at every moment, each as a question whose answer lists what breaks it. */
export type Invariant = { name: string; broken: (database: OpenDatabase, now: Instant) => string[] }

/** Written in SQL, apart from the product's own reading of its tables: the two must not share a mistake. */
const inSql = (name: string, sql: string): Invariant => ({
  name,
  broken: ({ raw }, now) =>
    raw
      .prepare(sql)
      .all(sql.includes('@now') ? { now } : {})
      .map((row) => JSON.stringify(row)),
})

/** An institution that its LAO's overview did not cover when it was confirmed: added, moved in or spared until then. */
const CAME_LATER = `(u.opened_at >= c.committed_at
  OR EXISTS (SELECT 1 FROM unit_changes x WHERE x.unit_id = u.id AND x.what = 'moved' AND x.to_parent_id = c.unit_id AND x.recorded_at >= c.committed_at)
  OR EXISTS (SELECT 1 FROM events e WHERE e.type = 'not-required-set' AND e.unit_id = u.id AND e.round_id = c.round_id AND e.seq < c.event_seq))`

/** Asked after every step. */
export const CHEAP: Invariant[] = [
  inSql(
    'what an overview was confirmed on stands confirmed, but for what closed or moved away',
    `SELECT c.receipt_number, json_extract(r.value, '$.unitId') AS child, child.confirmation_id, json_extract(r.value, '$.confirmationId') AS was
     FROM component_states s JOIN confirmations c ON c.id = s.confirmation_id JOIN snapshots n ON n.id = c.snapshot_id
     JOIN json_each(n.rows) r JOIN units u ON u.id = json_extract(r.value, '$.unitId')
     LEFT JOIN component_states child ON child.round_id = s.round_id AND child.unit_id = u.id AND child.component = 'roster'
     WHERE s.component = 'overview' AND u.closed_at IS NULL AND u.parent_id = s.unit_id
       AND NOT EXISTS (SELECT 1 FROM unit_changes x WHERE x.unit_id = u.id AND x.what = 'moved' AND x.recorded_at >= c.committed_at)
       AND child.confirmation_id IS NOT json_extract(r.value, '$.confirmationId')`,
  ),
  inSql(
    'no open required institution stands below a confirmed overview, but for one that came later',
    `SELECT c.receipt_number, u.id AS child
     FROM component_states s JOIN confirmations c ON c.id = s.confirmation_id
     JOIN units u ON u.parent_id = s.unit_id AND u.level = 'institution' AND u.closed_at IS NULL
     LEFT JOIN component_states child ON child.round_id = s.round_id AND child.unit_id = u.id AND child.component = 'roster'
     JOIN rounds r ON r.id = s.round_id
     WHERE s.component = 'overview' AND s.state = 'confirmed' AND r.active AND coalesce(child.state, 'open') <> 'confirmed'
       AND NOT (child.state IS 'not_required' AND NOT EXISTS (SELECT 1 FROM rosters q WHERE q.round_id = s.round_id AND q.institution_id = u.id AND q.counted > 0))
       AND NOT ${CAME_LATER}`,
  ),
  inSql(
    'what a province was confirmed on stands confirmed, but for an LAO that closed or moved away',
    `SELECT c.receipt_number, r.value FROM component_states s
     JOIN confirmations c ON c.id = s.confirmation_id JOIN snapshots n ON n.id = c.snapshot_id
     JOIN json_each(n.rows) r JOIN units u ON u.id = json_extract(r.value, '$.unitId')
     LEFT JOIN component_states o ON o.round_id = s.round_id AND o.unit_id = u.id AND o.component = 'overview'
     LEFT JOIN component_states k ON k.round_id = s.round_id AND k.unit_id = u.id AND k.component = 'other_counts'
     WHERE s.component = 'province' AND u.closed_at IS NULL AND u.parent_id = s.unit_id
       AND NOT EXISTS (SELECT 1 FROM unit_changes x WHERE x.unit_id = u.id AND x.what = 'moved' AND x.recorded_at >= c.committed_at)
       AND ((json_extract(r.value, '$.overviewConfirmationId') IS NOT NULL AND o.confirmation_id IS NOT json_extract(r.value, '$.overviewConfirmationId'))
         OR (json_extract(r.value, '$.otherCountsConfirmationId') IS NOT NULL AND k.confirmation_id IS NOT json_extract(r.value, '$.otherCountsConfirmationId')))`,
  ),
  inSql(
    'a confirmed component names the confirmation that holds, and any other none',
    `SELECT s.unit_id, s.component, s.state, s.confirmation_id FROM component_states s
     LEFT JOIN confirmations c ON c.id = s.confirmation_id
     WHERE (s.state = 'confirmed') <> (s.confirmation_id IS NOT NULL)
       OR (c.id IS NOT NULL AND (c.cancelled_at IS NOT NULL OR c.unit_id <> s.unit_id OR c.component <> s.component OR c.round_id <> s.round_id))`,
  ),
  inSql(
    'the reported figure is the last one that was confirmed',
    `SELECT c.unit_id, c.component, max(c.id) AS last, s.reported_confirmation_id FROM confirmations c
     LEFT JOIN component_states s ON s.round_id = c.round_id AND s.unit_id = c.unit_id AND s.component = c.component
     GROUP BY c.round_id, c.unit_id, c.component HAVING max(c.id) IS NOT s.reported_confirmation_id`,
  ),
  inSql(
    'at most one confirmation of a component is not cancelled, but for a unit that closed',
    `SELECT c.unit_id, c.component, count(*) AS standing FROM confirmations c JOIN units u ON u.id = c.unit_id
     WHERE c.cancelled_at IS NULL AND u.closed_at IS NULL GROUP BY c.round_id, c.unit_id, c.component HAVING count(*) > 1`,
  ),
  inSql(
    'receipts of a round are numbered 1, 2, 3 … in the order of their confirmation',
    `SELECT id, receipt_number FROM (
       SELECT c.id, c.receipt_number, r.code || '-' || substr('000000' || row_number() OVER (PARTITION BY c.round_id ORDER BY c.id), -6) AS due
       FROM confirmations c JOIN rounds r ON r.id = c.round_id) WHERE receipt_number <> due`,
  ),
  inSql(
    'every confirmation has a snapshot of its own, of the same component, that nothing cites twice',
    `SELECT c.id FROM confirmations c LEFT JOIN snapshots n ON n.id = c.snapshot_id
     WHERE n.id IS NULL OR n.unit_id <> c.unit_id OR n.component <> c.component OR n.round_id <> c.round_id
       OR (SELECT count(*) FROM confirmations o WHERE o.snapshot_id = c.snapshot_id) > 1`,
  ),
  inSql(
    'a roster figure is the number of its rows that count',
    `SELECT n.id, n.counted FROM snapshots n WHERE n.component = 'roster'
       AND n.counted <> (SELECT count(*) FROM json_each(n.rows) r WHERE json_extract(r.value, '$.counts'))`,
  ),
  inSql(
    'an overview figure is the sum of the institutions in it',
    `SELECT n.id, n.counted FROM snapshots n WHERE n.component = 'overview'
       AND n.counted <> (SELECT coalesce(sum(json_extract(r.value, '$.counted')), 0) FROM json_each(n.rows) r)`,
  ),
  inSql(
    'who confirmed had attested exactly this content before',
    `SELECT c.receipt_number FROM confirmations c JOIN snapshots n ON n.id = c.snapshot_id WHERE c.component IN ('roster', 'overview')
       AND NOT EXISTS (SELECT 1 FROM attestations a WHERE a.round_id = c.round_id AND a.unit_id = c.unit_id AND a.component = c.component
         AND a.appointment_id = c.appointment_id AND a.content_hash = n.hash AND a.at <= c.committed_at)`,
  ),
  inSql(
    'who confirmed was an officer of the unit, appointed when it was tapped',
    `SELECT c.receipt_number FROM confirmations c JOIN appointments a ON a.id = c.appointment_id
     WHERE a.unit_id <> c.unit_id OR a.role <> 'officer' OR a.person_id <> c.person_id OR a.valid_from > c.tapped_at
       OR a.valid_to < c.tapped_at OR (a.valid_to = c.tapped_at AND EXISTS (
         SELECT 1 FROM events e WHERE e.type = 'appointment-ended' AND json_extract(e.data, '$.of') = a.id AND e.seq < c.event_seq))`,
  ),
  inSql(
    'a second person who certified is somebody else, appointed for it',
    `SELECT c.receipt_number FROM confirmations c LEFT JOIN appointments a ON a.id = c.certifier_appointment_id
     WHERE c.certifier_person_id IS NOT NULL AND (c.certifier_person_id = c.person_id OR a.role IS NOT 'certifier' OR a.unit_id IS NOT c.unit_id)`,
  ),
  inSql(
    'where a second person certifies, nobody confirms alone',
    `SELECT c.receipt_number FROM confirmations c WHERE c.component = 'roster' AND c.certifier_person_id IS NULL
       -- A late tap that was accepted is judged as it was made.
       AND NOT EXISTS (SELECT 1 FROM confirm_runs r WHERE r.held_act_id IS NOT NULL AND json_extract(r.outcome, '$.confirmationId') = c.id)
       AND (SELECT json_extract(e.data, '$.on') FROM events e
         WHERE e.type = 'certifier-switched' AND e.unit_id = c.unit_id AND e.seq < c.event_seq ORDER BY e.seq DESC LIMIT 1) = 1`,
  ),
  inSql(
    'a confirmation is dated within its window, with the extensions that were known when it was committed',
    `SELECT receipt_number, tapped_at, closes_at FROM (
       SELECT c.receipt_number, c.tapped_at, r.confirming_opens_at,
         max(CASE c.component WHEN 'province' THEN r.closes_at ELSE r.recording_closes_at END, coalesce((
           SELECT max(CASE WHEN x.at IS NOT NULL AND x.at <= c.committed_at THEN min(e.until, x.at) ELSE e.until END) FROM extensions e
           LEFT JOIN extension_endings x ON x.extension_id = e.id
           WHERE e.round_id = c.round_id AND e.created_at <= c.committed_at), 0), coalesce((
           SELECT max(h.above_until) FROM held_acts h WHERE c.component IN ('overview', 'province') AND h.round_id = c.round_id
             AND h.state = 'accepted' AND h.decided_at <= c.committed_at), 0)) AS closes_at
       FROM confirmations c JOIN rounds r ON r.id = c.round_id)
     WHERE tapped_at < confirming_opens_at OR tapped_at >= closes_at`,
  ),
  inSql(
    'a confirmation after its due instant says so, and no other does',
    `SELECT c.receipt_number, c.tapped_at, c.after_due_at FROM confirmations c JOIN rounds r ON r.id = c.round_id
     WHERE c.after_due_at IS NOT CASE WHEN c.tapped_at >= (CASE c.component WHEN 'roster' THEN r.institution_due_at WHEN 'overview' THEN r.lao_due_at
         WHEN 'other_counts' THEN r.other_counts_due_at ELSE r.province_due_at END)
       THEN (CASE c.component WHEN 'roster' THEN r.institution_due_at WHEN 'overview' THEN r.lao_due_at
         WHEN 'other_counts' THEN r.other_counts_due_at ELSE r.province_due_at END) END`,
  ),
  inSql(
    'one cancelling undoes the asked component and those above it, never a sibling',
    `SELECT e.seq FROM events e JOIN reopening_requests q ON q.id = json_extract(e.data, '$.requestId') WHERE e.type = 'cancelled'
       AND NOT (e.unit_id = q.unit_id AND json_extract(e.data, '$.component') = q.component)
       AND NOT (json_extract(e.data, '$.component') = 'overview' AND q.component = 'roster' AND (SELECT level FROM units WHERE id = e.unit_id) = 'lao')
       AND NOT (json_extract(e.data, '$.component') = 'province' AND q.component <> 'province')`,
  ),
  inSql(
    'a waiting request is about a confirmation that stands',
    `SELECT q.id FROM reopening_requests q JOIN component_states s ON s.round_id = q.round_id AND s.unit_id = q.unit_id AND s.component = q.component
     JOIN units u ON u.id = q.unit_id
     WHERE q.state = 'waiting' AND (s.confirmation_id IS NOT q.confirmation_id OR q.waiting_at_unit_id IS NULL OR u.closed_at IS NOT NULL)`,
  ),
  inSql(
    'a request waits at the unit itself no more and at a level above it only',
    `SELECT q.id FROM reopening_requests q JOIN units u ON u.id = q.unit_id LEFT JOIN units p ON p.id = u.parent_id LEFT JOIN units g ON g.id = p.parent_id
     WHERE (q.state = 'waiting' AND q.waiting_at_unit_id NOT IN (coalesce(u.parent_id, 0), coalesce(p.parent_id, 0), coalesce(g.parent_id, 0)))
       OR (q.state <> 'waiting' AND q.waiting_at_unit_id IS NOT NULL)`,
  ),
  inSql(
    'at most one sequence of a unit is under way',
    `SELECT unit_id FROM confirm_runs WHERE step <> 'done' GROUP BY unit_id HAVING count(*) > 1`,
  ),
  inSql(
    'nothing is queued for nobody',
    `SELECT o.id FROM outbox o LEFT JOIN people p ON p.id = o.person_id
     WHERE o.state <> 'unreachable' AND (
       o.line_user_id IS NULL OR o.line_user_id = '' OR (o.person_id IS NOT NULL AND p.line_user_id IS NOT o.line_user_id))`,
  ),
  inSql(
    'a sheet whose component is confirmed is to be locked',
    `SELECT f.unit_id FROM sheet_files f JOIN component_states s ON s.round_id = f.round_id AND s.unit_id = f.unit_id
       AND s.component = CASE f.kind WHEN 'roster' THEN 'roster' ELSE 'other_counts' END
     WHERE s.state = 'confirmed' AND NOT f.lock_wanted`,
  ),
  inSql('exactly one round is active', `SELECT count(*) AS active FROM rounds WHERE active HAVING count(*) <> 1`),
]

/** One event for each act and one act for each event: both counted over the whole history. */
const ONCE: [name: string, acts: string, types: string][] = [
  ['confirmation', 'SELECT event_seq FROM confirmations', 'confirmed'],
  ['attestation', 'SELECT id FROM attestations', 'existence-attested'],
  ['cancelled confirmation', 'SELECT id FROM confirmations WHERE cancelled_at IS NOT NULL', 'cancelled'],
  ['extension', 'SELECT id FROM extensions', 'extension-granted'],
  ['end of an extension', 'SELECT id FROM extension_endings', 'extension-ended'],
  ['held act', 'SELECT id FROM held_acts', 'late-tap-held'],
  ['accepted act', `SELECT id FROM held_acts WHERE state = 'accepted'`, 'late-tap-accepted'],
  ['refused act', `SELECT id FROM held_acts WHERE state = 'refused'`, 'late-tap-refused'],
  ['hold', 'SELECT id FROM holds', 'hold-opened'],
  ['submission', 'SELECT id FROM submissions', 'confirm-submitted'],
  ['finding', 'SELECT id FROM findings', 'finding-recorded'],
  ['proposed deadline', 'SELECT id FROM agreements', 'agreement-proposed'],
  ['closing', `SELECT id FROM unit_changes WHERE what = 'closed'`, 'unit-closed'],
  ['merger', `SELECT id FROM unit_changes WHERE what = 'merged'`, 'unit-merged'],
  ['move', `SELECT id FROM unit_changes WHERE what = 'moved'`, 'unit-moved'],
  [
    'end of a duty',
    `SELECT id FROM appointments WHERE valid_to IS NOT NULL UNION ALL SELECT seq FROM events WHERE type = 'appointment-restored'`,
    'appointment-ended',
  ],
  ['closing taken back', `SELECT id FROM unit_changes WHERE what = 'reopened'`, 'unit-reopened'],
]

/** Asked now and then: they walk through everything. */
export const DEAR: Invariant[] = [
  {
    name: "the log's hashes verify",
    broken: ({ db }) => transact(db, (tx) => verifyLog(tx).problems.map((problem) => JSON.stringify(problem))),
  },
  inSql(
    'a receipt carries the hash of its own event',
    `SELECT c.receipt_number FROM confirmations c LEFT JOIN events e ON e.seq = c.event_seq
     WHERE e.hash IS NOT c.head_hash OR e.type IS NOT 'confirmed' OR json_extract(e.data, '$.receiptNumber') IS NOT c.receipt_number
       OR e.person_id IS NOT c.person_id OR e.unit_id IS NOT c.unit_id`,
  ),
  {
    name: 'replaying the log gives the same state as the tables',
    broken: ({ db }) => transact(db, (tx) => replayDifferences(tx).map((difference) => JSON.stringify(difference))),
  },
  {
    name: 'every act is in the log exactly once',
    broken: ({ raw }) =>
      ONCE.flatMap(([name, acts, type]) => {
        const done = raw.prepare(`SELECT count(*) FROM (${acts})`).pluck().get()
        const said = raw.prepare('SELECT count(*) FROM events WHERE type = ?').pluck().get(type)
        return done === said ? [] : [`${name}: ${done} in the tables, ${said} in the log`]
      }),
  },
  inSql(
    'a button that was used once wrote its events once',
    `SELECT a.idempotency_key, b.idempotency_key AS other FROM commands a JOIN commands b ON a.idempotency_key < b.idempotency_key
     WHERE json_extract(a.result, '$.events[0]') <= json_extract(b.result, '$.events[1]') AND json_extract(b.result, '$.events[0]') <= json_extract(a.result, '$.events[1]')`,
  ),
  {
    name: 'the one rule of locks says the same of one sheet and of all',
    broken: ({ db, raw }, now) =>
      transact(db, (tx) => {
        const unsettled = new Map(unsettledLocks(tx, now, 10_000).map((lock) => [lock.id, lock.lockedFor]))
        const files = tx.query.sheetFiles.findMany().sync()
        return files.flatMap((file) => {
          const component = file.kind === 'roster' ? 'roster' : 'other_counts'
          const wanted = lockOf(tx, { roundId: file.roundId, unitId: file.unitId, component }, now)
          const asked = unsettled.has(file.id) ? unsettled.get(file.id) : file.lockWantedFor
          return asked === wanted ? [] : [`unit ${file.unitId}: ${asked} of all, ${wanted} of one`]
        })
      }).concat(raw.pragma('foreign_key_check') as string[]),
  },
]

export function brokenInvariants(
  database: OpenDatabase,
  invariants: readonly Invariant[],
  now: Instant,
): { name: string; what: string }[] {
  return invariants.flatMap(({ name, broken }) => broken(database, now).map((what) => ({ name, what })))
}

/** Every refusal has words that say what, why and the next step. */
export function unspoken(refusal: Refusal): string | null {
  const { title, why, next } = refusalWords(refusal)
  const whole = `${title} ${why} ${next}`
  const mute = [title, why, next].some((part) => part.trim() === '') || /undefined|NaN|null|Invalid/.test(whole)
  return mute ? `${refusal.why}: ${whole}` : null
}
