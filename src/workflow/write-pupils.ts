import { hash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { Instant, PupilId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { judgeRoster } from './rules/roster/judge-roster.ts'
import type { Pupil } from './rules/roster/pupil.ts'
import type { StoredPupil } from './stored-pupils.ts'
import type { WhoStandsThere } from './who-stands-there.ts'

export type ReadFacts = { readAt: Instant; editedAt: Instant | null; lastEditor: string | null }
type Change = 'changed' | 'gone' | 'returned' | 'new_number'
type Provenance = Pick<ReadFacts, 'readAt' | 'lastEditor'> & { previousReadAt: Instant | null }

/** Writes every judged pupil; each that is not as it was gets a line of provenance (R39). */
export function writePupils(
  tx: Tx,
  input: {
    roundId: RoundId
    institutionId: UnitId
    judged: ReturnType<typeof judgeRoster>
    read: ReadFacts
    stored: ReadonlyMap<string, StoredPupil>
    found: Pick<WhoStandsThere, 'renumbered' | 'merged'>
    previousReadAt: Instant | null
  },
): { added: number; updated: number } {
  const { roundId, institutionId, stored, found } = input
  const { readAt, lastEditor } = input.read
  const provenance = { previousReadAt: input.previousReadAt, readAt, lastEditor }
  const statements = preparedOn(tx, pupilStatements)
  let added = 0
  let updated = 0
  for (const pupil of input.judged.pupils) {
    const known = stored.get(pupil.key) ?? found.renumbered.get(pupil.key)
    const data = JSON.stringify(pupil)
    const rowHash = hashOfPupil(pupil, data)
    if (!known) {
      statements.insert.run(roundId, institutionId, ...columnsOf(pupil), rowHash, data, readAt, readAt)
      added += 1
      continue
    }
    const back = known.goneAt !== null
    if (!back && known.rowHash === rowHash) {
      if (known.row !== pupil.row) statements.move.run(pupil.row, data, known.id)
      continue
    }
    statements.update.run(...columnsOf(pupil), rowHash, data, readAt, known.id)
    if (back) writeChange(tx, { pupilId: known.id, change: 'returned', ...provenance })
    const former = known.key === pupil.key ? found.merged.get(pupil.key) : known
    if (former) writeChange(tx, { pupilId: known.id, change: 'new_number', formerKey: former.key, ...provenance })
    else if (!back) writeChange(tx, { pupilId: known.id, change: 'changed', ...provenance })
    updated += 1
  }
  return { added, updated }
}

/** Sorting changes no content; the rows where pupils stand now are kept all the same. */
export function moveRows(tx: Tx, input: { pupils: readonly Pupil[]; stored: ReadonlyMap<string, StoredPupil> }): void {
  const { move } = preparedOn(tx, pupilStatements)
  for (const pupil of input.pupils) {
    const known = input.stored.get(pupil.key)
    if (known && known.row !== pupil.row) move.run(pupil.row, JSON.stringify(pupil), known.id)
  }
}

export function markGone(tx: Tx, input: { pupilIds: readonly PupilId[] } & Provenance): void {
  const { pupilIds, ...provenance } = input
  const { gone } = preparedOn(tx, pupilStatements)
  for (const pupilId of pupilIds) {
    gone.run(input.readAt, pupilId)
    writeChange(tx, { pupilId, change: 'gone', ...provenance })
  }
}

function writeChange(tx: Tx, input: { pupilId: PupilId; change: Change; formerKey?: string } & Provenance): void {
  const { pupilId, change, previousReadAt, readAt, lastEditor, formerKey = null } = input
  preparedOn(tx, pupilStatements).change.run(pupilId, change, previousReadAt, readAt, lastEditor, formerKey)
}

type Columns = [key: string, kind: string, row: number, grade: string, sex: string, status: string, counts: 0 | 1]

function columnsOf(pupil: Pupil): Columns {
  const { key, numberKind, row, grade, sex, status, counts } = pupil
  return [key, numberKind, row, grade, sex, status, counts ? 1 : 0]
}

/** Row numbers do not count: people sort. `data` is the pupil as JSON: it is not written out twice where the row leads. */
function hashOfPupil(pupil: Pupil, data: string): string {
  const lead = `{"row":${pupil.row},`
  if (data.startsWith(lead)) return hash('sha256', data.slice(lead.length), 'base64url')
  const { row: _row, ...rest } = pupil
  return hash('sha256', JSON.stringify(rest).slice(1), 'base64url')
}

function pupilStatements(raw: Database.Database) {
  return {
    insert: raw.prepare<[RoundId, UnitId, ...Columns, string, string, Instant, Instant]>(
      `INSERT INTO pupils (round_id, institution_id, key, number_kind, row, grade, sex, status, counts, row_hash, data,
         first_seen_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    update: raw.prepare<[...Columns, string, string, Instant, PupilId]>(
      `UPDATE pupils SET key = ?, number_kind = ?, row = ?, grade = ?, sex = ?, status = ?, counts = ?, row_hash = ?, data = ?,
         changed_at = ?, gone_at = NULL WHERE id = ?`,
    ),
    move: raw.prepare<[number, string, PupilId]>('UPDATE pupils SET row = ?, data = ? WHERE id = ?'),
    gone: raw.prepare<[Instant, PupilId]>('UPDATE pupils SET gone_at = ? WHERE id = ?'),
    change: raw.prepare<[PupilId, Change, Instant | null, Instant, string | null, string | null]>(
      `INSERT INTO pupil_changes (pupil_id, change, previous_read_at, read_at, last_editor, former_key)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
  }
}
