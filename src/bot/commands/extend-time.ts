import type { Instant } from '../../db/ids.ts'
import type { ExtensionScope } from '../../db/schema.ts'
import { endExtension, extensionRefusal, grantExtension, runningOf } from '../../workflow/extensions.ts'
import { offeredActions } from '../../workflow/offered-actions.ts'
import { wordKey } from '../../workflow/rules/text/thai-text.ts'
import { readTypedMoment } from '../../workflow/rules/typed-moment.ts'
import { type Unit, unitByCode, unitById } from '../../workflow/unit.ts'
import { type BotAction, offer } from '../bot-action.ts'
import { type Card, tap } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { until as untilWords } from '../words/dates.ts'
import { EVERYWHERE, EXTEND } from '../words/round-act-words.ts'
import { SAY } from '../words/say.ts'
import { round as roundWords, withoutIds } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'
import { runToken } from './run-action.ts'
import { unitBelow } from './show-status.ts'

type Action<Type extends BotAction['type']> = Extract<BotAction, { type: Type }>

const BECAUSE = '(?:เพราะ|เนื่องจาก|เหตุผล:?)'
const LETTER = '(?:ตาม)?หนังสือ(?:เลขที่|ที่)?'
const WANTED = new RegExp(`^(.*?)\\s*(?:จนถึง|ถึง)\\s*(.+?)\\s*${LETTER}\\s*(.+?)\\s*${BECAUSE}\\s*(.+)$`, 'su')
/** Why and by which letter, in the order in which letters themselves say it. */
const REASON_FIRST = new RegExp(`^(.*?)\\s*(?:จนถึง|ถึง)\\s*(.+?)\\s*${BECAUSE}\\s*(.+?)\\s*${LETTER}\\s*(.+)$`, 'su')
const ENDED_REASON_FIRST = new RegExp(`^(.*?)\\s*${BECAUSE}\\s*(.+?)\\s*${LETTER}\\s*(.+)$`, 'su')
const ENDED = new RegExp(`^(.*?)\\s*${LETTER}\\s*(.+?)\\s*${BECAUSE}\\s*(.+)$`, 'su')

/** ขยายเวลา: the department says for whom, until when, by which letter and why; a card asks once more before it is recorded. */
export function extendTime(turn: Turn, rest: string | null): Answer {
  const closed = departmentOnly(turn)
  if (closed) return closed
  const { who, when, letterNumber, why } = wantedIn(rest ?? '')
  const until = untilInstant(when, turn.now)
  if (who === '' || until === null) return say(text(EXTEND.how))
  const scope = scopeOf(turn, who)
  if ('answer' in scope) return scope.answer
  const wanted = { ...scope.to, until, reason: withoutIds(why.trim()), letterNumber: letterNumber.trim() }
  const refusal = extensionRefusal(turn.tx, { ...wanted, roundId: turn.round.id, actor: turn.actor }, turn.now)
  if (refusal) return refused(turn, refusal)
  const card: Card = {
    over: roundWords(turn.round),
    title: EXTEND.title(scope.name),
    lines: [
      { kind: 'pair', label: EXTEND.until, value: untilWords(until), tone: 'good' },
      { kind: 'pair', label: EXTEND.letter, value: wanted.letterNumber },
      { kind: 'text', text: `${EXTEND.reason}: ${wanted.reason}` },
      { kind: 'rule' },
      { kind: 'text', text: EXTEND.note, tone: 'wait' },
    ],
    buttons: [tap(EXTEND.sure, offer(turn, { type: 'extend', ...wanted }), { typed: SAY.extendSure })],
  }
  return say(cardMessage(card, EXTEND.alt))
}

function wantedIn(rest: string): { who: string; when: string; letterNumber: string; why: string } {
  const [, who = '', when = '', letterNumber = '', why = ''] = WANTED.exec(rest) ?? []
  if (who !== '') return { who, when, letterNumber, why }
  const [, whom = '', till = '', reason = '', letter = ''] = REASON_FIRST.exec(rest) ?? []
  return { who: whom, when: till, letterNumber: letter, why: reason }
}

export function takeExtend(turn: Turn, action: Action<'extend'>): Answer {
  const { type: _type, ...wanted } = action
  const decision = grantExtension(turn.tx, { ...wanted, roundId: turn.round.id, actor: turn.actor }, turn.now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  return say(text(decision.added ? EXTEND.done(whoIs(turn, wanted.unitId), wanted.until) : EXTEND.known))
}

/** ยกเลิกการขยายเวลา: from now on, by a letter and with a reason. */
export function endExtendedTime(turn: Turn, rest: string | null): Answer {
  const closed = departmentOnly(turn)
  if (closed) return closed
  const { who, letterNumber, why } = endedIn(rest ?? '')
  if (who === '') return say(text(EXTEND.endHow))
  const scope = scopeOf(turn, who)
  if ('answer' in scope) return scope.answer
  const [running] = runningOf(turn.tx, { roundId: turn.round.id, unitId: scope.to.unitId }, turn.now)
  if (!running) return say(text(EXTEND.nothingRunning(scope.name)))
  const wanted = { extensionId: running.id, letterNumber: letterNumber.trim(), reason: withoutIds(why.trim()) }
  const card: Card = {
    over: roundWords(turn.round),
    title: EXTEND.endTitle(scope.name),
    lines: [
      { kind: 'pair', label: EXTEND.wasUntil, value: untilWords(running.until) },
      { kind: 'pair', label: EXTEND.letter, value: wanted.letterNumber },
      { kind: 'text', text: `${EXTEND.reason}: ${wanted.reason}` },
      { kind: 'rule' },
      { kind: 'text', text: EXTEND.endNote, tone: 'wait' },
    ],
    buttons: [tap(EXTEND.endSure, offer(turn, { type: 'end-extension', ...wanted }), { typed: SAY.endExtensionSure })],
  }
  return say(cardMessage(card, EXTEND.alt))
}

function endedIn(rest: string): { who: string; letterNumber: string; why: string } {
  const [, who = '', letterNumber = '', why = ''] = ENDED.exec(rest) ?? []
  if (who !== '') return { who, letterNumber, why }
  const [, whom = '', reason = '', letter = ''] = ENDED_REASON_FIRST.exec(rest) ?? []
  return { who: whom, letterNumber: letter, why: reason }
}

export function takeEndExtension(turn: Turn, action: Action<'end-extension'>): Answer {
  const { type: _type, ...wanted } = action
  const decision = endExtension(turn.tx, { ...wanted, actor: turn.actor }, turn.now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  return say(text(EXTEND.ended(whoIs(turn, decision.extension.unitId))))
}

/** Typed instead of the button: the newest card of its kind. */
export function typeSure(turn: Turn, type: 'extend' | 'end-extension'): Answer {
  const { tx, actor, now } = turn
  const [newest] = offeredActions(tx, { personId: actor.personId, appointmentId: actor.appointmentId, type }, now)
  return newest ? runToken(turn, newest.token) : say(text(EXTEND.nothingOffered))
}

function departmentOnly(turn: Turn): Answer | null {
  if (turn.actor.level !== 'department') return refused(turn, { why: 'not-yours', only: ['department'] })
  return turn.actor.role === 'officer' ? null : refused(turn, { why: 'reads-only' })
}

type Scope = { name: string; to: { scope: ExtensionScope; unitId: Unit['id'] | null } }

function scopeOf(turn: Turn, who: string): Scope | { answer: Answer } {
  if (EVERYONE.has(wordKey(who))) return { name: EVERYWHERE, to: { scope: 'everyone', unitId: null } }
  const byCode = /^P?\d{2,10}$/i.test(who.trim()) ? unitByCode(turn.tx, who.trim().toUpperCase()) : null
  const found = byCode ? { unit: byCode } : unitBelow(turn, who, { deep: true })
  if ('answer' in found) return found
  const { level, name, id } = found.unit
  if (level === 'department') return { name: EVERYWHERE, to: { scope: 'everyone', unitId: null } }
  return { name, to: { scope: level, unitId: id } }
}

const EVERYONE = new Set([EVERYWHERE, 'ทุกหน่วย', 'ทุกจังหวัด', 'ทั้งประเทศ', 'ทั่วประเทศ'].map(wordKey))

const whoIs = (turn: Turn, unitId: Unit['id'] | null): string =>
  unitId === null ? EVERYWHERE : unitById(turn.tx, unitId).name

const HAS_TIME = /\d[.:][0-5]\d\s*(?:น\.?|นาฬิกา)?\s*$|\d\s*(?:น\.?|นาฬิกา)\s*$/u
const DAY = 24 * 3_600_000
/** Bangkok is UTC+7 all year. */
const BANGKOK = 7 * 3_600_000

/** Without a stated time the extension lasts to the end of the day (domain.md section 7). */
function untilInstant(when: string, now: Instant): Instant | null {
  const read = when === '' ? null : readTypedMoment(when, now)
  if (read?.before !== '') return null
  if (HAS_TIME.test(when)) return read.at
  return Math.floor((read.at + BANGKOK) / DAY) * DAY - BANGKOK + DAY
}
