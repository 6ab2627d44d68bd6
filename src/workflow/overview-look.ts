import { and, eq } from 'drizzle-orm'
import type { ConfirmationId, Instant, PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { overviewLooks, type SeenInstitution, units } from '../db/schema.ts'
import type { OverviewShown } from './confirm-overview.ts'
import type { Round } from './rounds.ts'
import type { InstitutionLine } from './structure.ts'

/** What became of one institution since an officer of its LAO last looked (R30). */
export type OverviewChange = {
  unitId: UnitId
  name: string
  /** new: not there before; confirmed: for the first time; figure: again with another one; again: with the same; reopened; gone. */
  what: 'new' | 'confirmed' | 'figure' | 'again' | 'reopened' | 'gone'
  from: number | null
  to: number | null
}

export type OverviewLook = {
  /** When this person was last shown the overview; null: never in this round. */
  lastAt: Instant | null
  changes: OverviewChange[]
}

type Looking = { round: Round; laoId: UnitId; personId: PersonId; shown: OverviewShown }

/** What changed since this person's last look. */
export function changesSinceLook(tx: Tx, input: Looking): OverviewLook {
  const last = lastLook(tx, input)
  if (!last) return { lastAt: null, changes: [] }
  const seen = new Map(last.seen.map((one) => [one.unitId, one]))
  const changes = input.shown.institutions.flatMap((child) => changeOf(child, seen.get(child.id)))
  const present = new Set(input.shown.institutions.map((child) => child.id))
  const gone = last.seen
    .filter(({ unitId }) => !present.has(unitId))
    .map(({ unitId, counted }) => ({
      unitId,
      name: nameOf(tx, unitId),
      what: 'gone' as const,
      from: counted,
      to: null,
    }))
  return { lastAt: last.at, changes: [...changes, ...gone] }
}

/** Remembers what this person is shown now; the next look is compared with it. */
export function recordLook(tx: Tx, input: Looking, now: Instant): void {
  const seen: SeenInstitution[] = input.shown.institutions.map(({ id, confirmationId, reportedCount }) => ({
    unitId: id,
    confirmationId,
    counted: reportedCount,
  }))
  const set = { shownHash: input.shown.hash, seen, at: now }
  tx.insert(overviewLooks)
    .values({ roundId: input.round.id, laoId: input.laoId, personId: input.personId, ...set })
    .onConflictDoUpdate({ target: [overviewLooks.roundId, overviewLooks.laoId, overviewLooks.personId], set })
    .run()
}

function lastLook(tx: Tx, input: Looking) {
  return tx
    .select()
    .from(overviewLooks)
    .where(
      and(
        eq(overviewLooks.roundId, input.round.id),
        eq(overviewLooks.laoId, input.laoId),
        eq(overviewLooks.personId, input.personId),
      ),
    )
    .get()
}

function changeOf(child: InstitutionLine, before: SeenInstitution | undefined): OverviewChange[] {
  const about = { unitId: child.id, name: child.name, from: before?.counted ?? null, to: child.reportedCount }
  const what = whatChanged(child, before)
  return what ? [{ ...about, what }] : []
}

function whatChanged(child: InstitutionLine, before: SeenInstitution | undefined): OverviewChange['what'] | null {
  if (!before) return 'new'
  const now: ConfirmationId | null = child.confirmationId
  if (now === before.confirmationId) return null
  if (now === null) return 'reopened'
  if (before.confirmationId === null && before.counted === null) return 'confirmed'
  return child.reportedCount === before.counted ? 'again' : 'figure'
}

function nameOf(tx: Tx, unitId: UnitId): string {
  return tx.select({ name: units.name }).from(units).where(eq(units.id, unitId)).get()?.name ?? ''
}
