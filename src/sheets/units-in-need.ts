import { and, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { otherInstitutions, sheetFiles, units } from '../db/schema.ts'
import { allOfficersAddresses } from './share-file.ts'

/** What a unit's sheet lacks. `officers`: somebody is appointed there and waits for it. */
export type Need = { unitId: UnitId; need: 'sheet' | 'sharing'; officers: boolean }

/** Institutions, and LAOs with other-affiliation institutions, that exist at `now`. */
export function unitsWithSheets(tx: Tx, now: Instant): UnitId[] {
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

/**
 * The units whose sheet is missing or not shared as their appointments say, looked up in the database alone: Google is asked
 * only where something is missing. A sheet that was lost is no need of this kind: a person decides what becomes of it.
 */
export function unitsInNeed(tx: Tx, input: { roundId: RoundId; among: readonly UnitId[]; now: Instant }): Need[] {
  const files = new Map(
    tx
      .select()
      .from(sheetFiles)
      .where(eq(sheetFiles.roundId, input.roundId))
      .all()
      .map((file) => [file.unitId, file]),
  )
  const addresses = allOfficersAddresses(tx, { now: input.now })
  return input.among.flatMap((unitId): Need[] => {
    const file = files.get(unitId)
    const wanted = [...(addresses.get(unitId)?.keys() ?? [])]
    const officers = wanted.length > 0
    if (!file || file.state === 'creating') return [{ unitId, need: 'sheet', officers }]
    if (file.state !== 'ok' || sharedRightly(file.sharedWith, wanted)) return []
    return [{ unitId, need: 'sharing', officers }]
  })
}

function sharedRightly(sharedWith: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length === sharedWith.length && wanted.every((email) => sharedWith.includes(email))
}
