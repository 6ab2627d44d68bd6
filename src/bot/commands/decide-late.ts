import type { HeldActId } from '../../db/ids.ts'
import type { ActMeant } from '../../workflow/held-act.ts'
import { type LateOutlook, lateOutlook } from '../../workflow/late-tap-time.ts'
import { decideHeldAct, heldActById, heldActsWaiting, type ShownHeldAct } from '../../workflow/late-taps.ts'
import { offeredActions } from '../../workflow/offered-actions.ts'
import { roundById } from '../../workflow/rounds.ts'
import { unitById } from '../../workflow/unit.ts'
import { actionOf, offer } from '../bot-action.ts'
import { type Card, type CardLine, tap } from '../cards/card.ts'
import { cardsMessage, text } from '../cards/messages.ts'
import { expectNext } from '../conversation.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { dayAndTime } from '../words/dates.ts'
import { refusalWords } from '../words/refusals.ts'
import { LATE, meantWord } from '../words/round-act-words.ts'
import { SAY } from '../words/say.ts'
import { round as roundWords, withoutIds } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'
import { runToken } from './run-action.ts'

const MOST_SHOWN = 8

/** คำสั่งที่มาช้า: what was tapped before the close and came too late, for the department to decide one by one. */
export function showLateTaps(turn: Turn): Answer {
  if (turn.actor.level !== 'department') return refused(turn, { why: 'not-yours', only: ['department'] })
  const waiting = heldActsWaiting(turn.tx, turn.round.id)
  if (waiting.length === 0) return say(text(LATE.none))
  const cards = waiting.slice(0, MOST_SHOWN).map((held, index) => lateCard(turn, { held, number: index + 1 }))
  const messages = [cardsMessage(cards, LATE.alt)]
  if (waiting.length > MOST_SHOWN) messages.push(text(LATE.more(waiting.length - MOST_SHOWN)))
  return say(...messages)
}

function lateCard(turn: Turn, input: { held: ShownHeldAct; number: number }): Card {
  const { held, number } = input
  const about = { heldActId: held.id, number }
  const accept = offer(turn, { type: 'accept-late', ...about })
  const refuse = offer(turn, { type: 'refuse-late', ...about })
  const typedAccept = `${SAY.acceptLate} ${number}`
  const typedRefuse = `${SAY.refuseLate} ${number}`
  return {
    over: roundWords(roundById(turn.tx, held.roundId)),
    title: LATE.title(number, held.unitName),
    chip: { text: meantWord(held.input as ActMeant), tone: 'wait' },
    lines: [
      { kind: 'pair', label: LATE.by, value: held.personName },
      { kind: 'pair', label: LATE.tapped, value: dayAndTime(held.tappedAt) },
      { kind: 'pair', label: LATE.closed, value: dayAndTime(held.closesAt) },
      { kind: 'pair', label: LATE.received, value: dayAndTime(held.receivedAt) },
      ...outlookLines(lateOutlook(turn.tx, held, turn.now)),
      { kind: 'small', text: LATE.note },
    ],
    buttons:
      turn.actor.role === 'officer'
        ? [
            tap(LATE.accept, accept, { typed: typedAccept }),
            tap(LATE.refuse, refuse, { style: 'secondary', typed: typedRefuse }),
          ]
        : [],
  }
}

/** What accepting leads to, said before it is decided. */
function outlookLines(outlook: LateOutlook): CardLine[] {
  switch (outlook.kind) {
    case 'opens': {
      const names = outlook.units.map(({ name }) => name)
      return [{ kind: 'text', text: LATE.opens(names, outlook.until) }]
    }
    case 'needs-extension': {
      const { name } = outlook.unit
      return [{ kind: 'text', text: outlook.first ? LATE.timeFirst(name) : LATE.needsTime(name), tone: 'stop' }]
    }
    case 'plain':
      return []
  }
}

export function acceptLate(turn: Turn, heldActId: HeldActId): Answer {
  const { tx, actor, now } = turn
  const waiting = heldActById(tx, heldActId)
  const outlook = waiting ? lateOutlook(tx, waiting, now) : null
  const decision = decideHeldAct(tx, { actor, heldActId, accept: true, word: '' }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  const unit = unitById(tx, decision.heldAct.unitId).name
  if (decision.refusal) {
    const { title, next } = refusalWords(decision.refusal, decision.heldAct.component)
    return say(text(`${LATE.inVain(unit, title)}\n${next}`))
  }
  const said = decision.carriedOut === 'reading-sheet' ? LATE.reading(unit) : LATE.done(unit)
  if (decision.carriedOut !== 'done' || outlook?.kind !== 'opens') return say(text(said))
  const names = outlook.units.map(({ name }) => name)
  return say(text(`${said} ${LATE.opened(names, outlook.until)}`))
}

/** ไม่รับคำสั่ง asks for the word first. */
export function askLateWord(turn: Turn, heldActId: HeldActId): Answer {
  const held = heldActById(turn.tx, heldActId)
  if (held?.state !== 'waiting') return showLateTaps(turn)
  expectNext(turn.tx, { lineUserId: turn.lineUserId, expecting: { kind: 'late-tap-word', heldActId } }, turn.now)
  return say(text(LATE.askWord(unitById(turn.tx, held.unitId).name)))
}

export function refuseLateWith(turn: Turn, input: { heldActId: HeldActId; word: string }): Answer {
  const { tx, actor, now } = turn
  const word = withoutIds(input.word)
  const decision = decideHeldAct(tx, { actor, heldActId: input.heldActId, accept: false, word }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  return say(text(LATE.refused(unitById(tx, decision.heldAct.unitId).name)))
}

/** รับคำสั่งที่มาช้า 1 / ไม่รับคำสั่งที่มาช้า 1 เพราะ ...: the number of the card that was shown last. */
export function typeLate(turn: Turn, input: { accept: boolean; number: number | null; word: string | null }): Answer {
  const { tx, actor, now } = turn
  const type = input.accept ? 'accept-late' : 'refuse-late'
  const rows = offeredActions(tx, { personId: actor.personId, appointmentId: actor.appointmentId, type }, now)
  const live = rows.flatMap((row) => {
    const action = actionOf(row.input)
    if (action?.type !== 'accept-late' && action?.type !== 'refuse-late') return []
    const waits = heldActById(tx, action.heldActId)?.state === 'waiting'
    return waits ? [{ token: row.token, heldActId: action.heldActId, number: action.number }] : []
  })
  if (live.length === 0) return showLateTaps(turn)
  const chosen = live.find(({ number }) => number === input.number)
  if (!chosen) return say(text(LATE.pick))
  return input.accept || input.word === null
    ? runToken(turn, chosen.token)
    : refuseLateWith(turn, { heldActId: chosen.heldActId, word: input.word })
}
