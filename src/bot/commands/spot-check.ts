import { wordKey } from '../../workflow/rules/text/thai-text.ts'
import { drawSpotCheck } from '../../workflow/spot-check-draw.ts'
import { noteSpotCheck, recordSpotResults, type SpotResult } from '../../workflow/spot-check-results.ts'
import { type SpotCheck, type SpotInstitution, spotChecksOf } from '../../workflow/spot-checks.ts'
import { takeUnreached } from '../../workflow/unreached.ts'
import { cardMessage, cardsMessage, type Message, text } from '../cards/messages.ts'
import { listed, spotCheckSummary, spotInstitutionCard } from '../cards/spot-check-card.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { SPOT } from '../words/spot-check-words.ts'
import { withoutIds } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'

/** A carousel has 50 KB, and nobody visits more in a day. */
const MOST_SHOWN = 4

/** สุ่มตรวจ: alone it shows what is unfinished, with a number it draws so many institutions (R40). */
export function spotCheck(turn: Turn, institutions: number | null): Answer {
  if (turn.actor.level !== 'province') return refused(turn, { why: 'not-yours' })
  return institutions === null ? showSpotChecks(turn) : draw(turn, { institutions })
}

export function takeDraw(turn: Turn, input: { institutions: number; after: number }): Answer {
  return draw(turn, input)
}

function draw(turn: Turn, input: { institutions: number; after?: number }): Answer {
  const { tx, round, actor, tap, now } = turn
  const decision = drawSpotCheck(tx, { round, provinceId: actor.unitId, actor, tap, ...input }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  return say(text(`${SPOT.drawn(decision)}\n${SPOT.seed(decision.seed)}`), ...unfinished(turn))
}

export function showSpotChecks(turn: Turn): Answer {
  const draws = spotChecksOf(turn.tx, { roundId: turn.round.id, provinceId: turn.actor.unitId })
  return say(cardMessage(spotCheckSummary(turn, draws), SPOT.alt), ...unfinished(turn, draws))
}

/** The institutions in which somebody still has to be looked for, newest draw first. */
function unfinished(turn: Turn, known?: SpotCheck[]): Message[] {
  const draws = known ?? spotChecksOf(turn.tx, { roundId: turn.round.id, provinceId: turn.actor.unitId })
  const open = draws
    .toReversed()
    .flatMap((one) => one.institutions.map((institution) => ({ draw: one, institution })))
    .filter(({ institution }) => institution.pupils.some(({ result }) => result === null))
  if (open.length === 0) return []
  const cards = open.slice(0, MOST_SHOWN).map((one) => spotInstitutionCard(turn, one))
  const messages = [cardsMessage(cards, SPOT.alt)]
  if (open.length > MOST_SHOWN) messages.push(text(SPOT.moreInstitutions(open.length - MOST_SHOWN)))
  return messages
}

/** พบตัว 3-5 / ไม่พบ 6 ย้ายตามผู้ปกครอง */
export function saySpotResult(
  turn: Turn,
  input: { result: SpotResult; numbers: readonly number[]; note: string | null },
): Answer {
  const { tx, round, actor, tap, now } = turn
  const { result, numbers } = input
  if (actor.level !== 'province') return refused(turn, { why: 'not-yours' })
  if (numbers.length === 0) return say(text(result === 'found' ? SPOT.askFound : SPOT.askNumber))
  const note = input.note === null ? null : withoutIds(input.note)
  const decision = recordSpotResults(tx, { round, actor, numbers, result, note, tap }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision))
  const words: string[] = []
  // Said here, with the institutions' names.
  takeUnreached(tx)
  const { recorded, already, unreached } = decision
  if (recorded.length > 0)
    words.push(result === 'found' ? SPOT.recordedFound(listed(recorded)) : SPOT.recordedMissing(listed(recorded)))
  for (const one of already.slice(0, MOST_SHOWN)) words.push(SPOT.already({ ...one, result: SPOT.result[one.result] }))
  if (unreached.length > 0) words.push(SPOT.nobodyThere(unreached.join(', ')))
  words.push(leftWords(turn))
  return say(text(words.join('\n')))
}

function leftWords(turn: Turn): string {
  const pupils = institutionsOf(turn).flatMap((one) => one.pupils)
  const left = pupils.filter(({ result }) => result === null).length
  return left === 0 ? SPOT.allDone : SPOT.left(left)
}

function institutionsOf(turn: Turn): SpotInstitution[] {
  const draws = spotChecksOf(turn.tx, { roundId: turn.round.id, provinceId: turn.actor.unitId })
  return draws.flatMap(({ institutions }) => institutions)
}

/** หมายเหตุ 6 ลาป่วย / หมายเหตุ โรงเรียนบ้านนา ปิดเรียนวันที่ไปตรวจ */
export function saySpotNote(turn: Turn, input: { number: number | null; rest: string | null }): Answer {
  const { tx, round, actor, tap, now } = turn
  if (actor.level !== 'province') return refused(turn, { why: 'not-yours' })
  const rest = input.rest?.trim() ?? ''
  const named = input.number === null ? institutionNamed(turn, rest) : null
  const about = input.number === null ? named && { institutionId: named.institution.id } : { number: input.number }
  const note = withoutIds(named ? named.note : rest)
  if (!about || note === '') return say(text(SPOT.askNote))
  const decision = noteSpotCheck(tx, { round, actor, about, note, tap }, now)
  return decision.ok ? say(text(SPOT.noted)) : refused(turn, refusalOf(decision))
}

/** The drawn institution that a text begins with, and what stands after its name. */
function institutionNamed(turn: Turn, rest: string): { institution: SpotInstitution; note: string } | null {
  const fitting = institutionsOf(turn)
    .filter(({ name }) => wordKey(rest).startsWith(wordKey(name)))
    .sort((a, b) => b.name.length - a.name.length)
  const [institution] = fitting
  return institution ? { institution, note: afterName(rest, institution.name) } : null
}

/** Names are compared without spaces and dots, so that the end of one is found by its letters. */
function afterName(rest: string, name: string): string {
  const key = wordKey(name)
  for (let end = 1; end <= rest.length; end += 1) {
    if (wordKey(rest.slice(0, end)) === key)
      return rest
        .slice(end)
        .replace(/^[\s:.]+/, '')
        .trim()
  }
  return ''
}
