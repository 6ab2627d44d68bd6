import { eq, getTableColumns } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import {
  appointments,
  componentStates,
  confirmations,
  extensionEndings,
  extensions,
  heldActs,
  holds,
  laoMarks,
  reopeningRequests,
  reopeningSteps,
  rounds,
  snapshots,
  submissions,
  units,
} from '../db/schema.ts'
import { AROUND } from './compare-around.ts'
import { byId, compare, type ReplayDifference } from './compare-fields.ts'
import { replayEvent } from './replay-log.ts'
import { componentKey, emptyReplay, markKey, type Replayed } from './replayed.ts'

export type { ReplayDifference }

/** Replays the whole log (R38) and names everything that the tables say otherwise. Reads only. */
export function replayDifferences(tx: Tx): ReplayDifference[] {
  const log = replayLog(tx)
  return [...TABLES.flatMap((table) => table(tx, log)), ...AROUND.flatMap((table) => table(tx, log.around))]
}

const PAGE = 5000

export function replayLog(tx: Tx): Replayed {
  const all = emptyReplay()
  let after = 0
  for (;;) {
    const page = tx.query.events
      .findMany({ where: (t, { gt }) => gt(t.seq, after), orderBy: (t, { asc }) => asc(t.seq), limit: PAGE })
      .sync()
    for (const row of page) {
      replayEvent(all, row)
      after = row.seq
    }
    if (page.length < PAGE) return all
  }
}

const TABLES: ((tx: Tx, log: Replayed) => ReplayDifference[])[] = [
  (tx, log) => {
    const { id, active, closesAt, archivedAt } = rounds
    return compare('rounds', log.rounds, byId(tx.select({ id, active, closesAt, archivedAt }).from(rounds).all()))
  },
  (tx, log) => {
    const { id, level, kind, parentId, closedAt, mergedIntoId, certifierRequired } = units
    const rows = tx.select({ id, level, kind, parentId, closedAt, mergedIntoId, certifierRequired }).from(units).all()
    // The first version put the department in without an event.
    const known = rows.filter((row) => row.level !== 'department' || log.units.has(row.id))
    return compare('units', log.units, byId(known))
  },
  (tx, log) => {
    const { id, personId, unitId, role, validFrom, validTo, suspendedAt } = appointments
    const rows = tx.select({ id, personId, unitId, role, validFrom, validTo, suspendedAt }).from(appointments).all()
    return compare('appointments', log.appointments, byId(rows))
  },
  compareComponents,
  compareConfirmations,
  (tx, log) => {
    const rows = tx.select().from(laoMarks).all()
    const stored = rows.map((row) => [markKey(row), { ...row, unitId: row.laoId }] as const)
    return compare('marks', log.marks, new Map(stored))
  },
  (tx, log) => {
    const { id, unitId, component, state, waitingAtUnitId, version } = reopeningRequests
    const rows = tx.select({ id, unitId, component, state, waitingAtUnitId, version }).from(reopeningRequests).all()
    return compare<number>('requests', log.requests, byId(rows))
  },
  (tx, log) => {
    const { id, requestId, act, personId, appointmentId, at } = reopeningSteps
    const rows = tx.select({ id, requestId, act, personId, appointmentId, at }).from(reopeningSteps).all()
    const stored = rows.map(({ act: done, ...row }) => ({ ...row, type: `reopening-${done.replace('_', '-')}` }))
    return compare<number>('steps', log.steps, byId(stored))
  },
  (tx, log) => {
    const rows = tx
      .select({ id: holds.id, roundId: holds.roundId, unitId: holds.institutionId, state: holds.state })
      .from(holds)
      .all()
    return compare<number>('holds', log.holds, byId(rows))
  },
  (tx, log) => {
    const { id, roundId, unitId, until, createdAt } = extensions
    const rows = tx
      .select({ id, roundId, unitId, until, grantedAt: createdAt, endedAt: extensionEndings.at })
      .from(extensions)
      .leftJoin(extensionEndings, eq(extensionEndings.extensionId, id))
      .all()
    return compare('extensions', log.extensions, byId(rows))
  },
  (tx, log) => {
    const { id, roundId, state, aboveUntil } = heldActs
    const rows = tx.select({ id, roundId, state, aboveUntil }).from(heldActs).all()
    return compare<number>('heldActs', log.heldActs, byId(rows))
  },
  (tx, log) => {
    const { id, roundId, unitId, state } = submissions
    return compare(
      'submissions',
      log.submissions,
      byId(tx.select({ id, roundId, unitId, state }).from(submissions).all()),
    )
  },
]

function compareComponents(tx: Tx, log: Replayed): ReplayDifference[] {
  const receipts = new Map(
    tx
      .select({ id: confirmations.id, receiptNumber: confirmations.receiptNumber })
      .from(confirmations)
      .all()
      .map(({ id, receiptNumber }) => [id, receiptNumber]),
  )
  const rows = tx.select().from(componentStates).all()
  const stored = rows.map((row) => {
    const receiptOf = (id: typeof row.confirmationId) => (id === null ? null : (receipts.get(id) ?? `#${id}`))
    const { unitId, state, version, reopenedTimes, changedAt } = row
    const receiptNumber = receiptOf(row.confirmationId)
    const reportedReceiptNumber = receiptOf(row.reportedConfirmationId)
    const facts = { unitId, state, version, reopenedTimes, changedAt, receiptNumber, reportedReceiptNumber }
    return [componentKey(row), facts] as const
  })
  return compare('components', log.components, new Map(stored))
}

function compareConfirmations(tx: Tx, log: Replayed): ReplayDifference[] {
  const rows = tx
    .select({ ...getTableColumns(confirmations), snapshotHash: snapshots.hash, counted: snapshots.counted })
    .from(confirmations)
    .leftJoin(snapshots, eq(snapshots.id, confirmations.snapshotId))
    .all()
  const stored = rows.map((row) => [row.receiptNumber, { ...row, datedAt: row.tappedAt }] as const)
  return compare('confirmations', log.confirmations, new Map(stored))
}
