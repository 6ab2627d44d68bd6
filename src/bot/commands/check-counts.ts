import { checkCounts, checkRefusal, uncheckedCounts } from '../../workflow/check-counts.ts'
import { offeredActions } from '../../workflow/offered-actions.ts'
import { otherInstitutionsOf } from '../../workflow/record-counts.ts'
import { wordKey } from '../../workflow/rules/text/thai-text.ts'
import { wantRead } from '../../workflow/want-read.ts'
import { actionOf, type BotAction } from '../bot-action.ts'
import { countCheckCard } from '../cards/count-check-card.ts'
import { cardMessage, type Message, text } from '../cards/messages.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { ANSWERS } from '../words/answers.ts'
import { CONFIRM_ANSWERS } from '../words/confirm-words.ts'
import { COUNT_CHECK } from '../words/count-check-words.ts'
import { SAY } from '../words/say.ts'
import { refusalOf, refused } from './refused.ts'
import { runToken } from './run-action.ts'
import { readAfresh } from './start-confirming.ts'

type CheckAction = Extract<BotAction, { type: 'check-counts' }>
type Asked = { count: number | null; name: string | null; page?: number | undefined }

/** ตรวจสังกัดอื่น: the list page by page; with the number on the card, or with a name, those are called unchanged. */
export function checkCountsInChat(turn: Turn, asked: Asked): Answer {
  if (asked.count !== null) return typeUnchanged(turn, asked.count)
  if (asked.name !== null) return typeOneUnchanged(turn, asked.name)
  return showCounts(turn, asked.page)
}

function showCounts(turn: Turn, page?: number): Answer {
  const refusal = whoMayLook(turn)
  if (refusal) return refusal
  const message = countsMessage(turn, page)
  if (!message) return say(text(COUNT_CHECK.none))
  wantRead(turn.tx, { roundId: turn.round.id, unitId: turn.actor.unitId }, turn.now)
  return say(message)
}

function whoMayLook(turn: Turn): Answer | null {
  return turn.actor.level === 'lao' ? null : refused(turn, { why: 'not-yours' })
}

function countsMessage(turn: Turn, page?: number): Message | null {
  const { tx, round, actor, now } = turn
  const rows = otherInstitutionsOf(tx, { roundId: round.id, laoId: actor.unitId })
  if (rows.length === 0) return null
  const may = checkRefusal(tx, { round, actor }, now) === null
  return cardMessage(countCheckCard(turn, { rows, may, page }), COUNT_CHECK.alt)
}

/** Exactly the rows that were shown. With the last of them the sheet is read afresh and read back (R25). */
export function takeCheckCounts(turn: Turn, action: CheckAction): Answer {
  const { tx, round, actor, tap, now } = turn
  const decision = checkCounts(tx, { round, actor, rows: action.rows, tap }, now)
  if (!decision.ok) return refused(turn, refusalOf(decision), { component: 'other_counts' })
  const messages = [text(COUNT_CHECK.saved(decision.checked))]
  if (decision.changed.length > 0) messages.push(text(COUNT_CHECK.changed(decision.changed.join(', '))))
  const left = uncheckedCounts(tx, { roundId: round.id, laoId: actor.unitId })
  if (left.length === 0 && decision.changed.length === 0) {
    const read = readAfresh(turn, 'other_counts')
    if ('waits' in read) return read
  }
  const next = countsMessage(turn)
  return say(...messages, ...(next ? [next] : []))
}

function shownActions(turn: Turn): { token: string; action: CheckAction }[] {
  const { tx, actor, now } = turn
  const about = { personId: actor.personId, appointmentId: actor.appointmentId, type: 'check-counts' }
  return offeredActions(tx, about, now).flatMap(({ token, input }) => {
    const action = actionOf(input)
    return action?.type === 'check-counts' ? [{ token, action }] : []
  })
}

function typeUnchanged(turn: Turn, count: number): Answer {
  const [newest] = shownActions(turn)
  if (!newest) return showCounts(turn)
  const shown = newest.action.rows.length
  return shown === count
    ? runToken(turn, newest.token)
    : say(text(CONFIRM_ANSWERS.countDiffers(count, shown, SAY.checkCounts)))
}

/** One of those that were shown, by its name. */
function typeOneUnchanged(turn: Turn, name: string): Answer {
  const other = whoMayLook(turn)
  if (other) return other
  const { tx, round, actor } = turn
  const key = wordKey(name)
  const rows = otherInstitutionsOf(tx, { roundId: round.id, laoId: actor.unitId })
  const same = rows.filter((row) => wordKey(row.name) === key || row.code === name)
  const fitting = same.length > 0 ? same : rows.filter((row) => key.length >= 2 && wordKey(row.name).includes(key))
  const [only, second] = fitting
  if (!only) return say(text(ANSWERS.notFound(name)))
  if (second)
    return say(
      text(
        ANSWERS.several(
          name,
          fitting.slice(0, 10).map((row) => row.name),
        ),
      ),
    )
  const shown = shownActions(turn).flatMap(({ action }) => action.rows.filter(({ id }) => id === only.id))
  const [row] = shown
  return row ? takeCheckCounts(turn, { type: 'check-counts', rows: [row] }) : showCounts(turn)
}
