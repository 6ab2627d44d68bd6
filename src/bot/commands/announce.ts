import type { AnnouncementId } from '../../db/ids.ts'
import type { Reach } from '../../db/schema.ts'
import { peopleBelow, reachedBelow } from '../../workflow/announcement-scope.ts'
import {
  type Announcement,
  announce,
  announcementById,
  announcementRefusal,
  announcementsOf,
  saidOnTheWay,
  unacknowledgedOf,
} from '../../workflow/announcements.ts'
import { offeredActions, withdrawOffers } from '../../workflow/offered-actions.ts'
import { quotaLeft } from '../../workflow/quota-left.ts'
import { unitById } from '../../workflow/unit.ts'
import { takeUnreached } from '../../workflow/unreached.ts'
import { actionOf, type BotAction, offer } from '../bot-action.ts'
import { saidLines } from '../cards/announcement-card.ts'
import { type Card, type CardButton, type CardLine, say as sayButton, tap } from '../cards/card.ts'
import { cutGraphemes } from '../cards/cut-text.ts'
import { onePrimary } from '../cards/lao-card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { ACKNOWLEDGED, ANNOUNCE, BELOW_LEVEL, RECEIVED, TEMPLATES } from '../words/announcement-words.ts'
import { SAY } from '../words/say.ts'
import { round as roundWords, withoutIds } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'
import { runToken } from './run-action.ts'

type Action<Type extends BotAction['type']> = Extract<BotAction, { type: Type }>

const UNDER_LETTER = /^ตามหนังสือ\s*(?:ที่|เลขที่)?\s*([^:：\n]{1,60}?)\s*[:：\n]\s*(\S.*)$/su

/** ประกาศ: what waits for this person and how to announce; with a text, its preview with recipients and cost (R10). */
export function announceWith(turn: Turn, asked: { reach: Reach | null; rest: string | null }): Answer {
  if (asked.rest === null) return showAnnouncements(turn)
  const { words, letterNumber } = wordsOf(asked.rest)
  return preview(turn, { words, letterNumber, passesOnId: null, reach: asked.reach })
}

/** ส่งต่อประกาศ: what came from above, with a word of this level or without, to the level below. */
export function passOnAnnouncement(turn: Turn, asked: { number: number | null; word: string }): Answer {
  if (asked.number === null) return say(text(ACKNOWLEDGED.pickPassOn))
  const passesOnId = asked.number as AnnouncementId
  return preview(turn, { words: withoutIds(asked.word.trim()), letterNumber: null, passesOnId, reach: null })
}

type Previewed = { words: string; letterNumber: string | null; passesOnId: AnnouncementId | null; reach: Reach | null }

function preview(turn: Turn, asked: Previewed): Answer {
  const { tx, actor, round, now } = turn
  const { words, letterNumber, passesOnId } = asked
  const wanted = { actor, unitId: actor.unitId, roundId: round.id, words, letterNumber, passesOnId }
  const refusal = announcementRefusal(tx, { ...wanted, reach: asked.reach ?? 'next' }, now)
  const below = BELOW_LEVEL[actor.level]
  if (refusal || !below) return refused(turn, refusal ?? { why: 'nobody-below' })
  const reached = reachedBelow(tx, { unitId: actor.unitId, reach: asked.reach === 'next' ? 'next' : 'all' }, now)
  const next = asked.reach === 'all' ? null : peopleBelow(tx, { unitId: actor.unitId, reach: 'next' }, now)
  const both = next !== null && asked.reach === null && BELOW_LEVEL[below] !== null
  const left = quotaLeft(tx)
  const lines: CardLine[] = [
    ...previewLines(turn, asked),
    { kind: 'rule' },
    ...reached.levels.map((level): CardLine => {
      return { kind: 'pair', label: ANNOUNCE.levelOf(level.level), value: ANNOUNCE.reached(level) }
    }),
    { kind: 'small', text: ANNOUNCE.cost({ people: reached.people, left }) },
    ...(left !== null && left < reached.people
      ? [{ kind: 'text' as const, text: ANNOUNCE.short, tone: 'stop' as const }]
      : []),
    ...(both ? [{ kind: 'small' as const, text: ANNOUNCE.levelByLevel(below) }] : []),
    ...(passesOnId !== null && words === '' ? [{ kind: 'small' as const, text: ANNOUNCE.addWord(passesOnId) }] : []),
  ]
  const buttonFor = (reach: Reach, label: string, typed: string): CardButton =>
    tap(label, offer(turn, { type: 'announce', words, letterNumber, passesOnId, reach }), { typed })
  const buttons: CardButton[] = []
  if (asked.reach !== 'next' && (both || asked.reach === 'all'))
    buttons.push(buttonFor('all', ANNOUNCE.sendAll(reached.people), ANNOUNCE.sureAll))
  if (next !== null) buttons.push(buttonFor('next', ANNOUNCE.sendNext(below, next), ANNOUNCE.sureNext(below)))
  const card: Card = {
    over: `${roundWords(round)} · ${actor.unitName}`,
    title: passesOnId === null ? ANNOUNCE.previewTitle : ANNOUNCE.passOnTitle(passesOnId),
    lines,
    buttons: buttons.map((button, index) => (index === 0 ? button : { ...button, style: 'secondary' as const })),
  }
  return say(cardMessage(card, ANNOUNCE.previewAlt))
}

/** What those below will read: the announcement, and this level's word after it. */
function previewLines(turn: Turn, asked: Previewed): CardLine[] {
  const { words, letterNumber, passesOnId } = asked
  const above = passesOnId === null ? null : announcementById(turn.tx, passesOnId)
  if (!above) return saidLines({ words, letterNumber })
  const said = saidOnTheWay(turn.tx, above).flatMap((one) => saidLines({ words: one.words, letterNumber: null }))
  if (words === '') return said
  return [
    ...said,
    { kind: 'rule' },
    { kind: 'text', text: RECEIVED.added(turn.actor.unitName), strong: true },
    ...saidLines({ words, letterNumber }),
  ]
}

export function takeAnnounce(turn: Turn, action: Action<'announce'>): Answer {
  const { tx, actor, round, tap: tapped, now } = turn
  const { type: _type, ...wanted } = action
  const input = { ...wanted, actor, unitId: actor.unitId, roundId: round.id, tap: tapped }
  const decision = announce(tx, input, now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  // The same preview offered the other way too: an announcement is made once.
  withdrawOffers(tx, { personId: actor.personId, appointmentId: actor.appointmentId, type: 'announce' }, now)
  // The preview has said how many chat does not reach; who they are stands in ใครรับทราบ.
  takeUnreached(tx)
  const people = peopleBelow(tx, { unitId: actor.unitId, reach: wanted.reach }, now)
  return say(text(ANNOUNCE.made({ id: decision.announcement.id, people })))
}

/** Typed instead of the button: the newest preview, in the way that is named. */
export function typeAnnounce(turn: Turn, reach: Reach | null): Answer {
  const { tx, actor, now } = turn
  const { personId, appointmentId, level } = actor
  const offers = offeredActions(tx, { personId, appointmentId, type: 'announce' }, now).flatMap(({ token, input }) => {
    const action = actionOf(input)
    return action?.type === 'announce' ? [{ token, action }] : []
  })
  const [newest] = offers
  const same = offers.filter(
    ({ action }) =>
      action.words === newest?.action.words &&
      action.passesOnId === newest.action.passesOnId &&
      action.letterNumber === newest.action.letterNumber,
  )
  const fits = same.filter(({ action }) => reach === null || action.reach === reach)
  const ways = new Set(fits.map(({ action }) => action.reach))
  const below = BELOW_LEVEL[level]
  if (ways.size > 1 && below) return say(text(ANNOUNCE.whichReach([ANNOUNCE.sureAll, ANNOUNCE.sureNext(below)])))
  const [chosen] = fits
  return chosen ? runToken(turn, chosen.token) : say(text(ANNOUNCE.nothingOffered))
}

const MOST_LISTED = 5

function showAnnouncements(turn: Turn): Answer {
  const { tx, actor, round } = turn
  const waiting = unacknowledgedOf(tx, actor).slice(0, MOST_LISTED)
  const own = announcementsOf(tx, { unitId: actor.unitId, most: MOST_LISTED })
  const lines: CardLine[] = [
    ...(waiting.length > 0
      ? [{ kind: 'text' as const, text: ANNOUNCE.waiting, strong: true, tone: 'wait' as const }]
      : [{ kind: 'text' as const, text: ANNOUNCE.nothingWaiting }]),
    ...waiting.flatMap((one) => waitingLines(turn, one)),
  ]
  if (own.length > 0) lines.push({ kind: 'rule' }, { kind: 'text', text: ANNOUNCE.own, strong: true })
  for (const one of own) {
    const [said] = one.words === '' ? saidOnTheWay(tx, one) : [one]
    lines.push({
      kind: 'item',
      mark: '•',
      text: ANNOUNCE.ownItem(one.id, one.createdAt, cutGraphemes(said?.words.replaceAll('\n', ' ') ?? '', 40)),
    })
  }
  const buttons: CardButton[] = onePrimary(
    waiting.map(({ id }) => sayButton(RECEIVED.typed(id), RECEIVED.typed(id), 'primary')),
  )
  for (const { id } of own.slice(0, 3))
    buttons.push(sayButton(`${SAY.whoAcknowledged} ${id}`, `${SAY.whoAcknowledged} ${id}`))
  if (actor.role === 'officer' && actor.level !== 'institution') {
    lines.push({ kind: 'rule' }, { kind: 'text', text: ANNOUNCE.how }, { kind: 'small', text: ANNOUNCE.templates })
    for (const { name, title } of TEMPLATES) {
      lines.push({ kind: 'item', mark: '•', text: title })
      buttons.push(sayButton(ANNOUNCE.useTemplate(name), ANNOUNCE.useTemplate(name)))
    }
  }
  const card: Card = { over: `${roundWords(round)} · ${actor.unitName}`, title: ANNOUNCE.title, lines, buttons }
  return say(cardMessage(card, ANNOUNCE.alt))
}

function waitingLines(turn: Turn, one: Announcement): CardLine[] {
  const from = unitById(turn.tx, one.unitId).name
  const said = saidOnTheWay(turn.tx, one)
  return [
    { kind: 'item', mark: '•', text: ANNOUNCE.item(one.id, from, one.createdAt), tone: 'wait' },
    ...said.flatMap(({ words }) => (words === '' ? [] : [{ kind: 'text' as const, text: cutGraphemes(words, 300) }])),
  ]
}

/** The text as it is announced: a ready one with what was added, pupil numbers masked, the letter apart. */
function wordsOf(rest: string): { words: string; letterNumber: string | null } {
  const under = UNDER_LETTER.exec(rest)
  const typed = withoutIds(under?.[2] ?? rest).trim()
  const letterNumber = under?.[1]?.trim() ?? null
  const ready = TEMPLATES.find(({ name }) => typed.startsWith(name))
  if (!ready) return { words: typed, letterNumber }
  const added = typed.slice(ready.name.length).trim()
  return { words: added === '' ? ready.words : `${ready.words}\n${added}`, letterNumber }
}
