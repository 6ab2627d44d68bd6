import { startShow } from '../../workflow/confirm-run.ts'
import type { SheetComponent } from '../../workflow/confirm-sheet.ts'
import type { Refusal } from '../../workflow/rules/refusal.ts'
import { institutionStatus, type LaoStatus, laoStatus, provinceStatus } from '../../workflow/status.ts'
import { say as sayButton } from '../cards/card.ts'
import { cardMessage, text } from '../cards/messages.ts'
import { markCard, overviewCard, provinceConfirmCard } from '../cards/overview-card.ts'
import type { ConfirmWhat } from '../command.ts'
import { type Answer, say, type Turn, WAITS } from '../turn.ts'
import { CONFIRM_ANSWERS, OVERVIEW, PROVINCE } from '../words/confirm-words.ts'
import { SAY } from '../words/say.ts'
import { BUTTON } from '../words/status-words.ts'
import { nameFirst } from './join.ts'
import { refusalOf, refused } from './refused.ts'
import { showSubmission } from './show-submission.ts'

/** ยืนยัน: the first step of what this person's level confirms. Nothing is confirmed by it. */
export function startConfirming(turn: Turn, what: ConfirmWhat | null, page?: number): Answer {
  const unnamed = nameFirst(turn)
  if (unnamed) return unnamed
  if (turn.actor.role === 'certifier') return showSubmission(turn)
  switch (turn.actor.level) {
    case 'institution':
      return what === null || what === 'roster' ? showRoster(turn) : refused(turn, { why: 'not-yours' })
    case 'lao':
      return what === 'province' || what === 'roster' ? refused(turn, { why: 'not-yours' }) : startLao(turn, what, page)
    case 'province':
      return what === null || what === 'province' ? startProvince(turn, page) : refused(turn, { why: 'not-yours' })
    case 'department':
      return say(text(CONFIRM_ANSWERS.departmentNone))
  }
}

function showRoster(turn: Turn): Answer {
  const { tx, round, actor, now } = turn
  const status = institutionStatus(tx, { round, institutionId: actor.unitId, actor }, now)
  const refusal = status.may.confirm
  if (refusal && !mayBeMended(refusal, status.sheet !== null)) return refused(turn, refusal, { component: 'roster' })
  return readAfresh(turn, 'roster')
}

/**
 * What the last read said may have been mended in the sheet since: only a fresh read counts. Time, duty and state are not in the
 * sheet, and without a sheet there is nothing to read.
 */
function mayBeMended(refusal: Refusal, sheetExists: boolean): boolean {
  switch (refusal.why) {
    case 'never-read':
    case 'sheet-unreadable':
      return sheetExists
    case 'roster-empty':
    case 'roster-has-errors':
    case 'warnings-unexplained':
    case 'hold-open':
    case 'shared-pupils':
    case 'counts-have-errors':
    case 'counts-unchecked':
      return true
    default:
      return false
  }
}

/** The answer comes from the job that reads the sheet. */
export function readAfresh(turn: Turn, component: SheetComponent): Answer {
  const { tx, round, actor, inboxId, tap, now } = turn
  const started = startShow(tx, { round, actor, unitId: actor.unitId, component, inboxId, ...tap }, now)
  return started.ok ? WAITS : refused(turn, refusalOf(started), { component })
}

function startLao(turn: Turn, what: 'overview' | 'other_counts' | null, page?: number): Answer {
  const { tx, round, actor, now } = turn
  const status = laoStatus(tx, { round, laoId: actor.unitId, actor }, now)
  if (what === 'overview') return startOverview(turn, status, page)
  if (what === 'other_counts') return startCounts(turn, status)
  const overview = status.may.confirmOverview === null
  const counts = status.line.otherCounts === 'open' && countsMayStart(status)
  if (overview && counts) return choose(turn)
  if (overview) return startOverview(turn, status)
  if (counts && status.line.overview !== 'open') return startCounts(turn, status)
  if (counts) {
    // The overview waits for others; the counts can be done meanwhile: say both.
    const refusal = status.may.confirmOverview
    const buttons = [
      sayButton(BUTTON.confirmOtherCounts, SAY.confirmOtherCounts, 'primary'),
      sayButton(BUTTON.left, SAY.left),
    ]
    return refusal ? refused(turn, refusal, { component: 'overview', buttons }) : startCounts(turn, status)
  }
  const refusal = status.line.overview === 'not_applicable' ? status.may.confirmOtherCounts : status.may.confirmOverview
  return refused(turn, refusal ?? { why: 'nothing-to-confirm' }, { component: 'overview' })
}

function startOverview(turn: Turn, status: LaoStatus, page?: number): Answer {
  const refusal = status.may.confirmOverview
  if (refusal) return refused(turn, refusal, { component: 'overview', buttons: [sayButton(BUTTON.status, SAY.status)] })
  return say(cardMessage(overviewCard(turn, page), OVERVIEW.alt))
}

function startCounts(turn: Turn, status: LaoStatus): Answer {
  if (!countsMayStart(status)) {
    return refused(turn, status.may.confirmOtherCounts ?? { why: 'nothing-to-confirm' }, { component: 'other_counts' })
  }
  return readAfresh(turn, 'other_counts')
}

function countsMayStart(status: LaoStatus): boolean {
  const refusal = status.may.confirmOtherCounts
  return refusal === null || mayBeMended(refusal, status.sheet !== null)
}

function choose(turn: Turn): Answer {
  const card = {
    over: turn.actor.unitName,
    title: CONFIRM_ANSWERS.chooseTitle,
    lines: [],
    buttons: [
      sayButton(BUTTON.confirmOverview, SAY.confirmOverview, 'primary'),
      sayButton(BUTTON.confirmOtherCounts, SAY.confirmOtherCounts),
    ],
  }
  return say(cardMessage(card, CONFIRM_ANSWERS.chooseAlt))
}

function startProvince(turn: Turn, page?: number): Answer {
  const { tx, round, actor, now } = turn
  const status = provinceStatus(tx, { round, provinceId: actor.unitId, actor }, now)
  const refusal = status.may.confirm
  if (refusal?.why === 'not-marked') return showMarks(turn)
  if (refusal) {
    const buttons = refusal.why === 'children-incomplete' ? [sayButton(BUTTON.left, SAY.left)] : []
    return refused(turn, refusal, { component: 'province', buttons })
  }
  return say(cardMessage(provinceConfirmCard(turn, status, page), PROVINCE.alt))
}

/** ตรวจสอบแล้ว without a number: the LAOs that wait for the mark, shown before anything is marked. */
export function showMarks(turn: Turn, page?: number): Answer {
  const { tx, round, actor, now } = turn
  if (actor.level !== 'province') return refused(turn, { why: 'not-yours' })
  if (actor.role !== 'officer') return refused(turn, { why: 'reads-only' })
  const status = provinceStatus(tx, { round, provinceId: actor.unitId, actor }, now)
  const card = markCard(turn, status, page)
  return say(card ? cardMessage(card, PROVINCE.markAlt) : text(PROVINCE.nothingToMark))
}
