import { randomUUID } from 'node:crypto'
import type Database from 'better-sqlite3'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type {
  AnnouncementId,
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
import type { MomentKind } from './rules/reminders/moments.ts'
import type { SharedPupilNews } from './shared-pupils-tell.ts'
import { noteUnreached } from './unreached.ts'

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
  /** Somebody of the level above asks for what is owed; null: the department's operator. */
  | { type: 'nudge'; roundId: RoundId; unitId: UnitId; byUnitId: UnitId; byAppointmentId: AppointmentId | null }
  | { type: 'announcement'; announcementId: AnnouncementId; unitId: UnitId }
  | { type: 'weekly-card'; roundId: RoundId }
  /** `unitId` is told that chat reaches nobody who is appointed at `silentId`. */
  | { type: 'unit-unreached'; unitId: UnitId; silentId: UnitId }
  | ReminderNotice
  /** To the department: LINE's monthly quota runs short. `limit` and `used` in recipients, `month` as YYYY-MM. */
  | { type: 'quota-warning'; percent: 80 | 95; month: string; used: number; limit: number | null }
  | { type: 'letters-dead' }

/**
 * What a person is reminded of: one message for all duties whose moment it is. Without `duties` it is of the former shape, about one
 * unit until `dueAt`, and may still stand in an outbox.
 */
export type ReminderNotice = {
  type: 'reminder'
  roundId: RoundId
  /** The first of the duties. */
  unitId: UnitId
  duties?: ReminderDuty[]
  moment?: string
  dueAt?: Instant
  owes?: Owes
}

export type ReminderDuty = { unitId: UnitId; role: 'officer' | 'executive'; kinds: MomentKind[] }

/** What became of a unit, for those whom it concerns; `otherId`: merged into, or moved to. */
export type UnitNews = {
  what: 'added' | 'recoded' | 'moved' | 'closed' | 'merged' | 'reopened'
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

/** What each may still use of a short quota, and what keeps whose order: rules/sending-order.ts. */
export const URGENCY = {
  answer: 1,
  actNow: 2,
  undoesYourAct: 3,
  result: 4,
  reminder: 6,
  earlyReminder: 7,
  digest: 8,
} as const

/**
 * Queues a notice for one person. Who has no LINE account, or has blocked ours, is not told: the caller learns it from null, and the
 * record shows it (R38).
 */
export function queueNotice(tx: Tx, input: ToPerson, now: Instant): OutboxId | null {
  const queued = queueFor(tx, input, now)
  if (queued === 'unreachable') noteUnreached(tx, { personId: input.personId })
  return queued === 'unreachable' ? null : queued
}

type ToPerson = { personId: PersonId; notice: Notice; urgency: number; dedupeKey?: string }

/** Null when the same is queued already. */
function queueFor(tx: Tx, input: ToPerson, now: Instant): OutboxId | 'unreachable' | null {
  const person = preparedOn(tx, noticeStatements).reachable.get({ personId: input.personId })
  if (!person?.lineUserId || !isLineId(person.lineUserId)) {
    keepUnreached(tx, input, now)
    return 'unreachable'
  }
  return queueRow(tx, {
    lineUserId: person.lineUserId,
    personId: input.personId,
    notice: JSON.stringify(input.notice),
    payload: null,
    channel: 'push',
    replyToken: null,
    replyTokenUntil: null,
    urgency: input.urgency,
    dedupeKey: input.dedupeKey ?? null,
    ofAct: 0,
    at: now,
  })
}

/** What a person ought to have been told, and was not; said again, it is on record once where it has a key. */
function keepUnreached(tx: Tx, input: ToPerson, now: Instant): void {
  const { personId, notice, urgency } = input
  tx.insert(outbox)
    .values({
      lineUserId: '',
      personId,
      notice,
      channel: 'push',
      retryKey: randomUUID(),
      urgency,
      // Of its own, so that the person is told the same once he can be.
      dedupeKey: input.dedupeKey === undefined ? null : `unreachable:${input.dedupeKey}`,
      state: 'unreachable',
      createdAt: now,
      occurredAt: now,
    })
    .onConflictDoNothing()
    .run()
}

/** Queues a notice for everyone appointed at a unit; returns how many accounts it goes to. */
export function noticeUnit(
  tx: Tx,
  input: { unitId: UnitId; role?: Role; notice: Notice; urgency: number; except?: PersonId },
  now: Instant,
): number {
  const { unitId, notice, urgency, except } = input
  const there = appointedAt(tx, { unitId, role: input.role ?? 'officer' }, now).map(({ personId }) => personId)
  const asked = [...new Set(there)].filter((personId) => personId !== except)
  const told = asked.filter((personId) => queueFor(tx, { personId, notice, urgency }, now) !== 'unreachable')
  // Who acts himself is nobody to be told.
  if (told.length === 0 && (there.length === 0 || asked.length > 0)) noteUnreached(tx, { unitId })
  return told.length
}

const OUTCOMES: readonly string[] = ['receipt', 'confirm-refused'] satisfies Notice['type'][]

/** An account, a group or a room as LINE writes them: LINE refuses a message to anything else, for good. */
export const isLineId = (id: string): boolean => /^[UCR][0-9a-f]{32}$/.test(id)

/** A group or a multi-person chat: a push there counts once for every member, so that only replies go there. */
export const isOfSeveral = (lineId: string): boolean => /^[CR]/.test(lineId)

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
    /** It tells the outcome of an act: not dropped when it is late. Receipts and refusals always are. */
    ofAct?: boolean
  },
  now: Instant,
): OutboxId | null {
  if (!isLineId(input.lineUserId)) return null
  const reply = input.inboxId ? replyTokenOf(tx, input.inboxId) : null
  if (!reply && isOfSeveral(input.lineUserId)) return null
  return queueRow(tx, {
    lineUserId: input.lineUserId,
    personId: input.personId,
    notice: JSON.stringify(input.notice),
    payload: input.payload ?? null,
    channel: reply ? 'reply' : 'push',
    replyToken: reply?.token ?? null,
    replyTokenUntil: reply?.until ?? null,
    urgency: URGENCY.answer,
    dedupeKey: null,
    ofAct: (input.ofAct ?? OUTCOMES.includes(input.notice.type)) ? 1 : 0,
    at: now,
  })
}

type QueuedRow = {
  lineUserId: string
  personId: PersonId | null
  notice: string
  payload: string | null
  channel: 'reply' | 'push'
  replyToken: string | null
  replyTokenUntil: number | null
  urgency: number
  dedupeKey: string | null
  ofAct: 0 | 1
  at: Instant
}

/** Null when the same meaning is queued already. */
function queueRow(tx: Tx, row: QueuedRow): OutboxId | null {
  return preparedOn(tx, noticeStatements).queue.get({ ...row, retryKey: randomUUID() }) ?? null
}

function replyTokenOf(tx: Tx, inboxId: InboxId): { token: string; until: number } | null {
  const row = preparedOn(tx, noticeStatements).received.get({ inboxId })
  const token = (row?.body as { replyToken?: unknown } | null)?.replyToken
  if (!row || typeof token !== 'string') return null
  const spoken = preparedOn(tx, noticeStatements).spokenFor.get({ token })
  return spoken ? null : { token, until: row.receivedAt + REPLY_TOKEN_LIFE_MS }
}

/** For every answer and notice: see docs/decisions/0009. */
function noticeStatements(raw: Database.Database, tx: Tx) {
  return {
    queue: raw
      .prepare<[QueuedRow & { retryKey: string }], OutboxId>(
        `INSERT INTO outbox (line_user_id, person_id, notice, payload, channel, reply_token, reply_token_until, retry_key,
           urgency, dedupe_key, of_act, created_at, occurred_at)
         VALUES (@lineUserId, @personId, @notice, @payload, @channel, @replyToken, @replyTokenUntil, @retryKey,
           @urgency, @dedupeKey, @ofAct, @at, @at)
         ON CONFLICT DO NOTHING RETURNING id`,
      )
      .pluck(),
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
