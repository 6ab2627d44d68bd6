import type { Instant } from '../../db/ids.ts'
import {
  findConfirmedPupil,
  findingById,
  type PupilMeant,
  recordFinding,
  roundOfFinding,
} from '../../workflow/findings.ts'
import { offeredActions } from '../../workflow/offered-actions.ts'
import { readTypedMoment } from '../../workflow/rules/typed-moment.ts'
import type { Unit } from '../../workflow/unit.ts'
import { unitByCode, unitById } from '../../workflow/unit.ts'
import { type BotAction, offer } from '../bot-action.ts'
import { type Card, tap } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { isoDay } from '../words/dates.ts'
import { FOUND } from '../words/round-act-words.ts'
import { SAY } from '../words/say.ts'
import { round as roundWords, withoutIds } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'
import { runToken } from './run-action.ts'
import { unitBelow } from './show-status.ts'

const ROW = '(?:แถว(?:ที่)?|ลำดับ(?:ที่)?)\\s*(\\d{1,5})'
const NUMBER = '(?:เลข(?:ประจำตัว(?:ประชาชน)?)?\\s*)?(\\d[\\d -]{11,18}\\d|[Gg]\\d{12})'
const HOW = '(?:เพราะ|เนื่องจาก|โดย|พบจาก|จาก)'
/** โรงเรียนบ้านนา แถว 12 เพราะ ..., or with a whole number, or ผู้เรียน with a name. */
const WANTED = new RegExp(`^(.+?)\\s+(?:${ROW}|${NUMBER}|(?:ชื่อ|ผู้เรียน|นักเรียน|เด็ก)\\s*(.+?))\\s+${HOW}\\s*(.+)$`, 'su')
/** How it was found before the pupil, who is the last word then. */
const HOW_FIRST = new RegExp(`^(.+?)\\s+${HOW}\\s*(.+?)\\s+(?:${ROW}|${NUMBER}|ชื่อ\\s*(.+?))$`, 'su')

/** ตรวจพบเมื่อ 12 มิ.ย. 67, before or after the reason. */
const FOUND_ON = new RegExp(`\\s*(?:ตรวจ)?พบเมื่อ\\s*(?:วันที่)?\\s*(.+?)(?=\\s+(?:${HOW}|${ROW}|${NUMBER}|ชื่อ)|$)`, 'su')

/** ตรวจพบภายหลัง (R39): which pupil, where and how; a card asks once more before it is recorded. */
export function foundLater(turn: Turn, rest: string | null): Answer {
  const { tx, actor, now } = turn
  if (actor.level === 'institution') return refused(turn, { why: 'not-yours', only: ['lao', 'province', 'department'] })
  if (actor.role !== 'officer') return refused(turn, { why: 'reads-only' })
  const said = rest === null ? null : FOUND_ON.exec(rest)
  const wanted = rest === null ? null : wantedIn(said ? rest.replace(said[0], '') : rest)
  if (!wanted) return say(text(FOUND.how))
  const { who, row, number, words, how } = wanted
  const unit = institutionOf(turn, who)
  if ('answer' in unit) return unit.answer
  const round = roundOfFinding(tx, unit.unit.id, now)
  if (!round) return refused(turn, { why: 'not-confirmed' }, { component: 'roster' })
  const pupil = meantBy({ row, number, words })
  const found = findConfirmedPupil(tx, { round, actor, institutionId: unit.unit.id, pupil }, now)
  if (!found.ok) return refused(turn, refusalOf(found))
  const foundOn = dayFound(said?.[1] ?? null, now)
  if ('answer' in foundOn) return foundOn.answer
  // The button knows the row, never the number.
  const kept: PupilMeant = found.row === null ? { kind: 'words', words: found.shown } : { kind: 'row', row: found.row }
  const about = { institutionId: unit.unit.id, pupil: kept, how: withoutIds(how.trim()), foundOn: foundOn.day }
  const token = offer({ ...turn, round }, { type: 'found-later', ...about })
  const card: Card = {
    over: roundWords(round),
    title: FOUND.title(unit.unit.name),
    lines: [
      {
        kind: 'pair',
        label: FOUND.pupil,
        value: `${found.row === null ? '' : `${FOUND.row(found.row)} `}${found.shown}`,
      },
      { kind: 'pair', label: FOUND.found, value: isoDay(foundOn.day) },
      { kind: 'text', text: FOUND.way(how.trim()) },
      ...(said ? [] : [{ kind: 'small' as const, text: FOUND.otherDay }]),
      { kind: 'rule' },
      { kind: 'text', text: FOUND.note, tone: 'wait' },
    ],
    buttons: [tap(FOUND.sure, token, { typed: SAY.foundSure })],
  }
  return say(cardMessage(card, FOUND.alt))
}

type Wanted = { who: string; row: string | undefined; number: string | undefined; words: string; how: string }

function wantedIn(rest: string): Wanted | null {
  const pupilFirst = WANTED.exec(rest)
  if (pupilFirst) {
    const [, who = '', row, number, words = '', how = ''] = pupilFirst
    return { who, row, number, words, how }
  }
  const howFirst = HOW_FIRST.exec(rest)
  if (!howFirst) return null
  const [, who = '', how = '', row, number, words = ''] = howFirst
  return { who, row, number, words, how }
}

/** The day on which it was found, in Bangkok; today when none was typed. */
function dayFound(typed: string | null, now: Instant): { day: string } | { answer: Answer } {
  const moment = typed === null ? { before: '', at: now } : readTypedMoment(typed, now)
  if (moment === null || moment.before !== '') return { answer: say(text(FOUND.dayUnclear(withoutIds(typed ?? '')))) }
  const day = isoDayOf(moment.at)
  return day > isoDayOf(now) ? { answer: say(text(FOUND.dayAhead(isoDay(day)))) } : { day }
}

const isoDayOf = (at: Instant): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10)

export function takeFound(turn: Turn, action: Extract<BotAction, { type: 'found-later' }>): Answer {
  const { type: _type, ...about } = action
  const decision = recordFinding(turn.tx, { ...about, round: turn.round, actor: turn.actor }, turn.now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  if (decision.added) return say(text(FOUND.done))
  const known = findingById(turn.tx, decision.finding.id)
  return say(text(FOUND.known(known?.personName ?? '', decision.finding.foundOn)))
}

export function typeFound(turn: Turn): Answer {
  const { tx, actor, now } = turn
  const mine = { personId: actor.personId, appointmentId: actor.appointmentId, type: 'found-later' }
  const [newest] = offeredActions(tx, mine, now)
  return newest ? runToken(turn, newest.token) : say(text(FOUND.nothingOffered))
}

function institutionOf(turn: Turn, who: string): { unit: Unit } | { answer: Answer } {
  const byCode = /^\d{10}$/.test(who.trim()) ? unitByCode(turn.tx, who.trim()) : null
  const found = byCode ? { unit: byCode } : unitBelow(turn, who, { deep: true, only: 'institution' })
  // A unit of another level was named: what is asked for is said.
  if ('answer' in found)
    return 'unit' in unitBelow(turn, who, { deep: true }) ? { answer: say(text(FOUND.how)) } : found
  const unit = unitById(turn.tx, found.unit.id)
  return unit.level === 'institution' ? { unit } : { answer: say(text(FOUND.how)) }
}

function meantBy(typed: { row: string | undefined; number: string | undefined; words: string }): PupilMeant {
  if (typed.row !== undefined) return { kind: 'row', row: Number(typed.row) }
  if (typed.number !== undefined) return { kind: 'number', number: typed.number.replace(/[\s-]/g, '') }
  return { kind: 'words', words: typed.words }
}
