import type { Notice, ReminderDuty } from '../../workflow/notice.ts'
import { type ReminderLook, reminderLook } from '../../workflow/remind-look.ts'
import { policyOf } from '../../workflow/remind-policy.ts'
import { DAY, startOfDay } from '../../workflow/rules/reminders/calendar.ts'
import { lastDayOf } from '../../workflow/rules/reminders/moments.ts'
import type { Card, CardButton, CardLine } from '../cards/card.ts'
import { onePrimary } from '../cards/lao-card.ts'
import { cardsMessage, type Message } from '../cards/messages.ts'
import { owingButtons } from '../cards/owing-buttons.ts'
import type { Scene } from '../scene.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { REMINDER } from '../words/notice-words.ts'
import { STATE } from '../words/status-words.ts'
import { more, round as roundWords } from '../words/terms.ts'

/** LINE takes more bubbles, nobody reads them. */
const MOST_CARDS = 9
const MOST_NAMED = 5

/** What is still owed at the moment of sending; done things drop out, and with the last one the whole reminder. */
export function reminder(stage: Stage, notice: Extract<Notice, { type: 'reminder' }>): Message[] | null {
  const former = notice.dueAt
  if (former !== undefined && stage.deps.now >= former) return null
  const duties = notice.duties ?? [{ unitId: notice.unitId, role: 'officer', kinds: ['before'] } satisfies ReminderDuty]
  const looks = duties.flatMap((duty): { scene: Scene; look: ReminderLook }[] => {
    const scene = sceneAt(stage, { unitId: duty.unitId, roundId: notice.roundId })
    const look =
      scene && scene.round.archivedAt === null ? reminderLook(stage.tx, { round: scene.round, duty }, scene.now) : null
    return scene && look ? [{ scene, look }] : []
  })
  if (looks.length === 0) return null
  const several = duties.length > 1
  // Texts that name no unit are the same for many, and go out together.
  const named = stage.duties.length > 1 || looks.some(({ look }) => look.unit.level !== 'institution')
  const cards = looks.slice(0, MOST_CARDS).map(({ scene, look }) => cardOf(scene, look, { several, named }))
  const last = cards.at(-1)
  if (last && looks.length > MOST_CARDS)
    last.lines.push({ kind: 'small', text: REMINDER.moreDuties(looks.length - MOST_CARDS) })
  const [first] = looks
  return first && cards[0] ? [cardsMessage(cards, altOf(cards[0], timeWords(first.scene, first.look)))] : null
}

const altOf = ({ title }: Card, times: readonly TimeWords[]): string => REMINDER.alt(title, times.at(-1)?.text ?? '')

type CardLook = { several: boolean; named: boolean }

function cardOf(scene: Scene, look: ReminderLook, shown: CardLook): Card {
  const round = roundWords(scene.round)
  return {
    over: shown.named ? `${round} · ${scene.actor.unitName}` : round,
    title: titleOf(scene, look),
    lines: [
      ...timeWords(scene, look).map(timeLine),
      ...moreTimeLines(look),
      ...owedLines(look),
      ...belowLines(scene, look),
    ],
    buttons: onePrimary(buttonsOf(look, shown.several ? ` @${scene.actor.unitName}` : '')),
  }
}

function titleOf(scene: Scene, { window, kinds, owes, role }: ReminderLook): string {
  const own = (owes.roster || owes.overview || owes.otherCounts || owes.province) && role === 'officer'
  if (window.state === 'closed') return own ? REMINDER.titleClosed : REMINDER.titleClosedBelow
  if (window.state === 'not_yet') return kinds.includes('opens') ? REMINDER.titleOpens : REMINDER.titlePrepare
  if (kinds.includes('opens')) return REMINDER.titleConfirming
  const title = own ? REMINDER.title : REMINDER.titleBelow
  if (window.state === 'open') return daysTo(scene, window.dueAt) > 0 ? title : REMINDER.dueToday(title)
  return daysTo(scene, window.closesAt) > 0 ? title : REMINDER.closesToday(title)
}

/** How many days are left until the last one; 0: it is today. */
const daysTo = ({ round, now }: Scene, deadline: number): number =>
  Math.round((lastDayOf(policyOf(round), deadline) - startOfDay(now)) / DAY)

type TimeWords = { text: string; tone: 'wait' | 'stop'; strong: boolean }

const timeLine = (words: TimeWords): CardLine => ({ kind: 'text', ...words })

/** By days, not by minutes: what many are told at one moment is the same text. The last one says until when. */
function timeWords(scene: Scene, { window, agreedAt, unit }: ReminderLook): TimeWords[] {
  const strong = (text: string, tone: TimeWords['tone'] = 'wait'): TimeWords => ({ text, tone, strong: true })
  const agreed = agreedAt === null ? [] : [strong(REMINDER.agreed(agreedAt))]
  const due = unit.level === 'department' ? REMINDER.belowDue(unit.level, window.dueAt) : REMINDER.due(window.dueAt)
  switch (window.state) {
    case 'closed':
      return [strong(REMINDER.closed(window.closesAt), 'stop')]
    case 'not_yet':
      return [...agreed, { ...strong(REMINDER.prepare(window.opensAt)), strong: false }, strong(due)]
    case 'after_due': {
      const today = daysTo(scene, window.closesAt) <= 0
      const open = strong(REMINDER.stillOpen(window.closesAt, { extended: window.extended, today }))
      return [strong(REMINDER.afterDue(window.dueAt), 'stop'), open]
    }
    case 'open': {
      const days = daysTo(scene, window.dueAt)
      return [...agreed, strong(`${due} ${days > 0 ? REMINDER.daysLeft(days) : REMINDER.lastDay}`)]
    }
  }
}

function moreTimeLines({ window, unit }: ReminderLook): CardLine[] {
  return window.state === 'closed' ? [{ kind: 'text', text: REMINDER.moreTime[unit.level] }] : []
}

function owedLines({ owes, line, window }: ReminderLook): CardLine[] {
  const lines: CardLine[] = []
  const item = (text: string): CardLine => ({ kind: 'item', mark: '○', tone: 'wait', text })
  if (owes.roster) {
    if (window.state !== 'closed') lines.push({ kind: 'text', text: REMINDER.roster })
    if (line) lines.push(...sheetLines(line))
  }
  const waits = owes.units.length > 0 && window.state !== 'closed'
  if (owes.overview) lines.push(item(waits ? REMINDER.overviewWaits : REMINDER.overview))
  if (owes.otherCounts) lines.push(item(REMINDER.otherCounts))
  if (owes.province) lines.push(item(waits ? REMINDER.provinceWaits : REMINDER.province))
  return lines
}

function sheetLines(line: NonNullable<ReminderLook['line']>): CardLine[] {
  const item = (text: string): CardLine => ({ kind: 'item', mark: '○', tone: 'wait', text })
  const former: CardLine[] =
    line.reopenedTimes > 0 && line.reportedCount !== null
      ? [{ kind: 'text', text: REMINDER.formerStands(line.reportedCount) }]
      : []
  if (line.sheetTrouble !== null) return [...former, item(STATE.unreadable)]
  if (line.hold) return [...former, item(STATE.hold)]
  if (line.errors > 0) return [...former, item(STATE.mustFix(line.errors))]
  if (line.unexplainedWarnings > 0) return [...former, item(STATE.mustExplain(line.unexplainedWarnings))]
  if (line.shared.blocking > 0) return [...former, item(STATE.shared(line.shared.blocking))]
  if ((line.counted ?? 0) === 0) return [...former, item(REMINDER.rosterEmpty)]
  return [...former, item(REMINDER.rosterReady)]
}

/** The first ones by name, the rest by number; and whom the system cannot tell, for the telephone. */
function belowLines(scene: Scene, look: ReminderLook): CardLine[] {
  const { owes, unitsBelow, outOfReach, unit, window } = look
  if (owes.units.length === 0) return []
  const heading = (text: string): CardLine => ({ kind: 'text', text, tone: 'wait', strong: true })
  const named = owes.units
    .slice(0, MOST_NAMED)
    .map(({ name }): CardLine => ({ kind: 'item', mark: '•', tone: 'wait', text: name }))
  const left = owes.units.length
  const counted = { left, of: Math.max(unitsBelow, left), closed: window.state === 'closed' }
  const lines = [...belowTime(scene, look), heading(REMINDER.unitsBelow(unit.level, counted)), ...named]
  if (owes.units.length > MOST_NAMED) lines.push({ kind: 'small', text: more(owes.units.length - MOST_NAMED) })
  if (outOfReach.length === 0) return lines
  lines.push({ kind: 'rule' }, heading(REMINDER.outOfReach(outOfReach.length)))
  for (const one of outOfReach.slice(0, MOST_NAMED))
    lines.push({ kind: 'item', mark: '!', tone: 'stop', text: outOfReachWords(one) })
  if (outOfReach.length > MOST_NAMED) lines.push({ kind: 'small', text: more(outOfReach.length - MOST_NAMED) })
  return lines
}

/** A province has until the evening where its LAOs have until 17.00: their time is told too where it is another one. */
function belowTime(scene: Scene, { windowBelow, unit }: ReminderLook): CardLine[] {
  if (!windowBelow) return []
  const line = (text: string): CardLine[] => [{ kind: 'text', text, tone: 'stop', strong: true }]
  const { state, dueAt, closesAt } = windowBelow
  if (state === 'closed') return line(REMINDER.belowClosed(unit.level, closesAt))
  if (state !== 'after_due') return line(REMINDER.belowDue(unit.level, dueAt))
  return line(REMINDER.belowStillOpen(unit.level, { closesAt, today: daysTo(scene, closesAt) <= 0 }))
}

function outOfReachWords({ name, why, people, telephone }: ReminderLook['outOfReach'][number]): string {
  const who = why === 'vacant' ? REMINDER.vacant : `${people.join(', ')} ${REMINDER[why]}`
  return `${name}: ${who} ${telephone === null ? REMINDER.noTelephone : REMINDER.telephone(telephone)}`
}

function buttonsOf({ owes, window, windowBelow, role, outOfReach }: ReminderLook, at: string): CardButton[] {
  const acts = role === 'officer' && (window.state === 'open' || window.state === 'after_due')
  const nudges = acts && windowBelow?.state !== 'closed' && outOfReach.length < owes.units.length
  return owingButtons({ owes, acts, nudges, at })
}
