import type { Notice, ReminderDuty } from '../../workflow/notice.ts'
import { type ReminderLook, reminderLook } from '../../workflow/remind-look.ts'
import { policyOf } from '../../workflow/remind-policy.ts'
import { DAY, startOfDay } from '../../workflow/rules/reminders/calendar.ts'
import { lastDayOf } from '../../workflow/rules/reminders/moments.ts'
import { type Card, type CardButton, type CardLine, say } from '../cards/card.ts'
import { onePrimary } from '../cards/lao-card.ts'
import { cardsMessage, type Message } from '../cards/messages.ts'
import type { Scene } from '../scene.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { REMINDER } from '../words/notice-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON, STATE } from '../words/status-words.ts'
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
  return [cardsMessage(cards, REMINDER.alt)]
}

type CardLook = { several: boolean; named: boolean }

function cardOf(scene: Scene, look: ReminderLook, shown: CardLook): Card {
  const round = roundWords(scene.round)
  return {
    over: shown.named ? `${round} · ${scene.actor.unitName}` : round,
    title: titleOf(look),
    lines: [...timeLines(scene, look), ...owedLines(look), ...belowLines(look)],
    buttons: onePrimary(buttonsOf(look, shown.several ? ` @${scene.actor.unitName}` : '')),
  }
}

function titleOf({ window, kinds, owes, role }: ReminderLook): string {
  if (window.state === 'closed') return REMINDER.titleClosed
  if (window.state === 'not_yet') return kinds.includes('opens') ? REMINDER.titleOpens : REMINDER.titlePrepare
  if (kinds.includes('opens')) return REMINDER.titleConfirming
  const own = owes.roster || owes.overview || owes.otherCounts || owes.province
  return own && role === 'officer' ? REMINDER.title : REMINDER.titleBelow
}

/** By days, not by minutes: what many are told at one moment is the same text. */
function timeLines(scene: Scene, { window, agreedAt }: ReminderLook): CardLine[] {
  const { now } = scene
  const strong = (text: string): CardLine => ({ kind: 'text', text, tone: 'wait', strong: true })
  const agreed = agreedAt === null ? [] : [strong(REMINDER.agreed(agreedAt))]
  switch (window.state) {
    case 'closed':
      return [
        { kind: 'text', text: REMINDER.closed(window.closesAt), tone: 'stop', strong: true },
        { kind: 'text', text: REMINDER.askMoreTime },
      ]
    case 'not_yet':
      return [...agreed, { kind: 'text', text: REMINDER.prepare(window.opensAt) }, strong(REMINDER.due(window.dueAt))]
    case 'after_due':
      return [
        { kind: 'text', text: REMINDER.afterDue(window.dueAt), tone: 'stop', strong: true },
        strong(REMINDER.stillOpen(window.closesAt, window.extended)),
      ]
    case 'open': {
      const days = Math.round((lastDayOf(policyOf(scene.round), window.dueAt) - startOfDay(now)) / DAY)
      return [
        ...agreed,
        strong(`${REMINDER.due(window.dueAt)} ${days > 0 ? REMINDER.daysLeft(days) : REMINDER.lastDay}`),
      ]
    }
  }
}

function owedLines({ owes, line, window }: ReminderLook): CardLine[] {
  const lines: CardLine[] = []
  const item = (text: string): CardLine => ({ kind: 'item', mark: '○', tone: 'wait', text })
  if (owes.roster) {
    if (window.state !== 'closed') lines.push({ kind: 'text', text: REMINDER.roster })
    if (line) lines.push(...sheetLines(line))
  }
  if (owes.overview) lines.push(item(REMINDER.overview))
  if (owes.otherCounts) lines.push(item(REMINDER.otherCounts))
  if (owes.province) lines.push(item(REMINDER.province))
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
function belowLines({ owes, unitsBelow, outOfReach }: ReminderLook): CardLine[] {
  if (owes.units.length === 0) return []
  const heading = (text: string): CardLine => ({ kind: 'text', text, tone: 'wait', strong: true })
  const named = owes.units
    .slice(0, MOST_NAMED)
    .map(({ name }): CardLine => ({ kind: 'item', mark: '•', tone: 'wait', text: name }))
  const lines = [heading(REMINDER.unitsBelow(owes.units.length, Math.max(unitsBelow, owes.units.length))), ...named]
  if (owes.units.length > MOST_NAMED) lines.push({ kind: 'small', text: more(owes.units.length - MOST_NAMED) })
  if (outOfReach.length === 0) return lines
  lines.push({ kind: 'rule' }, heading(REMINDER.outOfReach(outOfReach.length)))
  for (const one of outOfReach.slice(0, MOST_NAMED))
    lines.push({ kind: 'item', mark: '!', tone: 'stop', text: outOfReachWords(one) })
  if (outOfReach.length > MOST_NAMED) lines.push({ kind: 'small', text: more(outOfReach.length - MOST_NAMED) })
  return lines
}

function outOfReachWords({ name, why, people, telephone }: ReminderLook['outOfReach'][number]): string {
  const who = why === 'vacant' ? REMINDER.vacant : `${people.join(', ')} ${REMINDER[why]}`
  return `${name}: ${who} ${telephone === null ? REMINDER.noTelephone : REMINDER.telephone(telephone)}`
}

function buttonsOf({ owes, window, role, unit }: ReminderLook, at: string): CardButton[] {
  const status = say(BUTTON.status, `${SAY.status}${at}`)
  const left = owes.units.length > 0 ? [say(BUTTON.left, `${SAY.left}${at}`)] : []
  if (role !== 'officer' || window.state === 'closed' || window.state === 'not_yet') return [...left, status]
  const act = (label: string, text: string) => say(label, `${text}${at}`, 'primary')
  const nothingBelow = owes.units.length === 0
  const acts: CardButton[] = []
  if (owes.roster) acts.push(act(BUTTON.confirm, SAY.confirm))
  if (owes.overview && nothingBelow) acts.push(act(BUTTON.confirmOverview, SAY.confirmOverview))
  if (owes.otherCounts) acts.push(act(BUTTON.confirmOtherCounts, SAY.confirmOtherCounts))
  if (owes.province && nothingBelow) acts.push(act(BUTTON.markChecked, SAY.markChecked))
  const nudge = unit.level === 'institution' || nothingBelow ? [] : left
  return [...acts, ...nudge, status]
}
