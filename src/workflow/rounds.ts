import type Database from 'better-sqlite3'
import { and, eq, ne, sql } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { confirmRuns, heldActs, rounds, units } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import { extendedUntil, extensionInstants } from './extension-reach.ts'
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
  const row = preparedOn(tx, roundStatements).byId.get({ id })
  if (!row) throw new Error(`round ${id} is gone`)
  return row
}

/** For every card and act: see docs/decisions/0009. */
function roundStatements(_raw: Database.Database, tx: Tx) {
  const byId = tx
    .select()
    .from(rounds)
    .where(eq(rounds.id, sql.placeholder('id')))
    .prepare()
  return { byId }
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
    appendEvent(tx, { at: now, type: 'round-added', roundId: row.id, data: { ...input.round, by: 'operator' } })
  } else if (existing.carriesRoundId === null && carries) {
    // The round that it carries was added after it.
    tx.update(rounds).set({ carriesRoundId: carries.id }).where(eq(rounds.id, existing.id)).run()
    appendEvent(tx, {
      at: now,
      type: 'round-carries',
      roundId: existing.id,
      data: { carries: carries.code, by: 'operator' },
    })
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
  appendEvent(tx, { at: now, type: 'round-activated', roundId: round.id, data: { by: 'operator' } })
}

/**
 * Archives a round by hand (domain.md section 8): once it and every extension have closed and nothing waits for a decision. From then on
 * nothing of it changes. Archiving twice changes nothing.
 */
export function archiveRound(
  tx: Tx,
  code: string,
  now: Instant,
):
  | { ok: true; round: Round; archived: boolean }
  | { ok: false; why: 'unknown' }
  | { ok: false; why: 'still-open'; closesAt: Instant }
  | { ok: false; why: 'late-taps-waiting' | 'sheets-being-read'; waiting: number } {
  const round = roundByCode(tx, code)
  if (!round) return { ok: false, why: 'unknown' }
  if (round.archivedAt !== null) return { ok: true, round, archived: false }
  const closesAt = Math.max(round.closesAt, ...extensionInstants(tx, round))
  if (now < closesAt) return { ok: false, why: 'still-open', closesAt }
  const waiting = tx
    .select({ id: heldActs.id })
    .from(heldActs)
    .where(and(eq(heldActs.roundId, round.id), eq(heldActs.state, 'waiting')))
    .all().length
  const reading = tx
    .select({ id: confirmRuns.id })
    .from(confirmRuns)
    .where(and(eq(confirmRuns.roundId, round.id), eq(confirmRuns.purpose, 'confirm'), ne(confirmRuns.step, 'done')))
    .all().length
  if (waiting > 0) return { ok: false, why: 'late-taps-waiting', waiting }
  if (reading > 0) return { ok: false, why: 'sheets-being-read', waiting: reading }
  tx.update(rounds).set({ archivedAt: now }).where(eq(rounds.id, round.id)).run()
  appendEvent(tx, { at: now, type: 'round-archived', roundId: round.id, data: { by: 'operator' } })
  return { ok: true, round: { ...round, archivedAt: now }, archived: true }
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
