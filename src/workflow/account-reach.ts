import { and, eq } from 'drizzle-orm'
import type { Instant, PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments } from '../db/schema.ts'
import { actorOf, appointedAt } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { queueNotice, URGENCY } from './notice.ts'
import { officersAt } from './officer-reach.ts'
import { personOfLineUser, setBlocked } from './person-account.ts'
import { parentOf } from './rounds.ts'
import { bangkokDay } from './rules/reminders/calendar.ts'

/**
 * The account blocked us or let us in again. Whoever it leaves without anybody whom chat reaches is told to the level above, once a
 * day at most: somebody who presses the button again and again is no news.
 */
export function noteFollowing(tx: Tx, input: { lineUserId: string; following: boolean }, now: Instant): void {
  const { lineUserId, following } = input
  const person = personOfLineUser(tx, lineUserId)
  if (!person || (person.blockedAt === null) === following) return
  setBlocked(tx, { lineUserId, at: following ? null : now })
  const type = following ? 'account-unblocked' : 'account-blocked'
  appendEvent(tx, { at: now, type, personId: person.id, data: {} })
  if (!following) tellWhomChatMisses(tx, { personId: person.id }, now)
}

/** Tells the level above of every unit that this person served as officer and that chat reaches nobody of any more. */
export function tellWhomChatMisses(tx: Tx, input: { personId: PersonId }, now: Instant): void {
  const duties = tx
    .select({ id: appointments.id, unitId: appointments.unitId })
    .from(appointments)
    .where(and(eq(appointments.personId, input.personId), eq(appointments.role, 'officer')))
    .all()
  const unitIds = new Set(duties.filter(({ id }) => actorOf(tx, id, now)).map(({ unitId }) => unitId))
  for (const unitId of unitIds) {
    const officers = officersAt(tx, [unitId], now).get(unitId) ?? []
    if (!officers.some(({ reachable }) => reachable)) tellAbove(tx, { silentId: unitId, except: input.personId }, now)
  }
}

function tellAbove(tx: Tx, input: { silentId: UnitId; except: PersonId }, now: Instant): void {
  const { silentId, except } = input
  const above = parentOf(tx, silentId)
  if (above === null) return
  const notice = { type: 'unit-unreached', unitId: above, silentId } as const
  for (const { personId } of appointedAt(tx, { unitId: above, role: 'officer' }, now)) {
    if (personId === except) continue
    const dedupeKey = `unreached:${silentId}:${bangkokDay(now)}:${personId}`
    queueNotice(tx, { personId, notice, urgency: URGENCY.actNow, dedupeKey }, now)
  }
}
