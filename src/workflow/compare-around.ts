import { asc, eq, inArray } from 'drizzle-orm'
import type { Tx } from '../db/open.ts'
import {
  agreements,
  attestations,
  drifts,
  findings,
  sharedPupilSteps,
  spotCheckPupils,
  spotChecks,
} from '../db/schema.ts'
import { byId, compare, type ReplayDifference } from './compare-fields.ts'
import { type ReplayedAround, spotKey } from './replayed.ts'

/** The tables around the chain, each as the log's side says it. */
export const AROUND: ((tx: Tx, log: ReplayedAround) => ReplayDifference[])[] = [
  (tx, log) => {
    const rows = tx.select().from(attestations).orderBy(asc(attestations.id)).all()
    return compare('attestations', log.attestations, new Map(rows.map((row, index) => [index + 1, row])))
  },
  (tx, log) => {
    const rows = tx.select().from(drifts).all()
    // That a reopening ended one follows from the reopening.
    const stored = rows.map(({ unreadablePupilIds: _ids, ...row }) => ({ ...row, putBack: row.ending === 'put_back' }))
    return compare('drifts', log.drifts, byId(stored))
  },
  (tx, log) => {
    const rows = tx.select().from(findings).all()
    const stored = rows.map((row) => ({ ...row, unitId: row.institutionId, at: row.createdAt }))
    return compare('findings', log.findings, byId(stored))
  },
  (tx, log) => {
    const rows = tx.select().from(agreements).all()
    return compare('agreements', log.agreements, byId(rows.map((row) => ({ ...row, unitId: row.institutionId }))))
  },
  (tx, log) => {
    const rows = tx.select().from(spotChecks).all()
    const stored = rows.map(({ frame: _frame, ...row }) => ({ ...row, unitId: row.provinceId, at: row.drawnAt }))
    return compare('spotChecks', log.spotChecks, byId(stored))
  },
  (tx, log) => {
    const { number, result, institutionId, resultByAppointmentId: byAppointmentId } = spotCheckPupils
    const { roundId, provinceId } = spotChecks
    const rows = tx
      .select({ number, result, unitId: institutionId, byAppointmentId, roundId, provinceId })
      .from(spotCheckPupils)
      .innerJoin(spotChecks, eq(spotChecks.id, spotCheckPupils.spotCheckId))
      .all()
    const stored = rows.map(
      (row) => [spotKey({ roundId: row.roundId, unitId: row.provinceId }, row.number), row] as const,
    )
    return compare('spotPupils', log.spotPupils, new Map(stored))
  },
  (tx, log) => {
    const rows = tx
      .select()
      .from(sharedPupilSteps)
      .where(inArray(sharedPupilSteps.act, ['evidence', 'decided']))
      .orderBy(asc(sharedPupilSteps.id))
      .all()
    const taken = new Map<number, number>()
    const stored = rows.map((row) => {
      const place = (taken.get(row.sharedPupilId) ?? 0) + 1
      taken.set(row.sharedPupilId, place)
      return [`${row.sharedPupilId}/${place}`, row] as const
    })
    return compare('sharedSteps', log.sharedSteps, new Map(stored))
  },
]
