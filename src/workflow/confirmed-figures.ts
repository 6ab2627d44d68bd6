import { eq } from 'drizzle-orm'
import type { ConfirmationId, Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { confirmations, people, snapshots, units } from '../db/schema.ts'
import type { Confirmation } from './component-state.ts'
import { personById } from './person-account.ts'
import type { RosterTotals } from './rules/roster/roster-totals.ts'

/** What an overview's confirmation said of each institution, for comparing it with what stands now. */
export function confirmedFigures(
  tx: Tx,
  confirmationId: ConfirmationId,
): { counted: number; units: Map<number, number> } {
  const row = tx
    .select({ counted: snapshots.counted, rows: snapshots.rows })
    .from(confirmations)
    .innerJoin(snapshots, eq(snapshots.id, confirmations.snapshotId))
    .where(eq(confirmations.id, confirmationId))
    .get()
  const figures = (row?.rows ?? []) as { unitId?: number; counted?: number | null }[]
  const byUnit = figures.flatMap(({ unitId, counted }) =>
    unitId === undefined ? [] : [[unitId, counted ?? 0] as const],
  )
  return { counted: row?.counted ?? 0, units: new Map(byUnit) }
}

/** The totals of a roster as they were confirmed; what a sheet says since then is another matter. */
export function confirmedTotals(tx: Tx, confirmation: Confirmation): RosterTotals | null {
  const row = tx
    .select({ totals: snapshots.totals })
    .from(snapshots)
    .where(eq(snapshots.id, confirmation.snapshotId))
    .get()
  return (row?.totals as RosterTotals | undefined) ?? null
}

export type Receipt = {
  confirmation: Confirmation
  unitName: string
  personName: string
  /** The second person, where one certifies. */
  certifierName: string | null
  counted: number
  at: Instant
}

/** Everything that a receipt prints. */
export function receiptOf(tx: Tx, confirmationId: ConfirmationId): Receipt | null {
  const row = tx
    .select({ confirmation: confirmations, unitName: units.name, personName: people.name, counted: snapshots.counted })
    .from(confirmations)
    .innerJoin(units, eq(units.id, confirmations.unitId))
    .innerJoin(people, eq(people.id, confirmations.personId))
    .innerJoin(snapshots, eq(snapshots.id, confirmations.snapshotId))
    .where(eq(confirmations.id, confirmationId))
    .get()
  if (!row) return null
  const certifier = row.confirmation.certifierPersonId
  const certifierName = certifier ? (personById(tx, certifier)?.name ?? null) : null
  return { ...row, certifierName, at: row.confirmation.tappedAt }
}
