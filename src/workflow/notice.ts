import { randomUUID } from 'node:crypto'
import type Database from 'better-sqlite3'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type {
  AppointmentId,
  ConfirmationId,
  DriftId,
  FindingId,
  HeldActId,
  HoldId,
  InboxId,
  Instant,
  OutboxId,
  PersonId,
  RequestId,
  RoundId,
  RunId,
  SharedPupilId,
  SpotCheckId,
  UnitId,
} from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { Component } from '../db/schema.ts'
import { inbox, outbox, people, type Role } from '../db/schema.ts'
import { appointedAt } from './actor.ts'
import type { Refusal } from './rules/refusal.ts'
import type { SharedPupilNews } from './shared-pupils-tell.ts'

/** What a person is told: the meaning only. The bot puts it into words at the first sending. */
export type Notice =
  | { type: 'receipt'; confirmationId: ConfirmationId }
  | { type: 'read-back'; runId: RunId }
  | { type: 'confirm-refused'; unitId: UnitId; component: Component; refusal: Refusal }
  | { type: 'all-institutions-confirmed'; roundId: RoundId; laoId: UnitId }
  | { type: 'all-laos-complete'; roundId: RoundId; provinceId: UnitId }
  | { type: 'province-confirmed'; confirmationId: ConfirmationId }
  | { type: 'reopening-waits'; requestId: RequestId; stepId: number }
  | { type: 'reopening-progress'; requestId: RequestId; stepId: number }
  | { type: 'cancelled'; confirmationId: ConfirmationId; reason: string; byUnitId: UnitId; requestId: RequestId | null }
  | { type: 'hold-opened'; holdId: HoldId }
  | {
      type: 'drifted'
      roundId: RoundId
      unitId: UnitId
      component: 'roster' | 'other_counts'
      driftId: DriftId
      contentHash: string
    }
  | { type: 'drift-gone'; roundId: RoundId; unitId: UnitId; component: 'roster' | 'other_counts'; driftId: DriftId }
  | { type: 'google-address-refused'; email: string }
  | { type: 'sheet-ready'; unitId: UnitId; roundId: RoundId }
  | {
      type: 'shared-pupils'
      what: SharedPupilNews
      roundId: RoundId
      /** Who is told: an institution that counts these pupils, or the unit that may decide. */
      unitId: UnitId
      ids: SharedPupilId[]
      byUnitId?: UnitId
    }
  | {
      type: 'deadline-agreement'
      what: 'proposed' | 'accepted'
      roundId: RoundId
      unitId: UnitId
      agreementId: number
    }
  | {
      type: 'spot-check-news'
      what: 'not_found' | 'found_after_all'
      roundId: RoundId
      spotCheckId: SpotCheckId
      institutionId: UnitId
      /** Who is told: the institution or its LAO. */
      unitId: UnitId
      numbers: number[]
    }
  | { type: 'units-changed'; roundId: RoundId | null; unitId: UnitId; news: UnitNews[] }
  | { type: 'extended' | 'extension-ended'; extensionId: number; unitId: UnitId }
  | { type: 'late-taps-waiting'; roundId: RoundId }
  | { type: 'late-tap-decided'; heldActId: HeldActId }
  | { type: 'finding-recorded'; findingId: FindingId; unitId: UnitId }
  | {
      type: 'duty-changed'
      appointmentId: AppointmentId
      how: 'suspended' | 'resumed' | 'ended' | 'replaced'
      reason: string | null
    }
  | { type: 'colleague-left'; unitId: UnitId; appointmentId: AppointmentId }
  /** `unitId` is told that nobody is left at `vacantId`. */
  | { type: 'unit-vacant'; unitId: UnitId; vacantId: UnitId }
  | { type: 'vacancies'; roundId: RoundId; unitId: UnitId }
  | { type: 'certifier-switched'; unitId: UnitId; on: boolean }
  | { type: 'submission-waits'; submissionId: number }
  | { type: 'submission-sent-back'; submissionId: number }
  | { type: 'reminder'; roundId: RoundId; unitId: UnitId; moment: string; dueAt: Instant; owes: Owes }

/** What became of a unit, for those whom it concerns; `otherId`: merged into, or moved to. */
export type UnitNews = {
  what: 'added' | 'recoded' | 'moved' | 'closed' | 'merged'
  unitId: UnitId
  formerId?: UnitId | null
  otherId?: UnitId | null
  formerName?: string
  formerCode?: string | null
  code?: string | null
  letterNumber: string | null
  /** Open requests to reopen that lapsed with it. */
  requestsLapsed?: number
}

/** What a unit still owes at a reminder's moment; rendered again at the last moment, so that done things drop out. */
export type Owes = {
  roster: boolean
  overview: boolean
  otherCounts: boolean
  province: boolean
  /** Units below that owe, by name. */
  units: { id: UnitId; name: string }[]
}

export const URGENCY = { answer: 1, actNow: 2, undoesYourAct: 3, result: 4, reminder: 6, digest: 8 } as const

/** Queues a notice for one person; nothing is queued for a person without a LINE account (the caller learns it from null). */
export function queueNotice(
  tx: Tx,
  input: { personId: PersonId; notice: Notice; urgency: number; dedupeKey?: string },
  now: Instant,
): OutboxId | null {
  const person = preparedOn(tx, noticeStatements).reachable.get({ personId: input.personId })
  if (!person?.lineUserId) return null
  const row = tx
    .insert(outbox)
    .values({
      lineUserId: person.lineUserId,
      personId: input.personId,
      notice: input.notice,
      channel: 'push',
      retryKey: randomUUID(),
      urgency: input.urgency,
      dedupeKey: input.dedupeKey ?? null,
      createdAt: now,
      occurredAt: now,
    })
    .onConflictDoNothing()
    .returning({ id: outbox.id })
    .get()
  return row?.id ?? null
}

/** Queues a notice for everyone appointed at a unit; returns how many accounts it goes to. */
export function noticeUnit(
  tx: Tx,
  input: { unitId: UnitId; role?: Role; notice: Notice; urgency: number; except?: PersonId },
  now: Instant,
): number {
  const told = new Set<PersonId>()
  for (const actor of appointedAt(tx, { unitId: input.unitId, role: input.role ?? 'officer' }, now)) {
    if (actor.personId === input.except || told.has(actor.personId)) continue
    if (queueNotice(tx, { personId: actor.personId, notice: input.notice, urgency: input.urgency }, now))
      told.add(actor.personId)
  }
  return told.size
}

/** A reply token is good for about a minute after LINE's delivery; ten seconds are left for the way there. */
const REPLY_TOKEN_LIFE_MS = 50_000

/**
 * Queues the answer to an inbox event: by its reply token (free of quota) when it has one that is not spoken for, else by push.
 * `payload` holds ready LINE messages; without it the notice is rendered at the first sending.
 */
export function queueAnswer(
  tx: Tx,
  input: {
    inboxId: InboxId | null
    lineUserId: string
    personId: PersonId | null
    notice: Notice | { type: 'answer' }
    payload?: string
  },
  now: Instant,
): OutboxId {
  const reply = input.inboxId ? replyTokenOf(tx, input.inboxId) : null
  const row = tx
    .insert(outbox)
    .values({
      lineUserId: input.lineUserId,
      personId: input.personId,
      notice: input.notice,
      payload: input.payload ?? null,
      channel: reply ? 'reply' : 'push',
      replyToken: reply?.token ?? null,
      replyTokenUntil: reply?.until ?? null,
      retryKey: randomUUID(),
      urgency: URGENCY.answer,
      createdAt: now,
      occurredAt: now,
    })
    .returning({ id: outbox.id })
    .get()
  return row.id
}

function replyTokenOf(tx: Tx, inboxId: InboxId): { token: string; until: number } | null {
  const row = preparedOn(tx, noticeStatements).received.get({ inboxId })
  const token = (row?.body as { replyToken?: unknown } | null)?.replyToken
  if (!row || typeof token !== 'string') return null
  const spoken = preparedOn(tx, noticeStatements).spokenFor.get({ token })
  return spoken ? null : { token, until: row.receivedAt + REPLY_TOKEN_LIFE_MS }
}

/** For every answer and notice: see docs/decisions/0009. */
function noticeStatements(_raw: Database.Database, tx: Tx) {
  return {
    received: tx
      .select({ body: inbox.body, receivedAt: inbox.receivedAt })
      .from(inbox)
      .where(eq(inbox.id, sql.placeholder('inboxId')))
      .prepare(),
    spokenFor: tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(eq(outbox.replyToken, sql.placeholder('token')))
      .prepare(),
    reachable: tx
      .select({ lineUserId: people.lineUserId })
      .from(people)
      .where(and(eq(people.id, sql.placeholder('personId')), isNull(people.blockedAt)))
      .prepare(),
  }
}
