import { and, eq, isNull } from 'drizzle-orm'
import { announcementReceipts } from '../../db/schema.ts'
import { announcementById, passedOnBy, saidOnTheWay } from '../../workflow/announcements.ts'
import type { Notice } from '../../workflow/notice.ts'
import { announcementCard } from '../cards/announcement-card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { RECEIVED } from '../words/announcement-words.ts'

/** An announcement for the level that it reaches; pointless once this person has acknowledged it or left the duty. */
export function announcement(stage: Stage, notice: Extract<Notice, { type: 'announcement' }>): Message[] | null {
  const { tx, personId } = stage
  const { announcementId, unitId } = notice
  const found = announcementById(tx, announcementId)
  const scene = sceneAt(stage, { unitId })
  if (!found || !scene || personId === null) return null
  const waiting = and(
    eq(announcementReceipts.announcementId, announcementId),
    eq(announcementReceipts.personId, personId),
    isNull(announcementReceipts.acknowledgedAt),
  )
  if (!tx.select({ id: announcementReceipts.id }).from(announcementReceipts).where(waiting).limit(1).get()) return null
  const { role, level } = scene.actor
  const mayPassOn =
    found.reach === 'next' &&
    role === 'officer' &&
    level !== 'institution' &&
    !passedOnBy(tx, { unitId, passesOnId: announcementId })
  const card = announcementCard({ announcement: found, said: saidOnTheWay(tx, found), mayPassOn })
  return [cardMessage(card, RECEIVED.alt(announcementId))]
}
