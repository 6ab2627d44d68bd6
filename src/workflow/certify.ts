import type { InboxId, Instant, RunId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { submissions } from '../db/schema.ts'
import { dateAct, type Tap } from './act-time.ts'
import { type Actor, actorOf, appointedAt } from './actor.ts'
import { attestedHash } from './attest.ts'
import { startConfirm } from './confirm-run.ts'
import { rosterOf, sheetRefusal } from './confirm-sheet.ts'
import { appendEvent } from './event-log.ts'
import { noticeUnit, queueNotice, URGENCY } from './notice.ts'
import { type Round, roundById } from './rounds.ts'
import { guardSeen } from './rules/confirm-guards.ts'
import { reasonRefusal } from './rules/reason.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { endSubmission, type Submission, submissionById, waitingSubmission } from './submissions.ts'

/** Who may certify what this officer submits: somebody else, appointed for it. */
export function certifiersFor(tx: Tx, actor: Actor, now: Instant): Actor[] {
  const there = appointedAt(tx, { unitId: actor.unitId, role: 'certifier' }, now)
  return there.filter(({ personId }) => personId !== actor.personId)
}

/**
 * The officer's last tap where a second person certifies: what was seen and attested is put on record and laid before the
 * certifier. Nothing is confirmed by it. A newer one takes the place of an older one.
 */
export function submitForCertifying(
  tx: Tx,
  input: { round: Round; actor: Actor; seenHash: string; counted: number; tap: Tap },
  now: Instant,
): Decision<{ submissionId: number; certifiers: string[] }> {
  const { round, actor, seenHash, counted, tap } = input
  const ref = { roundId: round.id, unitId: actor.unitId }
  const meant = { kind: 'submit', seenHash, counted } as const
  const dated = dateAct(tx, { round, actor, unitId: actor.unitId, component: 'roster', meant, tap }, now)
  if (!dated.ok) return dated
  const refusal = sheetRefusal(tx, { round, actor, unitId: actor.unitId, component: 'roster' }, dated.at)
  if (refusal) return refuse(refusal)
  const attested = attestedHash(tx, { actor, ...ref, component: 'roster' })
  const readHash = rosterOf(tx, ref.roundId, ref.unitId)?.contentHash ?? ''
  const unseen = guardSeen({ seenHash, readHash, attestedHash: attested })
  if (unseen) return refuse(unseen)
  const certifiers = certifiersFor(tx, actor, now)
  if (certifiers.length === 0) return refuse({ why: 'no-certifier' })
  const former = waitingSubmission(tx, ref)
  if (former) endSubmission(tx, { submission: former, state: 'overtaken', actor, word: null }, now)
  const { id: submissionId } = tx
    .insert(submissions)
    .values({
      ...ref,
      seenHash,
      counted,
      state: 'waiting',
      personId: actor.personId,
      appointmentId: actor.appointmentId,
      tappedAt: dated.at,
      createdAt: now,
    })
    .returning({ id: submissions.id })
    .get()
  appendEvent(tx, {
    at: now,
    type: 'confirm-submitted',
    ...ref,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: { submissionId, hash: seenHash, counted, datedAt: dated.at },
  })
  const notice = { type: 'submission-waits', submissionId } as const
  const whom = { unitId: ref.unitId, role: 'certifier', except: actor.personId } as const
  noticeUnit(tx, { ...whom, notice, urgency: URGENCY.actNow }, now)
  return { ok: true, submissionId, certifiers: certifiers.map(({ name }) => name) }
}

/** Whether this person may certify or send back the submission; `null` is yes. */
export function certifyRefusal(actor: Actor, submission: Submission | null): Refusal | null {
  if (!submission || submission.unitId !== actor.unitId) return { why: 'not-yours' }
  if (actor.role !== 'certifier') return { why: 'certifier-only' }
  if (actor.personId === submission.personId) return { why: 'certifier-only' }
  return submission.state === 'waiting' ? null : { why: 'submission-over' }
}

/** รับรองและยืนยัน: starts the same durable sequence, for exactly what the officer submitted; both stand behind the receipt. */
export function certify(
  tx: Tx,
  input: { actor: Actor; submissionId: number; inboxId: InboxId | null; tap: Tap },
  now: Instant,
): Decision<{ runId: RunId }> {
  const { actor, inboxId, tap } = input
  const submission = submissionById(tx, input.submissionId)
  const refusal = certifyRefusal(actor, submission)
  if (refusal || !submission) return refuse(refusal ?? { why: 'not-yours' })
  const { unitId, seenHash } = submission
  const round = roundById(tx, submission.roundId)
  const stale = staleRefusal(tx, submission, now)
  if (stale) {
    overtake(tx, { submission, refusal: stale, tell: true }, now)
    return refuse(stale)
  }
  const start = { round, actor, unitId, component: 'roster', inboxId, ...tap } as const
  return startConfirm(tx, { ...start, seenHash, submissionId: submission.id }, now)
}

/** Why what was submitted cannot be certified as it stands: the officer has gone, or the sheet says something else by now. */
export function staleRefusal(tx: Tx, submission: Submission, now: Instant): Refusal | null {
  if (!actorOf(tx, submission.appointmentId, now)) return { why: 'submission-over' }
  const held = rosterOf(tx, submission.roundId, submission.unitId)?.contentHash
  return held === submission.seenHash ? null : { why: 'changed-since-shown' }
}

/** The submission is no longer what the system holds: the officer looks, attests and submits anew. */
export function overtake(
  tx: Tx,
  input: { submission: Submission; refusal: Refusal; tell: boolean },
  now: Instant,
): void {
  const { submission, refusal } = input
  endSubmission(tx, { submission, state: 'overtaken', actor: null, word: null }, now)
  if (!input.tell) return
  const notice = { type: 'confirm-refused', unitId: submission.unitId, component: 'roster', refusal } as const
  queueNotice(tx, { personId: submission.personId, notice, urgency: URGENCY.actNow }, now)
}

/** ส่งคืน: the certifier says no, with a word; the sheet is open all the while, so that the officer mends and submits anew. */
export function sendBackSubmission(
  tx: Tx,
  input: { actor: Actor; submissionId: number; word: string },
  now: Instant,
): Decision<{ unitName: string }> {
  const { actor } = input
  const word = input.word.trim()
  const submission = submissionById(tx, input.submissionId)
  const refusal = certifyRefusal(actor, submission)
  if (refusal || !submission) return refuse(refusal ?? { why: 'not-yours' })
  const unreasoned = reasonRefusal(word)
  if (unreasoned) return refuse(unreasoned)
  endSubmission(tx, { submission, state: 'sent_back', actor, word }, now)
  const notice = { type: 'submission-sent-back', submissionId: submission.id } as const
  queueNotice(tx, { personId: submission.personId, notice, urgency: URGENCY.actNow }, now)
  return { ok: true, unitName: actor.unitName }
}
