import type Database from 'better-sqlite3'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { AnnouncementId, Instant, OutboxId, PersonId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { announcementReceipts, announcements, announcementTellings } from '../db/schema.ts'
import { type Recipient, recipientsBelow } from './announcement-scope.ts'
import { appendEvent } from './event-log.ts'
import { queueNotice, URGENCY } from './notice.ts'

/** The next part of the country that is to hear of an announcement; null when all have. */
export function nextAnnouncementTelling(tx: Tx): number | null {
  const row = tx
    .select({ id: announcementTellings.id })
    .from(announcementTellings)
    .where(isNull(announcementTellings.toldAt))
    .orderBy(asc(announcementTellings.id))
    .limit(1)
    .get()
  return row?.id ?? null
}

/**
 * Tells everyone under one unit of an announcement, one message for each person; told again, those who have not acknowledged and
 * those who came since. Returns how many messages were queued.
 */
export function tellOfAnnouncement(tx: Tx, tellingId: number, now: Instant): number {
  const telling = tx.select().from(announcementTellings).where(eq(announcementTellings.id, tellingId)).get()
  if (!telling || telling.toldAt !== null) return 0
  tx.update(announcementTellings).set({ toldAt: now }).where(eq(announcementTellings.id, tellingId)).run()
  const { announcementId, underUnitId } = telling
  const announcement = tx.select().from(announcements).where(eq(announcements.id, announcementId)).get()
  if (!announcement) return 0
  const { unitId, reach, roundId } = announcement
  const scope = { unitId: underUnitId, reach, own: underUnitId !== unitId }
  const recipients = recipientsBelow(tx, scope, now)
  const issue = announcement.repeatedAt ?? announcement.createdAt
  const told = new Map<PersonId, OutboxId | null>()
  let queued = 0
  for (const recipient of recipients) queued += tellOne(tx, { announcementId, issue, recipient, told }, now)
  const unreached = [...told.values()].filter((outboxId) => outboxId === null).length
  const data = { announcementId, under: underUnitId, messages: queued, unreached }
  appendEvent(tx, { at: now, type: 'announcement-told', roundId, unitId, data })
  return queued
}

function tellOne(
  tx: Tx,
  input: {
    announcementId: AnnouncementId
    /** When it was issued, or repeated last: one message for each. */
    issue: Instant
    recipient: Recipient
    told: Map<PersonId, OutboxId | null>
  },
  now: Instant,
): number {
  const { announcementId, issue, recipient, told } = input
  const { unitId, personId, appointmentId, role } = recipient
  const statements = preparedOn(tx, tellingStatements)
  const known = statements.receipt.get({ announcementId, unitId, personId })
  if (known?.acknowledgedAt != null) return 0
  let queued = 0
  if (!told.has(personId)) {
    const notice = { type: 'announcement', announcementId, unitId } as const
    const dedupeKey = `announcement:${announcementId}:${issue}:${personId}`
    const outboxId = queueNotice(tx, { personId, notice, urgency: URGENCY.reminder, dedupeKey }, now)
    if (outboxId !== null) queued = 1
    // Somebody with duties elsewhere too has been told of it there.
    told.set(personId, outboxId ?? statements.anyReceipt.get({ announcementId, personId })?.outboxId ?? null)
  }
  const outboxId = told.get(personId) ?? null
  if (known) statements.again.run({ id: known.id, outboxId, toldAt: now })
  else statements.first.run({ announcementId, unitId, personId, appointmentId, role, outboxId, toldAt: now })
  return queued
}

/** For every recipient: see docs/decisions/0009. */
function tellingStatements(raw: Database.Database, tx: Tx) {
  const of = and(
    eq(announcementReceipts.announcementId, sql.placeholder('announcementId')),
    eq(announcementReceipts.personId, sql.placeholder('personId')),
  )
  return {
    receipt: tx
      .select({ id: announcementReceipts.id, acknowledgedAt: announcementReceipts.acknowledgedAt })
      .from(announcementReceipts)
      .where(and(of, eq(announcementReceipts.unitId, sql.placeholder('unitId'))))
      .prepare(),
    // By the person: an announcement for the nation has tens of thousands of receipts.
    anyReceipt: raw.prepare<[{ announcementId: AnnouncementId; personId: PersonId }], { outboxId: OutboxId | null }>(
      `SELECT outbox_id AS outboxId FROM announcement_receipts INDEXED BY announcement_receipts_person
       WHERE person_id = @personId AND announcement_id = @announcementId AND outbox_id IS NOT NULL LIMIT 1`,
    ),
    first: raw.prepare<[Recipient & { announcementId: AnnouncementId; outboxId: OutboxId | null; toldAt: Instant }]>(
      `INSERT INTO announcement_receipts
         (announcement_id, unit_id, person_id, appointment_id, role, outbox_id, told_at)
       VALUES (@announcementId, @unitId, @personId, @appointmentId, @role, @outboxId, @toldAt)`,
    ),
    again: tx
      .update(announcementReceipts)
      .set({ outboxId: sql`${sql.placeholder('outboxId')}`, toldAt: sql`${sql.placeholder('toldAt')}` })
      .where(eq(announcementReceipts.id, sql.placeholder('id')))
      .prepare(),
  }
}
