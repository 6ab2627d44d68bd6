import { setTimeout as wait } from 'node:timers/promises'
import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { RoundId, UnitId } from '../db/ids.ts'
import { type Tx, transact } from '../db/open.ts'
import { otherInstitutions, type SheetFileKind, sheetFiles, units } from '../db/schema.ts'
import { otherInstitutionsOf } from '../workflow/record-counts.ts'
import { roundById } from '../workflow/rounds.ts'
import type { InstitutionKind } from '../workflow/rules/roster/columns.ts'
import { type Unit, unitById } from '../workflow/unit.ts'
import { countsTemplate } from './counts-template.ts'
import { createFile } from './create-file.ts'
import type { FileTemplate } from './file-template.ts'
import { nextMinute } from './quota.ts'
import { rosterTemplate } from './roster-template.ts'
import { type Shared, shareFile } from './share-file.ts'
import type { SheetDeps, SheetFile } from './sheet-deps.ts'

export type Provisioned =
  | { ok: true; spreadsheetId: string; created: boolean; shared: Shared }
  | { ok: false; why: 'no-sheet-needed' }

/**
 * Sees to it that a unit has its spreadsheet for the round and that its officers may edit it. Safe to repeat and to kill at
 * any point. Which units need one: institutions a roster, LAOs with other-affiliation institutions a counts sheet.
 */
export async function provisionUnit(
  deps: SheetDeps,
  input: { unitId: UnitId; roundId: RoundId },
): Promise<Provisioned> {
  const planned = transact(deps.db, (tx) => planFile(tx, { ...input, now: deps.clock.now() }))
  if (!planned) return { ok: false, why: 'no-sheet-needed' }
  const created = planned.file.state === 'creating'
  if (created) await createFile(deps, planned)
  const file = fileById(deps, planned.file)
  const shared = file.state === 'ok' ? await shareFile(deps, file) : { answers: [], removed: [] }
  if (created) deps.log.info({ unitId: input.unitId, kind: file.kind }, 'sheet created')
  return { ok: true, spreadsheetId: file.spreadsheetId ?? '', created, shared }
}

/** One unit after another; a unit that fails is reported and does not keep the others waiting. */
export async function provisionAll(
  deps: SheetDeps,
  input: {
    roundId: RoundId
    signal?: AbortSignal
    onProgress?: (told: { done: number; of: number; unitId: UnitId; outcome: Provisioned | { error: unknown } }) => void
  },
): Promise<{ created: number; failed: UnitId[] }> {
  const unitIds = transact(deps.db, (tx) => unitsWithSheets(tx, deps.clock.now()))
  const failed: UnitId[] = []
  let created = 0
  for (const [index, unitId] of unitIds.entries()) {
    if (input.signal?.aborted) break
    const tell = (outcome: Provisioned | { error: unknown }) =>
      input.onProgress?.({ done: index + 1, of: unitIds.length, unitId, outcome })
    try {
      const outcome = await withinQuota(deps, () => provisionUnit(deps, { unitId, roundId: input.roundId }))
      if (outcome.ok && outcome.created) created += 1
      tell(outcome)
    } catch (error) {
      failed.push(unitId)
      tell({ error })
    }
  }
  return { created, failed }
}

const QUOTA_TRIES = 3

/** Waits for the next minute's budget where the minute's is used up. */
async function withinQuota<T>(deps: SheetDeps, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'quota' || tries >= QUOTA_TRIES) throw error
      const now = deps.clock.platformNow()
      await wait(nextMinute(now) - now)
    }
  }
}

/** Institutions, and LAOs with other-affiliation institutions, that exist at `now`. */
export function unitsWithSheets(tx: Tx, now: number): UnitId[] {
  const laosWithOthers = tx
    .select({ id: otherInstitutions.laoId })
    .from(otherInstitutions)
    .where(isNull(otherInstitutions.closedAt))
  const rows = tx
    .select({ id: units.id })
    .from(units)
    .where(
      and(
        or(isNull(units.closedAt), gt(units.closedAt, now)),
        or(eq(units.level, 'institution'), and(eq(units.level, 'lao'), inArray(units.id, laosWithOthers))),
      ),
    )
    .orderBy(units.id)
    .all()
  return rows.map((row) => row.id)
}

function planFile(
  tx: Tx,
  input: { unitId: UnitId; roundId: RoundId; now: number },
): { file: SheetFile; template: FileTemplate } | null {
  const unit = unitById(tx, input.unitId)
  const round = roundById(tx, input.roundId).code
  if (unit.level === 'institution') {
    const kind = institutionKind(unit)
    const file = rowFor(tx, { ...input, kind: 'roster' })
    return { file, template: rosterTemplate({ unit: unit.name, kind, round }) }
  }
  if (unit.level !== 'lao') return null
  const institutions = otherInstitutionsOf(tx, { roundId: input.roundId, laoId: unit.id })
  if (institutions.length === 0) return null
  const file = rowFor(tx, { ...input, kind: 'counts' })
  return { file, template: countsTemplate({ unit: unit.name, round, institutions }) }
}

export function institutionKind(unit: Unit): InstitutionKind {
  return unit.kind === 'college' || unit.kind === 'child_centre' ? unit.kind : 'school'
}

function rowFor(tx: Tx, input: { unitId: UnitId; roundId: RoundId; kind: SheetFileKind; now: number }): SheetFile {
  const { unitId, roundId, kind, now } = input
  tx.insert(sheetFiles).values({ unitId, roundId, kind, state: 'creating', createdAt: now }).onConflictDoNothing().run()
  const row = tx
    .select()
    .from(sheetFiles)
    .where(and(eq(sheetFiles.roundId, roundId), eq(sheetFiles.unitId, unitId), eq(sheetFiles.kind, kind)))
    .get()
  if (!row) throw new Error(`sheet file of unit ${unitId} vanished inside its own transaction`)
  return row
}

function fileById(deps: SheetDeps, file: SheetFile): SheetFile {
  const row = deps.db.select().from(sheetFiles).where(eq(sheetFiles.id, file.id)).get()
  if (!row) throw new Error(`sheet file ${file.id} is gone`)
  return row
}
