import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import type { AnnouncementId, Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { announcementReceipts, announcements, announcementTellings, type Reach, units } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { isAddressed, peopleBelow } from './announcement-scope.ts'
import { tellOfAnnouncement } from './announcement-tellings.ts'
import { appointmentById } from './appointment-record.ts'
import { appendEvent } from './event-log.ts'
import { policyOf } from './remind-policy.ts'
import { roundById } from './rounds.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { bangkokDay } from './rules/reminders/calendar.ts'
import { DEFAULT_POLICY } from './rules/reminders/policy.ts'
import { mayWriteFrom } from './rules/reminders/quiet.ts'
import { childrenOf, unitById } from './unit.ts'

export type Announcement = typeof announcements.$inferSelect

export type AnnouncementWanted = {
  /** Null: the department's operator at the machine. */
  actor: Actor | null
  unitId: UnitId
  roundId: RoundId | null
  words: string
  letterNumber: string | null
  reach: Reach
  /** The announcement from above that is passed on; `words` is the word added to it, which may be empty. */
  passesOnId: AnnouncementId | null
  tap?: Tap | undefined
}

/** Why this may not be announced now; null when it may. An institution has nobody below it. */
export function announcementRefusal(tx: Tx, input: AnnouncementWanted, now: Instant): Refusal | null {
  const { actor, unitId, passesOnId } = input
  if (actor && actor.unitId !== unitId) return { why: 'not-yours' }
  const unit = unitById(tx, unitId)
  if (actor && unit.level === 'institution') return { why: 'not-yours', only: ['lao', 'province', 'department'] }
  if (actor && actor.role !== 'officer') return { why: 'reads-only' }
  if (unit.level === 'institution' || (actor === null && unit.level !== 'department')) return { why: 'nobody-below' }
  if (passesOnId !== null) {
    const refusal = passingOnRefusal(tx, { unitId, passesOnId })
    if (refusal) return refusal
  } else if (input.words.trim() === '') return { why: 'announcement-empty' }
  if (peopleBelow(tx, { unitId, reach: input.reach, atLeastOne: true }, now) === 0) return { why: 'nobody-below' }
  return quietNow(tx, input.roundId, now)
}

function passingOnRefusal(tx: Tx, input: { unitId: UnitId; passesOnId: AnnouncementId }): Refusal | null {
  const above = announcementById(tx, input.passesOnId)
  if (!above || !isAddressed(tx, { fromId: above.unitId, reach: above.reach, unitId: input.unitId }))
    return { why: 'announcement-unknown' }
  if (above.reach === 'all') return { why: 'announcement-everywhere' }
  const done = passedOnBy(tx, input)
  if (!done) return null
  const by = done.byAppointmentId ? appointmentById(tx, done.byAppointmentId) : null
  return { why: 'announcement-passed-on', by: by?.name ?? unitById(tx, input.unitId).name, at: done.createdAt }
}

/**
 * ประกาศ (R10): of a level to those below it, all at once or the level directly below, which passes it on with a word of its own.
 * Everyone is told who issued it, and each acknowledges for himself; whom it could not reach stands in the record too.
 */
export function announce(tx: Tx, input: AnnouncementWanted, now: Instant): Decision<{ announcement: Announcement }> {
  const refusal = announcementRefusal(tx, input, now)
  if (refusal) return refuse(refusal)
  const { actor, unitId, roundId, reach, passesOnId, tap } = input
  const announcement = tx
    .insert(announcements)
    .values({
      roundId,
      unitId,
      byAppointmentId: actor?.appointmentId ?? null,
      words: input.words.trim(),
      letterNumber: input.letterNumber?.trim() || null,
      reach,
      passesOnId,
      createdAt: now,
    })
    .returning()
    .get()
  record(tx, { type: 'announcement-made', announcement, actor, data: { reach, passesOnId, tap } }, now)
  queueTellings(tx, announcement, now)
  return { ok: true, announcement }
}

/** Tells those once more who have not acknowledged, at most once a day; only the level that issued it does. */
export function repeatAnnouncement(
  tx: Tx,
  input: { actor: Actor; announcementId: AnnouncementId; tap?: Tap | undefined },
  now: Instant,
): Decision<{ announcement: Announcement }> {
  const { actor, announcementId, tap } = input
  const refusal = repeatRefusal(tx, input, now)
  if (refusal) return refuse(refusal)
  tx.update(announcements).set({ repeatedAt: now }).where(eq(announcements.id, announcementId)).run()
  const announcement = announcementById(tx, announcementId)
  if (!announcement) return refuse({ why: 'announcement-unknown' })
  record(tx, { type: 'announcement-repeated', announcement, actor, data: { tap } }, now)
  queueTellings(tx, announcement, now)
  return { ok: true, announcement }
}

export function repeatRefusal(
  tx: Tx,
  input: { actor: Actor; announcementId: AnnouncementId },
  now: Instant,
): Refusal | null {
  const { actor, announcementId } = input
  const announcement = announcementById(tx, announcementId)
  if (announcement?.unitId !== actor.unitId) return { why: 'announcement-unknown' }
  if (actor.role !== 'officer') return { why: 'reads-only' }
  const last = announcement.repeatedAt ?? announcement.createdAt
  if (bangkokDay(last) === bangkokDay(now)) return { why: 'told-today', at: last }
  const waiting = tx
    .select({ id: announcementReceipts.id })
    .from(announcementReceipts)
    .where(and(eq(announcementReceipts.announcementId, announcementId), isNull(announcementReceipts.acknowledgedAt)))
    .limit(1)
    .get()
  return waiting ? quietNow(tx, announcement.roundId, now) : { why: 'all-acknowledged' }
}

/** Nobody is written to unasked at night, except on the last day of something. */
function quietNow(tx: Tx, roundId: RoundId | null, now: Instant): Refusal | null {
  const round = roundId === null ? null : roundById(tx, roundId)
  const ends = round
    ? [
        round.institutionDueAt,
        round.laoDueAt,
        round.otherCountsDueAt,
        round.provinceDueAt,
        round.recordingClosesAt,
        round.closesAt,
      ]
    : []
  const from = mayWriteFrom(round ? policyOf(round) : DEFAULT_POLICY, { now, ends })
  return from === null ? null : { why: 'quiet-hours', from }
}

/**
 * รับทราบ: this person has read it, for every duty through which it came. Whoever was appointed at an addressed unit afterwards
 * acknowledges too. Twice changes nothing.
 */
export function acknowledge(
  tx: Tx,
  input: { actor: Actor; announcementId: AnnouncementId; tap?: Tap | undefined },
  now: Instant,
): Decision<{ announcement: Announcement; already: boolean }> {
  const { actor, announcementId, tap } = input
  const announcement = announcementById(tx, announcementId)
  if (!announcement) return refuse({ why: 'announcement-unknown' })
  const { personId, unitId, appointmentId, role } = actor
  const mine = and(eq(announcementReceipts.announcementId, announcementId), eq(announcementReceipts.personId, personId))
  const receipts = tx.select().from(announcementReceipts).where(mine).all()
  const addressed = isAddressed(tx, { fromId: announcement.unitId, reach: announcement.reach, unitId })
  if (receipts.length === 0 && !addressed) return refuse({ why: 'announcement-unknown' })
  if (receipts.length === 0)
    tx.insert(announcementReceipts)
      .values({ announcementId, unitId, personId, appointmentId, role, outboxId: null, toldAt: now })
      .run()
  else if (receipts.every(({ acknowledgedAt }) => acknowledgedAt !== null))
    return { ok: true, announcement, already: true }
  tx.update(announcementReceipts)
    .set({ acknowledgedAt: tap?.tappedAt ?? now })
    .where(and(mine, isNull(announcementReceipts.acknowledgedAt)))
    .run()
  const [first] = receipts
  const as = first ? { unitId: first.unitId, appointmentId: first.appointmentId } : { unitId, appointmentId }
  appendEvent(tx, {
    at: now,
    type: 'announcement-acknowledged',
    roundId: announcement.roundId,
    ...as,
    personId,
    data: { announcementId, tap },
  })
  return { ok: true, announcement, already: false }
}

export function announcementById(tx: Tx, id: AnnouncementId): Announcement | null {
  return tx.select().from(announcements).where(eq(announcements.id, id)).get() ?? null
}

export function passedOnBy(tx: Tx, input: { unitId: UnitId; passesOnId: AnnouncementId }): Announcement | null {
  const { unitId, passesOnId } = input
  const same = and(eq(announcements.passesOnId, passesOnId), eq(announcements.unitId, unitId))
  return tx.select().from(announcements).where(same).get() ?? null
}

export type Said = { unitName: string; words: string; letterNumber: string | null; at: Instant; by: string | null }

/** What was said on the way, from the top: the announcement itself first, then the word of each level that passed it on. */
export function saidOnTheWay(tx: Tx, announcement: Announcement): Said[] {
  const said: Said[] = []
  for (let one: Announcement | null = announcement; one !== null && said.length < 4; ) {
    const { words, letterNumber, createdAt, byAppointmentId } = one
    const by = byAppointmentId ? (appointmentById(tx, byAppointmentId)?.name ?? null) : null
    said.unshift({ unitName: unitById(tx, one.unitId).name, words, letterNumber, at: createdAt, by })
    one = one.passesOnId === null ? null : announcementById(tx, one.passesOnId)
  }
  return said
}

/** Announcements of a unit itself, newest first. */
export function announcementsOf(tx: Tx, input: { unitId: UnitId; most: number }): Announcement[] {
  return tx
    .select()
    .from(announcements)
    .where(eq(announcements.unitId, input.unitId))
    .orderBy(desc(announcements.id))
    .limit(input.most)
    .all()
}

/** What has reached a person and waits for her acknowledgement, oldest first. */
export function unacknowledgedOf(tx: Tx, actor: Pick<Actor, 'personId'>): Announcement[] {
  const rows = tx
    .selectDistinct({ announcement: announcements })
    .from(announcementReceipts)
    .innerJoin(announcements, eq(announcements.id, announcementReceipts.announcementId))
    .where(and(eq(announcementReceipts.personId, actor.personId), isNull(announcementReceipts.acknowledgedAt)))
    .orderBy(asc(announcements.id))
    .all()
  return rows.map(({ announcement }) => announcement)
}

/** For the nation province by province, by a job; anything smaller is told at once, with the act. */
function queueTellings(tx: Tx, announcement: Announcement, now: Instant): void {
  const own = unitById(tx, announcement.unitId)
  const under =
    own.level === 'department' && announcement.reach === 'all'
      ? childrenOf(tx, { unitId: own.id, level: 'province' }, now).map(({ id }) => id)
      : [own.id]
  for (const underUnitId of under) {
    const { id } = tx
      .insert(announcementTellings)
      .values({ announcementId: announcement.id, underUnitId })
      .returning({ id: announcementTellings.id })
      .get()
    if (underUnitId === own.id) tellOfAnnouncement(tx, id, now)
  }
}

function record(
  tx: Tx,
  input: {
    type: 'announcement-made' | 'announcement-repeated'
    announcement: Announcement
    actor: Actor | null
    data: Record<string, unknown>
  },
  now: Instant,
): void {
  const { type, announcement, actor, data } = input
  appendEvent(tx, {
    at: now,
    type,
    roundId: announcement.roundId,
    unitId: announcement.unitId,
    personId: actor?.personId ?? null,
    appointmentId: actor?.appointmentId ?? null,
    data: { announcementId: announcement.id, ...data, ...(actor ? {} : { by: 'operator' }) },
  })
}

/** The department: what the operator announces is its word. */
export function departmentId(tx: Tx): UnitId | null {
  return tx.select({ id: units.id }).from(units).where(eq(units.level, 'department')).get()?.id ?? null
}
