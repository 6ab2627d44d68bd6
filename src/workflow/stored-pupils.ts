import type Database from 'better-sqlite3'
import type { Instant, PupilId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { Pupil } from './rules/roster/pupil.ts'
import type { KnownPupil } from './rules/roster/same-pupil.ts'

export type StoredPupil = { id: PupilId; key: string; rowHash: string; row: number; goneAt: Instant | null }
type RosterRef = { roundId: RoundId; institutionId: UnitId }

/** Everybody who ever stood in this roster, by number; without the judged rows themselves, which are most of the bytes. */
export function storedPupils(tx: Tx, ref: RosterRef): Map<string, StoredPupil> {
  const rows = preparedOn(tx, storedStatements).all.all(ref.roundId, ref.institutionId)
  return new Map(rows.map((row) => [row.key, row]))
}

/** What tells one person from another, of these pupils alone. */
export function personsOf(tx: Tx, stored: readonly StoredPupil[]): KnownPupil[] {
  const { data } = preparedOn(tx, storedStatements)
  return stored.flatMap(({ id, key }) => {
    const text = data.get(id)
    if (text === undefined) return []
    const { numberKind, firstName, lastName, birthDate } = JSON.parse(text) as Pupil
    return [{ id, key, numberKind, firstName, lastName, birthDate }]
  })
}

/** Former numbers of the pupils present in a roster, each with who had it. */
export function formerNumbers(tx: Tx, ref: RosterRef): { id: PupilId; formerKey: string }[] {
  return preparedOn(tx, storedStatements).former.all(ref.roundId, ref.institutionId)
}

function storedStatements(raw: Database.Database) {
  return {
    all: raw.prepare<[RoundId, UnitId], StoredPupil>(
      `SELECT id, key, row_hash AS rowHash, row, gone_at AS goneAt FROM pupils WHERE round_id = ? AND institution_id = ?`,
    ),
    data: raw.prepare<[PupilId], string>('SELECT data FROM pupils WHERE id = ?').pluck(),
    former: raw.prepare<[RoundId, UnitId], { id: PupilId; formerKey: string }>(
      `SELECT p.id, c.former_key AS formerKey FROM pupils p JOIN pupil_changes c ON c.pupil_id = p.id
       WHERE p.round_id = ? AND p.institution_id = ? AND p.gone_at IS NULL AND c.change = 'new_number' ORDER BY c.id`,
    ),
  }
}
