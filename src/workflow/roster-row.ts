import type Database from 'better-sqlite3'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { RosterTotals } from './rules/roster/roster-totals.ts'
import type { ReadFacts } from './write-pupils.ts'

type RosterRef = { roundId: RoundId; institutionId: UnitId }
type RosterBefore = { version: number; contentHash: string; totals: string; readAt: Instant }

export function rosterBefore(tx: Tx, ref: RosterRef): RosterBefore | null {
  return preparedOn(tx, rosterStatements).before.get(ref.roundId, ref.institutionId) ?? null
}

/** The same cells may be judged otherwise: by a newer program, or when last round's pupils are carried in later. */
export function isSameFigures(before: RosterBefore, totals: RosterTotals): boolean {
  return before.totals === JSON.stringify(totals)
}

/** What was never confirmed cannot have drifted: most reads of a round need not ask further. */
export function wasEverConfirmed(tx: Tx, ref: RosterRef): boolean {
  return preparedOn(tx, rosterStatements).confirmed.get(ref.roundId, ref.institutionId) !== undefined
}

export function touchRead(tx: Tx, input: RosterRef & { read: ReadFacts }): void {
  const { readAt, editedAt, lastEditor } = input.read
  preparedOn(tx, rosterStatements).touch.run(readAt, editedAt, lastEditor, input.roundId, input.institutionId)
}

/** What the sheet says now, and by which read it came (R39). */
export function writeRoster(
  tx: Tx,
  input: RosterRef & {
    version: number
    contentHash: string
    judged: { totals: RosterTotals }
    read: ReadFacts
    previousReadAt: Instant | null
  },
): void {
  const { roundId, institutionId, version, contentHash, previousReadAt } = input
  const { readAt, editedAt, lastEditor } = input.read
  const { totals } = input.judged
  const { counted, errors, unexplainedWarnings } = totals
  const statements = preparedOn(tx, rosterStatements)
  statements.write.run({
    roundId,
    institutionId,
    version,
    contentHash,
    counted,
    errors,
    unexplainedWarnings,
    totals: JSON.stringify(totals),
    readAt,
    editedAt,
    lastEditor,
  })
  statements.read.run({ roundId, institutionId, readAt, previousReadAt, editedAt, lastEditor })
}

function rosterStatements(raw: Database.Database) {
  return {
    before: raw.prepare<[RoundId, UnitId], RosterBefore>(
      `SELECT version, content_hash AS contentHash, totals, read_at AS readAt
       FROM rosters WHERE round_id = ? AND institution_id = ?`,
    ),
    confirmed: raw.prepare<[RoundId, UnitId], 1>(
      `SELECT 1 FROM confirmations WHERE round_id = ? AND unit_id = ? AND component = 'roster' LIMIT 1`,
    ),
    touch: raw.prepare<[Instant, Instant | null, string | null, RoundId, UnitId]>(
      'UPDATE rosters SET read_at = ?, edited_at = ?, last_editor = ? WHERE round_id = ? AND institution_id = ?',
    ),
    write: raw.prepare<Record<string, string | number | null>>(
      `INSERT INTO rosters (round_id, institution_id, version, content_hash, counted, errors, unexplained_warnings, totals,
         read_at, edited_at, last_editor, changed_at)
       VALUES (@roundId, @institutionId, @version, @contentHash, @counted, @errors, @unexplainedWarnings, @totals,
         @readAt, @editedAt, @lastEditor, @readAt)
       ON CONFLICT (round_id, institution_id) DO UPDATE SET
         version = excluded.version, content_hash = excluded.content_hash, counted = excluded.counted,
         errors = excluded.errors, unexplained_warnings = excluded.unexplained_warnings, totals = excluded.totals,
         read_at = excluded.read_at, edited_at = excluded.edited_at, last_editor = excluded.last_editor,
         changed_at = excluded.changed_at`,
    ),
    read: raw.prepare<Record<string, string | number | null>>(
      `INSERT INTO roster_reads (round_id, institution_id, read_at, previous_read_at, edited_at, last_editor)
       VALUES (@roundId, @institutionId, @readAt, @previousReadAt, @editedAt, @lastEditor)
       ON CONFLICT (round_id, institution_id, read_at) DO NOTHING`,
    ),
  }
}
