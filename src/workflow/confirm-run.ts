import type Database from 'better-sqlite3'
import { and, asc, eq, lte, ne, sql } from 'drizzle-orm'
import type { HeldActId, InboxId, Instant, RunId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { confirmRuns, people, type RunStep, sheetFiles } from '../db/schema.ts'
import { type Actor, actorOf } from './actor.ts'
import { confirmationOf } from './component-state.ts'
import { confirmSheet, type SheetComponent } from './confirm-sheet.ts'
import { appendEvent } from './event-log.ts'
import { holdLateRun, tapOf } from './held-run.ts'
import { openAbove } from './late-tap-time.ts'
import { type Notice, queueAnswer, queueNotice, URGENCY } from './notice.ts'
import { type Round, roundById } from './rounds.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { settleLock } from './sheet-lock.ts'
import { endSubmission, type Submission, submissionById } from './submissions.ts'
import { unitById } from './unit.ts'

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
  /** The late tap that the department has accepted. */
  heldActId?: HeldActId | undefined
}

/** Asks for the sheet to be read afresh and read back (R25). One run at a time per unit: a second one joins the first. */
export function startShow(tx: Tx, input: Start, now: Instant): Decision<{ runId: RunId }> {
  const open = openRunOf(tx, input.unitId)
  if (open) return refuse({ why: 'run-open' })
  return { ok: true, runId: insertRun(tx, { ...input, purpose: 'show', step: 'read', seenHash: null }, now) }
}

/** Starts the durable sequence lock, read, compare, commit, else unlock, for exactly what the person saw. */
export function startConfirm(
  tx: Tx,
  input: Start & {
    seenHash: string
    /** What the officer submitted, when this tap is the second person's. */
    submissionId?: number
  },
  now: Instant,
): Decision<{ runId: RunId }> {
  // An accepted late tap is judged as it was made: what was switched on since does not touch it.
  const alone = input.component === 'roster' && input.submissionId === undefined && input.heldActId === undefined
  if (alone && unitById(tx, input.unitId).certifierRequired) return refuse({ why: 'certifier-required' })
  const open = openRunOf(tx, input.unitId)
  if (open) return refuse({ why: 'run-open' })
  return { ok: true, runId: insertRun(tx, { ...input, purpose: 'confirm', step: 'lock' }, now) }
}

function insertRun(
  tx: Tx,
  input: Start & {
    purpose: 'show' | 'confirm'
    step: RunStep
    seenHash: string | null
    submissionId?: number
  },
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
  const { actor, certifier, submission, missing } = whoConfirms(tx, run, now)
  const decision = actor
    ? confirmSheet(
        tx,
        {
          round: roundById(tx, run.roundId),
          actor,
          unitId: run.unitId,
          component: run.component,
          tap: tapOf(run),
          seenHash: run.seenHash ?? '',
          readHash: input.contentHash,
          certifier,
        },
        now,
      )
    : refuse({ why: missing })
  if (decision.ok) {
    endRun(tx, run, { contentHash: input.contentHash, confirmationId: decision.confirmation.id }, now)
    const receipt = { type: 'receipt', confirmationId: decision.confirmation.id } as const
    answer(tx, run, receipt, now)
    if (run.heldActId !== null) openAbove(tx, run.heldActId, now)
    if (submission && certifier) {
      endSubmission(tx, { submission, state: 'certified', actor: certifier, word: null }, now)
      queueNotice(tx, { personId: submission.personId, notice: receipt, urgency: URGENCY.result }, now)
    }
    return { step: 'done' }
  }
  const { ok: _ok, ...refusal } = decision
  return refuseRun(tx, run, refusal, now)
}

type Confirming = {
  actor: Actor | null
  certifier: Actor | null
  submission: Submission | null
  /** Why there is no actor: the duty of the one who tapped is over, or what was submitted is. */
  missing: 'duty-ended' | 'submission-over'
}

/**
 * The officer, in force still, and the second person where one certifies: then the tap that runs is the certifier's and the
 * officer is the one who submitted. No officer, no confirmation.
 */
function whoConfirms(tx: Tx, run: Run, now: Instant): Confirming {
  // An accepted late tap is judged as it was made: by who was appointed then.
  const judgedAt = run.heldActId === null ? now : run.tappedAt
  const tapped = actorOf(tx, run.appointmentId, judgedAt)
  const submission = run.submissionId === null ? null : submissionById(tx, run.submissionId)
  if (!submission) return { actor: tapped, certifier: null, submission: null, missing: 'duty-ended' }
  if (tapped?.role !== 'certifier') return { actor: null, certifier: tapped, submission, missing: 'duty-ended' }
  const waits = submission.state === 'waiting'
  const actor = waits ? actorOf(tx, submission.appointmentId, judgedAt) : null
  return { actor, certifier: tapped, submission, missing: 'submission-over' }
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

function refuseRun(tx: Tx, run: Run, found: Refusal, now: Instant): { step: 'done' | 'unlock' } {
  const refusal = holdLateRun(tx, run, found, now)
  if (refusal.why !== 'held-late') recordRefusal(tx, run, refusal, now)
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

function recordRefusal(tx: Tx, run: Run, refusal: Refusal, now: Instant): void {
  const { roundId, unitId, personId, appointmentId, component, purpose, tappedAt, receivedAt } = run
  const data = { component, purpose, why: refusal.why, tappedAt, receivedAt }
  appendEvent(tx, { at: now, type: 'confirm-refused', roundId, unitId, personId, appointmentId, data })
}

/** The refused sequence has given the sheet back, or left it shut after the close: now the person is told why. */
export function finishUnlock(tx: Tx, runId: RunId, now: Instant): void {
  const run = runById(tx, runId)
  const outcome = (run.outcome ?? {}) as RunOutcome
  const lockedFor = settleLock(tx, run, now)
  tx.update(sheetFiles)
    .set({ locked: lockedFor !== null, lockedFor })
    .where(and(eq(sheetFiles.roundId, run.roundId), eq(sheetFiles.unitId, run.unitId)))
    .run()
  endRun(tx, run, outcome, now)
  tellRefused(tx, run, outcome.refusal ?? { why: 'sheet-unreadable', words: '' }, now)
}

export function runById(tx: Tx, runId: RunId): Run {
  const run = preparedOn(tx, runStatements).byId.get({ runId })
  if (!run) throw new Error(`run ${runId} is gone`)
  return run
}

/** See docs/decisions/0009. */
function runStatements(raw: Database.Database, tx: Tx) {
  return {
    end: raw.prepare<[{ runId: RunId; outcome: string; endedAt: Instant }]>(
      `UPDATE confirm_runs SET step = 'done', outcome = @outcome, ended_at = @endedAt WHERE id = @runId`,
    ),
    byId: tx
      .select()
      .from(confirmRuns)
      .where(eq(confirmRuns.id, sql.placeholder('runId')))
      .prepare(),
    account: tx
      .select({ lineUserId: people.lineUserId })
      .from(people)
      .where(eq(people.id, sql.placeholder('personId')))
      .prepare(),
  }
}

function endRun(tx: Tx, run: Run, outcome: RunOutcome, now: Instant): void {
  preparedOn(tx, runStatements).end.run({ runId: run.id, outcome: JSON.stringify(outcome), endedAt: now })
}

function tellRefused(tx: Tx, run: Run, refusal: Refusal, now: Instant): void {
  const notice = { type: 'confirm-refused', unitId: run.unitId, component: run.component, refusal } as const
  answer(tx, run, notice, now)
  // What Google withheld may come with the next tap, and a late one waits for the department; else the officer must look first.
  const submission = run.submissionId === null ? null : submissionById(tx, run.submissionId)
  if (submission?.state !== 'waiting' || refusal.why === 'sheet-unreadable' || refusal.why === 'held-late') return
  endSubmission(tx, { submission, state: 'overtaken', actor: null, word: null }, now)
  queueNotice(tx, { personId: submission.personId, notice, urgency: URGENCY.actNow }, now)
}

function answer(tx: Tx, run: Run, notice: Notice, now: Instant): void {
  const person = preparedOn(tx, runStatements).account.get({ personId: run.personId })
  if (!person?.lineUserId) return
  queueAnswer(tx, { inboxId: run.inboxId, lineUserId: person.lineUserId, personId: run.personId, notice }, now)
}
