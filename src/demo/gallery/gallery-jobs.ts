import { eq } from 'drizzle-orm'
import type { Instant } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { outbox, units } from '../../db/schema.ts'
import { nextAnnouncementTelling, tellOfAnnouncement } from '../../workflow/announcement-tellings.ts'
import { reportDead } from '../../workflow/dead-letters.ts'
import { nextTelling, tellOfExtension } from '../../workflow/extension-tellings.ts'
import { recordQuota, warnOfQuota } from '../../workflow/message-quota.ts'
import { queueNotice, URGENCY } from '../../workflow/notice.ts'
import { remindOwing } from '../../workflow/remind-tick.ts'
import { lapseRequests } from '../../workflow/reopening.ts'
import { activeRound } from '../../workflow/rounds.ts'
import { weeklyCardWeek } from '../../workflow/rules/weekly-card-week.ts'
import { reportVacancies, superiorsOfVacancies } from '../../workflow/vacancies.ts'
import { queueWeeklyCards } from '../../workflow/weekly-cards.ts'
import { type GalleryPerson, required } from './gallery-world.ts'

const EVERYBODY = 1000

/** What happens by itself, in one step each instead of a job's many small ones. */
export function remind(tx: Tx, now: Instant): void {
  lapseRequests(tx, now)
  remindOwing(tx, { departmentId: departmentOf(tx) }, now)
}

export function tellAll(tx: Tx, now: Instant): void {
  for (let id = nextAnnouncementTelling(tx); id !== null; id = nextAnnouncementTelling(tx))
    tellOfAnnouncement(tx, id, now)
  for (let id = nextTelling(tx); id !== null; id = nextTelling(tx)) tellOfExtension(tx, id, now)
}

export function sendWeeklyCards(tx: Tx, now: Instant): void {
  const round = required(activeRound(tx))
  const week = required(weeklyCardWeek(round, now))
  queueWeeklyCards(tx, { roundId: round.id, week, limit: EVERYBODY }, now)
}

export function tellVacancies(tx: Tx, now: Instant): void {
  const round = required(activeRound(tx))
  for (const superiorId of superiorsOfVacancies(tx, now)) reportVacancies(tx, { round, superiorId }, now)
}

/** LINE's quota runs short: 80 per cent of 1,000. */
export function shortOfQuota(tx: Tx, now: Instant): void {
  recordQuota(tx, { limit: 1000, used: 810, sentBefore: 0 }, now)
  warnOfQuota(tx, now, now)
}

/** The newest message turns out to be refused by LINE for good. */
export function loseMessage(tx: Tx, now: Instant): void {
  const last = required(tx.select().from(outbox).where(eq(outbox.state, 'accepted')).all().at(-1))
  tx.update(outbox).set({ state: 'dead', error: 'HTTP 400' }).where(eq(outbox.id, last.id)).run()
  reportDead(tx, now, now)
}

/** What Google said of somebody's address, as the job that shares the sheets tells it. */
export function tellOfAddress(
  tx: Tx,
  input: { person: GalleryPerson; email: string; refused: boolean },
  now: Instant,
): void {
  const { person, email, refused } = input
  const round = required(activeRound(tx))
  const { personId, unitId } = person
  const notice = refused
    ? ({ type: 'google-address-refused', email } as const)
    : ({ type: 'sheet-ready', unitId, roundId: round.id } as const)
  queueNotice(tx, { personId, notice, urgency: URGENCY.actNow }, now)
}

const departmentOf = (tx: Tx) => required(tx.select().from(units).where(eq(units.level, 'department')).get()).id
