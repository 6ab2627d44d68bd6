import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { pupilChanges, pupils } from '../db/schema.ts'
import type { judgeRoster } from './rules/roster/judge-roster.ts'

type Judged = ReturnType<typeof judgeRoster>
type JudgedPupil = Judged['pupils'][number]
export type ReadFacts = { readAt: Instant; editedAt: Instant | null; lastEditor: string | null }
export type StoredPupil = Pick<typeof pupils.$inferSelect, 'id' | 'key' | 'rowHash' | 'row' | 'goneAt'>

export function storedPupils(tx: Tx, roundId: RoundId, institutionId: UnitId): Map<string, StoredPupil> {
  const rows = tx
    .select({ id: pupils.id, key: pupils.key, rowHash: pupils.rowHash, row: pupils.row, goneAt: pupils.goneAt })
    .from(pupils)
    .where(and(eq(pupils.roundId, roundId), eq(pupils.institutionId, institutionId)))
    .all()
  return new Map(rows.map((row) => [row.key, row]))
}

/** Writes every judged pupil with its provenance (R39); `seen` holds the keys that still stand in the sheet. */
export function writePupils(
  tx: Tx,
  input: {
    roundId: RoundId
    institutionId: UnitId
    judged: Judged
    read: ReadFacts
    stored: Map<string, StoredPupil>
    previousReadAt: Instant | null
  },
): { seen: Set<string>; added: number; updated: number } {
  const { roundId, institutionId, read, stored } = input
  const seen = new Set<string>()
  let added = 0
  let updated = 0
  const statements = pupilStatements(tx)
  const provenance = { previousReadAt: input.previousReadAt, readAt: read.readAt, lastEditor: read.lastEditor }
  for (const pupil of input.judged.pupils) {
    seen.add(pupil.key)
    const rowHash = hashOfPupil(pupil)
    const known = stored.get(pupil.key)
    if (known && known.rowHash === rowHash && known.row === pupil.row && known.goneAt === null) continue
    const values = { ...columnsOf(pupil), rowHash, changedAt: read.readAt }
    if (!known) {
      const { lastInsertRowid } = statements.insert.run({
        ...values,
        roundId,
        institutionId,
        key: pupil.key,
        firstSeenAt: read.readAt,
      })
      statements.change.run({ pupilId: Number(lastInsertRowid), change: 'first_seen', ...provenance })
      added += 1
      continue
    }
    tx.update(pupils)
      .set({ ...values, goneAt: null })
      .where(eq(pupils.id, known.id))
      .run()
    if (known.goneAt === null && known.rowHash === rowHash) continue
    statements.change.run({ pupilId: known.id, change: known.goneAt === null ? 'changed' : 'returned', ...provenance })
    updated += 1
  }
  for (const key of keysOfBrokenRows(input.judged)) seen.add(key)
  return { seen, added, updated }
}

function columnsOf(pupil: JudgedPupil) {
  const { row, numberKind, grade, sex, status, counts } = pupil
  return { row, numberKind, grade, sex, status, counts, data: pupil }
}

/** Prepared once per roster: building the same statement for every row costs ten times its execution. */
function pupilStatements(tx: Tx) {
  const { placeholder } = sql
  const insert = tx
    .insert(pupils)
    .values({
      roundId: placeholder('roundId'),
      institutionId: placeholder('institutionId'),
      key: placeholder('key'),
      numberKind: placeholder('numberKind'),
      row: placeholder('row'),
      rowHash: placeholder('rowHash'),
      data: placeholder('data'),
      grade: placeholder('grade'),
      sex: placeholder('sex'),
      status: placeholder('status'),
      counts: placeholder('counts'),
      firstSeenAt: placeholder('firstSeenAt'),
      changedAt: placeholder('changedAt'),
    })
    .prepare()
  const change = tx
    .insert(pupilChanges)
    .values({
      pupilId: placeholder('pupilId'),
      change: placeholder('change'),
      previousReadAt: placeholder('previousReadAt'),
      readAt: placeholder('readAt'),
      lastEditor: placeholder('lastEditor'),
    })
    .prepare()
  return { insert, change }
}

/** A row with an error still shows that its pupil was not taken out: it must not count as missing. */
function keysOfBrokenRows(judged: Judged): string[] {
  return judged.keysInErrorRows
}

/** Row numbers do not count: people sort. */
function hashOfPupil(pupil: JudgedPupil): string {
  const { row: _row, ...rest } = pupil
  return createHash('sha256').update(JSON.stringify(rest)).digest('base64url')
}

export function markGone(
  tx: Tx,
  input: { missing: StoredPupil[]; read: ReadFacts; previousReadAt: Instant | null },
): void {
  for (const row of input.missing) {
    tx.update(pupils).set({ goneAt: input.read.readAt }).where(eq(pupils.id, row.id)).run()
    tx.insert(pupilChanges)
      .values({
        pupilId: row.id,
        change: 'gone',
        previousReadAt: input.previousReadAt,
        readAt: input.read.readAt,
        lastEditor: input.read.lastEditor,
      })
      .run()
  }
}
