import { and, eq } from 'drizzle-orm'
import type { RoundId, UnitId } from '../db/ids.ts'
import { type Tx, transact } from '../db/open.ts'
import { type SheetFileKind, sheetFiles } from '../db/schema.ts'
import { bringBaselines, carriedRoster } from '../workflow/carry-forward.ts'
import { otherInstitutionsOf } from '../workflow/record-counts.ts'
import { roundById } from '../workflow/rounds.ts'
import type { InstitutionKind } from '../workflow/rules/roster/columns.ts'
import { type Unit, unitById } from '../workflow/unit.ts'
import { countsTemplate } from './counts-template.ts'
import { createFile } from './create-file.ts'
import type { FileTemplate } from './file-template.ts'
import { heldRoster } from './renew-file.ts'
import { rosterTemplate } from './roster-template.ts'
import { type Shared, shareFile } from './share-file.ts'
import type { SheetDeps, SheetFile } from './sheet-deps.ts'

export type Provisioned =
  | { ok: true; spreadsheetId: string; created: boolean; shared: Shared }
  | { ok: false; why: 'no-sheet-needed' }

/**
 * Sees to it that a unit has its spreadsheet for the round and that its officers may edit it. Safe to repeat and to kill at
 * any point; two processes must not do the same unit at once. Which units need one: institutions a roster, LAOs with
 * other-affiliation institutions a counts sheet. `share: false` while Google wants no more sharing for now.
 */
export async function provisionUnit(
  deps: SheetDeps,
  input: { unitId: UnitId; roundId: RoundId; share?: boolean },
): Promise<Provisioned> {
  const { unitId, roundId, share = true } = input
  const planned = transact(deps.db, (tx) => planFile(tx, { unitId, roundId, now: deps.clock.now() }))
  if (!planned) return { ok: false, why: 'no-sheet-needed' }
  const { template } = planned
  if (template) {
    await createFile(deps, { file: planned.file, template })
    deps.log.info({ unitId, kind: planned.file.kind }, 'sheet created')
  }
  const file = fileById(deps, planned.file)
  const shared = share && file.state === 'ok' ? await shareFile(deps, file) : { answers: [], removed: [] }
  return { ok: true, spreadsheetId: file.spreadsheetId ?? '', created: template !== null, shared }
}

type Plan = { file: SheetFile; template: FileTemplate | null }

/** The template is made only where the file is not whole yet: a carried list is a large thing to load for a look. */
function planFile(tx: Tx, input: { unitId: UnitId; roundId: RoundId; now: number }): Plan | null {
  const unit = unitById(tx, input.unitId)
  if (unit.level === 'institution') {
    const file = rowFor(tx, { ...input, kind: 'roster' })
    return { file, template: file.state === 'creating' ? rosterOf(tx, { unit, file }) : null }
  }
  if (unit.level !== 'lao') return null
  if (!otherInstitutionsOf(tx, { roundId: input.roundId, laoId: unit.id }).length) return null
  const file = rowFor(tx, { ...input, kind: 'counts' })
  return { file, template: file.state === 'creating' ? countsOf(tx, { unit, file }) : null }
}

function rosterOf(tx: Tx, input: { unit: Unit; file: SheetFile }): FileTemplate {
  const { unit, file } = input
  const { roundId } = file
  const { code, helpDesk } = roundById(tx, roundId)
  const carried = carriedRoster(tx, { roundId, institutionId: unit.id })
  const held =
    file.renewedAt === null ? null : heldRoster(tx, { roundId, institutionId: unit.id, carried: carried?.pupils ?? [] })
  return rosterTemplate({ unit: unit.name, kind: institutionKind(unit), round: code, helpDesk, carried, held })
}

function countsOf(tx: Tx, input: { unit: Unit; file: SheetFile }): FileTemplate {
  const { unit, file } = input
  const { roundId } = file
  const { code, helpDesk } = roundById(tx, roundId)
  bringBaselines(tx, { roundId, laoId: unit.id })
  const institutions = otherInstitutionsOf(tx, { roundId, laoId: unit.id })
  return countsTemplate({ unit: unit.name, round: code, helpDesk, institutions, held: file.renewedAt !== null })
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
