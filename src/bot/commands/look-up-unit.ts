import type { Actor } from '../../workflow/actor.ts'
import { findUnitBelow, unitMeant } from '../../workflow/find-unit.ts'
import { say as sayButton } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import type { Command } from '../command.ts'
import { speakFor } from '../conversation.ts'
import { ownDuties } from '../own-duties.ts'
import { type Answer, say, type Talk, type Turn } from '../turn.ts'
import { DUTIES } from '../words/join-words.ts'
import { LOOK_UP } from '../words/question-words.ts'
import { SAY } from '../words/say.ts'
import { showStatus, unitBelow } from './show-status.ts'

/** A unit named in a sentence, to see it: one's own duties first, then what is below. */
export function lookUp(turn: Turn, asked: string): Answer {
  const own = ownDuties(turn.tx, turn.duties, asked)
  const [duty, other] = own
  if (!duty) return slipOfUnit(turn, asked) ?? showStatus(turn, asked)
  if (other) return which(own, SAY.status)
  return through(turn, duty, (addressed) => showStatus(addressed, null))
}

/** A name with a slip in it is enough to look; what was meant is said. */
function slipOfUnit(turn: Turn, asked: string): Answer | null {
  const { tx, actor, now } = turn
  const input = { unitId: actor.unitId, level: actor.level, text: asked }
  if (findUnitBelow(tx, { ...input, deep: true }, now).kind !== 'none') return null
  const meant = unitMeant(tx, input, now)
  if (!meant) return null
  const status = showStatus(turn, meant.name)
  return 'messages' in status ? say(text(LOOK_UP.meant(meant.name)), ...status.messages) : status
}

/** A command for the duty at the named unit: never a guess, and never done for a unit below. */
export function forUnit(
  turn: Turn,
  input: { unit: string; command: Command },
  run: (talk: Talk, command: Command) => Answer,
): Answer {
  const own = ownDuties(turn.tx, turn.duties, input.unit)
  const [duty, other] = own
  if (duty && other) return which(own, SAY.confirm)
  if (duty) return through(turn, duty, (addressed) => run(addressed, input.command))
  const below = unitBelow(turn, input.unit, { deep: true })
  if ('answer' in below) return below.answer
  const status = showStatus(turn, below.unit.name)
  const told = text(LOOK_UP.notOwn(below.unit.name))
  return 'messages' in status ? say(told, ...status.messages) : say(told)
}

const LEAST = 4
const MOST = 40

/** The last try for a text that nothing else explains: the name of exactly one unit. Null: it is none. */
export function guessUnit(turn: Turn, typed: string): Answer | null {
  const asked = typed.trim()
  if (asked.length < LEAST || asked.length > MOST) return null
  const [own, other] = ownDuties(turn.tx, turn.duties, asked)
  if (own && !other) return lookUp(turn, asked)
  const { tx, actor, now } = turn
  const found = findUnitBelow(tx, { unitId: actor.unitId, level: actor.level, text: asked, deep: true }, now)
  return found.kind === 'none' ? slipOfUnit(turn, asked) : showStatus(turn, asked)
}

/** What follows is said for this duty: what is typed next must mean the same. */
function through(turn: Turn, actor: Actor, run: (turn: Turn) => Answer): Answer {
  if (actor.appointmentId === turn.actor.appointmentId) return run(turn)
  speakFor(turn.tx, { lineUserId: turn.lineUserId, appointmentId: actor.appointmentId }, turn.now)
  const answer = run({ ...turn, actor })
  if (!('messages' in answer)) return answer
  return say(text(DUTIES.switched(actor.unitName, actor.role)), ...answer.messages)
}

const MOST_BUTTONS = 8

function which(duties: readonly Actor[], word: string): Answer {
  const typed = (duty: Actor): string => `${word} @${duty.unitName}`
  const card = {
    over: DUTIES.over,
    title: LOOK_UP.which,
    lines: duties.map((duty) => ({ kind: 'item' as const, mark: '○', text: duty.unitName })),
    buttons: duties.slice(0, MOST_BUTTONS).map((duty) => sayButton(duty.unitName, typed(duty))),
  }
  return say(cardMessage(card, LOOK_UP.whichAlt))
}
