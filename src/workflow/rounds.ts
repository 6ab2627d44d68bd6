import { and, desc, eq } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { extensions, rounds, units } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import { type ConfirmWindow, confirmWindow, type WindowComponent } from './rules/round-window.ts'
import type { SourceRound } from './source-rounds.ts'

export type Round = typeof rounds.$inferSelect

/** The one round that is active, or null: nothing can be confirmed without one. */
export function activeRound(tx: Tx): Round | null {
  return tx.select().from(rounds).where(eq(rounds.active, true)).get() ?? null
}

export function roundByCode(tx: Tx, code: string): Round | null {
  return tx.select().from(rounds).where(eq(rounds.code, code)).get() ?? null
}

export function roundById(tx: Tx, id: RoundId): Round {
  const row = tx.select().from(rounds).where(eq(rounds.id, id)).get()
  if (!row) throw new Error(`round ${id} is gone`)
  return row
}

/** What a round is decided by: once added it is never edited, extensions are added instead (domain.md section 8). */
const DECIDING = [
  'asOf',
  'recordingOpensAt',
  'confirmingOpensAt',
  'institutionDueAt',
  'laoDueAt',
  'otherCountsDueAt',
  'provinceDueAt',
  'recordingClosesAt',
  'closesAt',
] as const

/** Adds a round (R11) or leaves an equal one as it is; `activate` makes it the active one. */
export function addRound(
  tx: Tx,
  input: { round: SourceRound; activate: boolean },
  now: Instant,
):
  | { ok: true; round: Round; added: boolean }
  | { ok: false; why: 'instants-disordered' | 'differs'; fields: string[] } {
  const fields = disorderedInstants(input.round)
  if (fields.length > 0) return { ok: false, why: 'instants-disordered', fields }
  const existing = roundByCode(tx, input.round.code)
  const differing = existing ? DECIDING.filter((field) => existing[field] !== input.round[field]) : []
  if (differing.length > 0) return { ok: false, why: 'differs', fields: differing }
  const carries = input.round.carries ? roundByCode(tx, input.round.carries) : null
  const { carries: _carries, ...values } = input.round
  if (!existing) {
    const row = tx
      .insert(rounds)
      .values({ ...values, carriesRoundId: carries?.id ?? null, active: false, createdAt: now })
      .returning()
      .get()
    appendEvent(tx, { at: now, type: 'round-added', roundId: row.id, data: { ...input.round } })
  }
  if (input.activate) activateRound(tx, input.round.code, now)
  const round = roundByCode(tx, input.round.code)
  if (!round) throw new Error('round vanished inside its own transaction')
  return { ok: true, round, added: !existing }
}

export function activateRound(tx: Tx, code: string, now: Instant): void {
  const round = roundByCode(tx, code)
  if (!round || round.active) return
  tx.update(rounds).set({ active: false }).where(eq(rounds.active, true)).run()
  tx.update(rounds).set({ active: true }).where(eq(rounds.id, round.id)).run()
  appendEvent(tx, { at: now, type: 'round-activated', roundId: round.id, data: {} })
}

function disorderedInstants(round: SourceRound): string[] {
  const order: [string, number, string, number][] = [
    ['recordingOpensAt', round.recordingOpensAt, 'confirmingOpensAt', round.confirmingOpensAt],
    ['confirmingOpensAt', round.confirmingOpensAt, 'institutionDueAt', round.institutionDueAt],
    ['confirmingOpensAt', round.confirmingOpensAt, 'otherCountsDueAt', round.otherCountsDueAt],
    ['institutionDueAt', round.institutionDueAt, 'laoDueAt', round.laoDueAt],
    ['laoDueAt', round.laoDueAt, 'provinceDueAt', round.provinceDueAt],
    ['laoDueAt', round.laoDueAt, 'recordingClosesAt', round.recordingClosesAt],
    ['otherCountsDueAt', round.otherCountsDueAt, 'recordingClosesAt', round.recordingClosesAt],
    ['recordingClosesAt', round.recordingClosesAt, 'closesAt', round.closesAt],
    ['provinceDueAt', round.provinceDueAt, 'closesAt', round.closesAt],
  ]
  return order.filter(([, a, , b]) => a > b).map(([a, , b]) => `${a} > ${b}`)
}

/** Window of one component of one unit, with the extensions that reach it. */
export function windowOf(
  tx: Tx,
  input: { round: Round; unitId: UnitId; component: WindowComponent },
  now: Instant,
): ConfirmWindow {
  return confirmWindow({
    round: input.round,
    component: input.component,
    now,
    extendedUntil: extendedUntil(tx, { roundId: input.round.id, unitId: input.unitId, component: input.component }),
  })
}

/**
 * Latest extension that reaches a component of a unit: one for everyone, for the unit or an ancestor, or for a descendant,
 * whose ancestors need the same time to confirm again (domain.md section 7); other counts do not wait for a descendant.
 */
export function extendedUntil(
  tx: Tx,
  input: { roundId: RoundId; unitId: UnitId; component?: WindowComponent },
): Instant | null {
  const rows = tx
    .select({ unitId: extensions.unitId, until: extensions.until, scope: extensions.scope })
    .from(extensions)
    .where(eq(extensions.roundId, input.roundId))
    .orderBy(desc(extensions.until))
    .all()
  for (const row of rows) {
    if (row.scope === 'everyone' || row.unitId === null) return row.until
    if (isSelfOrAncestor(tx, row.unitId, input.unitId)) return row.until
    if (input.component !== 'other_counts' && isSelfOrAncestor(tx, input.unitId, row.unitId)) return row.until
  }
  return null
}

/** Whether `above` is `unitId` itself or stands above it. */
export function isSelfOrAncestor(tx: Tx, above: UnitId, unitId: UnitId): boolean {
  let current: UnitId | null = unitId
  for (let depth = 0; current !== null && depth < 5; depth += 1) {
    if (current === above) return true
    current = parentOf(tx, current)
  }
  return false
}

export function parentOf(tx: Tx, unitId: UnitId): UnitId | null {
  return tx.select({ parentId: units.parentId }).from(units).where(eq(units.id, unitId)).get()?.parentId ?? null
}

/** An added fact (department only): who owes in its scope may act until `until`. */
export function grantExtension(
  tx: Tx,
  input: Omit<typeof extensions.$inferInsert, 'id' | 'createdAt'>,
  now: Instant,
): { ok: true } | { ok: false; why: 'no-reason' | 'no-letter' | 'unknown-unit' | 'in-the-past' } {
  if (input.reason.trim() === '') return { ok: false, why: 'no-reason' }
  if (input.letterNumber.trim() === '') return { ok: false, why: 'no-letter' }
  if (input.until <= now) return { ok: false, why: 'in-the-past' }
  const unit = input.unitId
    ? tx
        .select()
        .from(units)
        .where(and(eq(units.id, input.unitId)))
        .get()
    : null
  if (input.scope !== 'everyone' && unit?.level !== input.scope) return { ok: false, why: 'unknown-unit' }
  tx.insert(extensions)
    .values({ ...input, createdAt: now })
    .run()
  appendEvent(tx, {
    at: now,
    type: 'extension-granted',
    roundId: input.roundId,
    unitId: input.unitId ?? null,
    appointmentId: input.byAppointmentId ?? null,
    data: { scope: input.scope, until: input.until, letterNumber: input.letterNumber, reason: input.reason },
  })
  return { ok: true }
}

/** Until when extensions of the round last, each instant once. */
export function extensionInstants(tx: Tx, round: Round): Instant[] {
  return tx
    .selectDistinct({ until: extensions.until })
    .from(extensions)
    .where(eq(extensions.roundId, round.id))
    .orderBy(extensions.until)
    .all()
    .map((row) => row.until)
}
