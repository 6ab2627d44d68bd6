import { and, eq, isNull } from 'drizzle-orm'
import type { AnnouncementId } from '../../db/ids.ts'
import { announcementTellings } from '../../db/schema.ts'
import { progressOf } from '../../workflow/announcement-progress.ts'
import {
  acknowledge,
  announcementById,
  announcementsOf,
  passedOnBy,
  repeatAnnouncement,
  repeatRefusal,
  unacknowledgedOf,
} from '../../workflow/announcements.ts'
import { takeUnreached } from '../../workflow/unreached.ts'
import { offer } from '../bot-action.ts'
import { type Card, type CardButton, type CardLine, say as sayButton, tap } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { PER_PAGE, pageButtons, pageLines } from '../cards/pages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { ACKNOWLEDGED, ANNOUNCE, RECEIVED } from '../words/announcement-words.ts'
import { ANSWERS } from '../words/answers.ts'
import { SAY } from '../words/say.ts'
import { refusalOf, refused } from './refused.ts'

/** รับทราบ: recorded as this person's own word that it was read. Without a number, of the only one that waits. */
export function takeNote(turn: Turn, number: number | null): Answer {
  const { tx, actor, tap: tapped, now } = turn
  const waiting = number === null ? unacknowledgedOf(tx, actor).map(({ id }) => id) : []
  if (waiting.length > 1) return say(text(RECEIVED.which(waiting)))
  const announcementId = number === null ? waiting[0] : (number as AnnouncementId)
  if (announcementId === undefined) return say(text(ANSWERS.thanks))
  const decision = acknowledge(tx, { actor, announcementId, tap: tapped }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  const { announcement, already } = decision
  const done = text(already ? RECEIVED.already(announcementId) : RECEIVED.done(announcementId))
  const mayPassOn =
    announcement.reach === 'next' &&
    actor.role === 'officer' &&
    actor.level !== 'institution' &&
    actor.unitId !== announcement.unitId &&
    !passedOnBy(tx, { unitId: actor.unitId, passesOnId: announcementId })
  if (!mayPassOn) return say(done)
  const card: Card = {
    over: actor.unitName,
    title: already ? RECEIVED.already(announcementId) : RECEIVED.done(announcementId),
    lines: [{ kind: 'small', text: ANNOUNCE.addWord(announcementId) }],
    buttons: [sayButton(RECEIVED.passOn, RECEIVED.passOnTyped(announcementId), 'primary')],
  }
  return say(cardMessage(card, RECEIVED.done(announcementId)))
}

function onlyOwn({ tx, actor }: Turn): AnnouncementId | null {
  const own = announcementsOf(tx, { unitId: actor.unitId, most: 2 })
  return own.length === 1 ? (own[0]?.id ?? null) : null
}

/** ใครรับทราบแล้ว: by level, and who has not, in pages; for the unit that issued it. Without a number, of its only one. */
export function showAcknowledged(turn: Turn, asked: { number: number | null; page: number }): Answer {
  const { tx, actor, now } = turn
  const id = asked.number === null ? onlyOwn(turn) : (asked.number as AnnouncementId)
  if (id === null) return say(text(ACKNOWLEDGED.pick))
  const announcement = announcementById(tx, id)
  if (announcement?.unitId !== actor.unitId) return refused(turn, { why: 'announcement-unknown' })
  const from = (Math.max(1, asked.page) - 1) * PER_PAGE
  const progress = progressOf(tx, { id, from, most: PER_PAGE })
  const lines: CardLine[] = progress.levels.map((level): CardLine => {
    const all = level.acknowledged === level.told
    const label = ANNOUNCE.levelOf(level.level)
    return { kind: 'pair', label, value: ACKNOWLEDGED.level(level), tone: all ? 'good' : 'wait' }
  })
  if (announcement.reach === 'next')
    lines.push({ kind: 'pair', label: ACKNOWLEDGED.passedOn, value: ACKNOWLEDGED.units(progress.passedOn) })
  const open = and(eq(announcementTellings.announcementId, id), isNull(announcementTellings.toldAt))
  const sending = tx.select({ id: announcementTellings.id }).from(announcementTellings).where(open).limit(1).get()
  if (sending) lines.push({ kind: 'small', text: ACKNOWLEDGED.stillSending })
  lines.push({ kind: 'rule' })
  const { total, shown } = progress.waiting
  const page = { items: shown, number: asked.page, of: Math.max(1, Math.ceil(total / PER_PAGE)), from, total }
  if (total > 0) lines.push({ kind: 'text', text: ACKNOWLEDGED.waitingFor(total), strong: true })
  else if (!sending) lines.push({ kind: 'text', text: ACKNOWLEDGED.nobodyWaits, tone: 'good' })
  for (const one of page.items) lines.push({ kind: 'item', mark: '○', tone: 'wait', text: ACKNOWLEDGED.person(one) })
  lines.push(...pageLines(page), { kind: 'small', text: ACKNOWLEDGED.note })
  const card: Card = {
    over: actor.unitName,
    title: ACKNOWLEDGED.title(id),
    lines,
    buttons: [...repeatButton(turn, id), ...pageButtons(page, `${SAY.whoAcknowledged} ${id}`)],
  }
  return say(cardMessage(card, ACKNOWLEDGED.alt))

  function repeatButton(of: Turn, announcementId: AnnouncementId): CardButton[] {
    if (repeatRefusal(tx, { actor, announcementId }, now)) return []
    const token = offer(of, { type: 'repeat-announcement', announcementId })
    return [tap(ACKNOWLEDGED.repeat, token, { typed: ACKNOWLEDGED.repeatTyped(announcementId) })]
  }
}

export function repeatWith(turn: Turn, number: number | null): Answer {
  const { tx, actor, tap: tapped, now } = turn
  if (number === null) return say(text(ACKNOWLEDGED.pick))
  const announcementId = number as AnnouncementId
  const decision = repeatAnnouncement(tx, { actor, announcementId, tap: tapped }, now)
  // Whom chat does not reach stands on the card.
  takeUnreached(tx)
  return decision.ok ? say(text(ACKNOWLEDGED.repeated(announcementId))) : refused(turn, refusalOf(decision))
}
