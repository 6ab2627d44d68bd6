import { and, asc, eq, lte, ne, sql } from 'drizzle-orm'
import type { InboxId, Instant, RunId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { confirmRuns, people, type RunStep, sheetFiles } from '../db/schema.ts'
import { type Actor, actorOf } from './actor.ts'
import { confirmationOf } from './component-state.ts'
import { confirmSheet, type SheetComponent } from './confirm-sheet.ts'
import { appendEvent } from './event-log.ts'
import { type Notice, queueAnswer } from './notice.ts'
import { type Round, roundById } from './rounds.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'

export type Run = typeof confirmRuns.$inferSelect
export type RunOutcome = { refusal?: Refusal; contentHash?: string; confirmationId?: number; error?: string }

type Start = {
  round: Round
  actor: Actor
  unitId: UnitId
  component: SheetComponent
  inboxId: InboxId | null
  tappedAt: Instant
  receivedAt: Instant
}

/** Asks for the sheet to be read afresh and read back (R25). One run at a time per unit: a second one joins the first. */
export function startShow(tx: Tx, input: Start, now: Instant): Decision<{ runId: RunId }> {
  const open = openRunOf(tx, input.unitId)
  if (open) return refuse({ why: 'run-open' })
  return { ok: true, runId: insertRun(tx, { ...input, purpose: 'show', step: 'read', seenHash: null }, now) }
}

/** Starts the durable sequence lock, read, compare, commit, else unlock, for exactly what the person saw. */
export function startConfirm(tx: Tx, input: Start & { seenHash: string }, now: Instant): Decision<{ runId: RunId }> {
  const open = openRunOf(tx, input.unitId)
  if (open) return refuse({ why: 'run-open' })
  return { ok: true, runId: insertRun(tx, { ...input, purpose: 'confirm', step: 'lock' }, now) }
}

function insertRun(
  tx: Tx,
  input: Start & { purpose: 'show' | 'confirm'; step: RunStep; seenHash: string | null },
  now: Instant,
): RunId {
  const { round, actor, ...rest } = input
  return tx
    .insert(confirmRuns)
    .values({
      ...rest,
      roundId: round.id,
      personId: actor.personId,
      appointmentId: actor.appointmentId,
      createdAt: now,
    })
    .returning({ id: confirmRuns.id })
    .get().id
}

export function openRunOf(tx: Tx, unitId: UnitId): Run | null {
  return (
    tx
      .select()
      .from(confirmRuns)
      .where(and(eq(confirmRuns.unitId, unitId), ne(confirmRuns.step, 'done')))
      .get() ?? null
  )
}

/** Runs that a worker may take up now, oldest first; `platformNow` is the platform's clock. */
export function openRuns(tx: Tx, platformNow: number, limit = 20): Run[] {
  return tx
    .select()
    .from(confirmRuns)
    .where(and(ne(confirmRuns.step, 'done'), lte(confirmRuns.notBefore, platformNow)))
    .orderBy(asc(confirmRuns.id))
    .limit(limit)
    .all()
}

export function advanceRun(tx: Tx, runId: RunId, step: RunStep): void {
  tx.update(confirmRuns).set({ step, attempts: 0, notBefore: 0 }).where(eq(confirmRuns.id, runId)).run()
}

/** A try failed in a way that may pass: the next one runs at `notBefore` (platform clock). */
export function deferRun(tx: Tx, runId: RunId, input: { notBefore: number; error: string }): void {
  const known = (runById(tx, runId).outcome ?? {}) as RunOutcome
  tx.update(confirmRuns)
    .set({
      notBefore: input.notBefore,
      attempts: sql`${confirmRuns.attempts} + 1`,
      outcome: { ...known, error: input.error },
    })
    .where(eq(confirmRuns.id, runId))
    .run()
}

/** The read was recorded in this same transaction: the person gets what the system really holds. */
export function completeShow(tx: Tx, runId: RunId, input: { contentHash: string }, now: Instant): void {
  const run = runById(tx, runId)
  endRun(tx, run, { contentHash: input.contentHash }, now)
  answer(tx, run, { type: 'read-back', runId }, now)
}

/**
 * The locked sheet was read and recorded in this same transaction: compares with what was seen, runs every guard, writes the
 * receipt. `unlock` when it is refused; the person is told after the sheet is open again.
 */
export function commitRun(
  tx: Tx,
  runId: RunId,
  input: { contentHash: string },
  now: Instant,
): { step: 'done' | 'unlock' } {
  const run = runById(tx, runId)
  const actor = actorOf(tx, run.appointmentId, now)
  const decision = actor
    ? confirmSheet(
        tx,
        {
          round: roundById(tx, run.roundId),
          actor,
          unitId: run.unitId,
          component: run.component,
          tap: { tappedAt: run.tappedAt, receivedAt: run.receivedAt },
          seenHash: run.seenHash ?? '',
          readHash: input.contentHash,
        },
        now,
      )
    : refuse({ why: 'not-yours' })
  if (decision.ok) {
    endRun(tx, run, { contentHash: input.contentHash, confirmationId: decision.confirmation.id }, now)
    answer(tx, run, { type: 'receipt', confirmationId: decision.confirmation.id }, now)
    return { step: 'done' }
  }
  const { ok: _ok, ...refusal } = decision
  return refuseRun(tx, run, refusal, now)
}

/** The sheet could not be read in time or at all: nothing is confirmed from an old read. */
export function failRun(
  tx: Tx,
  runId: RunId,
  input: { why: 'sheet-unreadable' | 'sheet-missing' | 'access-lost' | 'header-broken'; words: string },
  now: Instant,
): { step: 'done' | 'unlock' } {
  return refuseRun(tx, runById(tx, runId), { why: 'sheet-unreadable', words: input.words }, now)
}

function refuseRun(tx: Tx, run: Run, refusal: Refusal, now: Instant): { step: 'done' | 'unlock' } {
  appendEvent(tx, {
    at: now,
    type: refusal.why === 'held-late' ? 'late-tap-held' : 'confirm-refused',
    roundId: run.roundId,
    unitId: run.unitId,
    personId: run.personId,
    appointmentId: run.appointmentId,
    data: {
      component: run.component,
      purpose: run.purpose,
      why: refusal.why,
      tappedAt: run.tappedAt,
      receivedAt: run.receivedAt,
    },
  })
  // A colleague was first: the sheet stays locked, whatever this second sequence was refused for.
  if (run.purpose === 'show' || confirmationOf(tx, run) !== null) {
    endRun(tx, run, { refusal }, now)
    tellRefused(tx, run, refusal, now)
    return { step: 'done' }
  }
  tx.update(confirmRuns)
    .set({ step: 'unlock', attempts: 0, notBefore: 0, outcome: { refusal } })
    .where(eq(confirmRuns.id, run.id))
    .run()
  return { step: 'unlock' }
}

/** The refused sequence has given the sheet back: now the person is told why. */
export function finishUnlock(tx: Tx, runId: RunId, now: Instant): void {
  const run = runById(tx, runId)
  const outcome = (run.outcome ?? {}) as RunOutcome
  tx.update(sheetFiles)
    .set({ locked: false, lockWanted: false })
    .where(and(eq(sheetFiles.roundId, run.roundId), eq(sheetFiles.unitId, run.unitId)))
    .run()
  endRun(tx, run, outcome, now)
  tellRefused(tx, run, outcome.refusal ?? { why: 'sheet-unreadable', words: '' }, now)
}

export function runById(tx: Tx, runId: RunId): Run {
  const run = tx.select().from(confirmRuns).where(eq(confirmRuns.id, runId)).get()
  if (!run) throw new Error(`run ${runId} is gone`)
  return run
}

function endRun(tx: Tx, run: Run, outcome: RunOutcome, now: Instant): void {
  tx.update(confirmRuns).set({ step: 'done', outcome, endedAt: now }).where(eq(confirmRuns.id, run.id)).run()
}

function tellRefused(tx: Tx, run: Run, refusal: Refusal, now: Instant): void {
  answer(tx, run, { type: 'confirm-refused', unitId: run.unitId, component: run.component, refusal }, now)
}

function answer(tx: Tx, run: Run, notice: Notice, now: Instant): void {
  const person = tx.select({ lineUserId: people.lineUserId }).from(people).where(eq(people.id, run.personId)).get()
  if (!person?.lineUserId) return
  queueAnswer(tx, { inboxId: run.inboxId, lineUserId: person.lineUserId, personId: run.personId, notice }, now)
}
