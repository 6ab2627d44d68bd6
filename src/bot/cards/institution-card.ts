import type { HoldId } from '../../db/ids.ts'
import { personById } from '../../workflow/person-account.ts'
import type { InstitutionStatus } from '../../workflow/status.ts'
import { unitById } from '../../workflow/unit.ts'
import type { SheetRef } from '../../workflow/unit-facts.ts'
import { offer } from '../bot-action.ts'
import { type Scene, sheetLink } from '../scene.ts'
import { seesNames } from '../sees-names.ts'
import { CERTIFIER } from '../words/appointment-words.ts'
import { countdown, dayAndTime } from '../words/dates.ts'
import { DRIFT, driftFigures, driftSummary, editedAfterCloseLine } from '../words/drift-words.ts'
import { SAY } from '../words/say.ts'
import { SHARED_BUTTON, SHARED_LINE } from '../words/shared-pupil-words.ts'
import {
  AFTER_CLOSE,
  BUTTON,
  changesLine,
  closesValue,
  dueLine,
  gradeLine,
  holdLine,
  LABEL,
  moreProblems,
  passLine,
  people,
  problemLine,
  REPORTED_STANDS,
  readAtValue,
  readThen,
  requestLine,
  STATE,
} from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'
import { afterCloseWay } from './after-close.ts'
import { agreementLines } from './agreement-card.ts'
import { type Card, type CardButton, type CardLine, link, say, type Tone, tap } from './card.ts'
import { driftWayOut } from './drift-way-out.ts'

const MOST_PROBLEMS = 3
const MOST_GRADES = 16

/** สถานะ of an institution, with the one next step as its button. Somebody else's institution has no buttons that act. */
export function institutionCard(scene: Scene, status: InstitutionStatus): Card {
  return {
    over: `${roundWords(scene.round)} · ${status.lao.name}`,
    title: status.unit.name,
    chip: institutionState(status),
    lines: [...figureLines(status), ...troubleLines(scene, status), ...timeLines(scene, status)],
    buttons: buttonsOf(scene, status),
  }
}

export function institutionState(status: InstitutionStatus): { text: string; tone: Tone } {
  const { line } = status
  if (line.state === 'not_required') return { text: STATE.notRequired, tone: 'calm' }
  if (line.drifted) return { text: STATE.drifted, tone: 'stop' }
  if (line.state === 'confirmed') return { text: STATE.confirmed, tone: 'good' }
  if (sheetTrouble(status.sheet)) return { text: STATE.unreadable, tone: 'stop' }
  if (status.window.state === 'closed') return { text: STATE.closed, tone: 'stop' }
  if (status.hold) return { text: STATE.hold, tone: 'stop' }
  if (line.errors > 0) return { text: STATE.mustFix(line.errors), tone: 'stop' }
  if (line.unexplainedWarnings > 0) return { text: STATE.mustExplain(line.unexplainedWarnings), tone: 'wait' }
  if (status.sharedPupils.blocking > 0) return { text: STATE.shared(status.sharedPupils.blocking), tone: 'stop' }
  if (!line.counted) return { text: STATE.empty, tone: 'wait' }
  if (status.window.state === 'not_yet') return { text: STATE.recording, tone: 'calm' }
  if (status.submission) return { text: CERTIFIER.waits, tone: 'wait' }
  if (line.reopenedTimes > 0) return { text: STATE.reopened, tone: 'wait' }
  return { text: STATE.ready, tone: 'good' }
}

/** Why the sheet cannot be read now, for people to see; null while it can. */
export function sheetTrouble(sheet: SheetRef | null): string | null {
  if (!sheet || sheet.state === 'ok' || sheet.state === 'creating') return null
  return sheet.stateReason ?? STATE.unreadable
}

function figureLines(status: InstitutionStatus): CardLine[] {
  const { line, totals } = status
  const lines: CardLine[] = []
  const trouble = sheetTrouble(status.sheet)
  if (trouble) lines.push({ kind: 'text', text: `${STATE.unreadable}: ${trouble}`, tone: 'stop', strong: true })
  if (line.state === 'confirmed') {
    lines.push({ kind: 'pair', label: LABEL.counted, value: people(line.reportedCount ?? 0), tone: 'good' })
    lines.push({ kind: 'pair', label: LABEL.receipt, value: line.receiptNumber ?? '' })
    if (line.confirmedAt) lines.push({ kind: 'pair', label: LABEL.confirmedAt, value: dayAndTime(line.confirmedAt) })
  }
  if (!totals) return lines
  // While rows are missing beyond the guard, what the sheet says is no figure: nobody has been removed.
  if (status.hold && line.state === 'open') return [...lines, ...reportedLines(status)]
  if (line.state === 'open' && status.editedAfterClose !== null) {
    const { readBeforeClose } = status
    if (readBeforeClose) lines.push({ kind: 'pair', label: LABEL.readBeforeClose, value: readThen(readBeforeClose) })
    lines.push({ kind: 'pair', label: LABEL.nowTooLate, value: people(totals.counted) })
    return [...lines, ...reportedLines(status)]
  }
  if (line.state === 'open') {
    lines.push({ kind: 'pair', label: LABEL.counted, value: people(totals.counted) })
    // Of an empty sheet "all 0 pass" is no good news.
    if (totals.counted > 0 || totals.errors > 0)
      lines.push({ kind: 'text', text: passLine(totals), tone: totals.errors > 0 ? 'stop' : 'good' })
  }
  lines.push(...reportedLines(status))
  if (totals.counted > 0)
    lines.push({ kind: 'pair', label: LABEL.boysGirls, value: `${totals.male} / ${totals.female}` })
  for (const grade of totals.byGrade.slice(0, MOST_GRADES)) lines.push({ kind: 'pair', ...gradeLine(grade) })
  // They are the edited sheet's, not of what was confirmed.
  if (status.changes && !line.drifted) lines.push({ kind: 'pair', ...changesLine(status.changes) })
  if (totals.waitingGCode > 0)
    lines.push({ kind: 'pair', label: LABEL.waitingGCode, value: people(totals.waitingGCode) })
  if (totals.notCounted > 0) lines.push({ kind: 'pair', label: LABEL.notCounted, value: people(totals.notCounted) })
  return lines
}

/** Reopened: the figure that was confirmed last is still the reported one, and stays it when nobody confirms anew. */
function reportedLines({ line, window }: InstitutionStatus): CardLine[] {
  if (line.state !== 'open' || line.reportedCount === null) return []
  const closed = window.state === 'closed'
  const why = closed ? AFTER_CLOSE.fallsBack : STATE.reopened
  const figure = { kind: 'pair', label: LABEL.reported, value: `${people(line.reportedCount)} (${why})` } as const
  return closed ? [figure] : [figure, { kind: 'small', text: REPORTED_STANDS }]
}

function troubleLines(scene: Scene, status: InstitutionStatus): CardLine[] {
  const { hold, line, request, sharedPupils, drift } = status
  const own = scene.actor.unitId === status.unit.id
  const closed = status.window.state === 'closed'
  const lines: CardLine[] = []
  if (sharedPupils.open > 0) {
    const tone = sharedPupils.blocking > 0 ? 'stop' : 'wait'
    const words = closed ? SHARED_LINE.closed(sharedPupils.open) : SHARED_LINE.own(sharedPupils)
    lines.push({ kind: 'text', text: `${SHARED_LINE.label} ${words}`, tone })
  }
  if (drift) {
    lines.push({ kind: 'text', text: driftSummary(drift), tone: 'stop', strong: true })
    lines.push({ kind: 'text', text: `${driftFigures(drift)} ${driftWayOut(scene, drift)}`, tone: 'stop' })
  }
  if (status.editedAfterClose !== null)
    lines.push({ kind: 'text', text: editedAfterCloseLine(status.editedAfterClose), tone: 'stop' })
  if (hold) lines.push({ kind: 'text', text: holdLine(hold, { kind: status.unit.kind, own, closed }), tone: 'stop' })
  // A problem quotes what was typed, which may be a name in the wrong column.
  if (line.state === 'open' && !closed && seesNames(scene.actor)) lines.push(...problemLines(status.problems))
  if (line.state === 'open' && closed) {
    if (line.errors + line.unexplainedWarnings > 0)
      lines.push({ kind: 'text', text: AFTER_CLOSE.problems(line.errors, line.unexplainedWarnings), tone: 'stop' })
    lines.push({ kind: 'text', text: afterCloseWay(scene), strong: true })
  }
  if (status.submission) {
    const { submission } = status
    const name = personById(scene.tx, submission.personId)?.name ?? ''
    const stale = submission.seenHash !== line.contentHash
    lines.push({ kind: 'text', text: CERTIFIER.waitsLine(name, submission.tappedAt), tone: 'wait' })
    if (stale) lines.push({ kind: 'text', text: CERTIFIER.changedLine, tone: 'stop' })
  }
  if (request?.waitingAtUnitId) {
    lines.push({ kind: 'text', text: requestLine(unitById(scene.tx, request.waitingAtUnitId).name), tone: 'wait' })
  }
  return lines.length > 0 ? [{ kind: 'rule' }, ...lines] : []
}

/** The first problems that block, in words, and how many more there are. */
export function problemLines(problems: InstitutionStatus['problems'], most = MOST_PROBLEMS): CardLine[] {
  const blocking = problems.filter((problem) => problem.severity === 'error' || !problem.explained)
  const lines: CardLine[] = blocking.slice(0, most).map((problem) => ({
    kind: 'item',
    mark: problem.severity === 'error' ? '✕' : '!',
    tone: problem.severity === 'error' ? 'stop' : 'wait',
    text: problemLine(problem),
  }))
  if (blocking.length > most) lines.push({ kind: 'small', text: moreProblems(blocking.length - most) })
  return lines
}

function timeLines(scene: Scene, status: InstitutionStatus): CardLine[] {
  const { window, agreement, line } = status
  const lines: CardLine[] = [{ kind: 'rule' }]
  if (line.state === 'open') lines.push(...agreementLines(agreement, scene))
  if (line.state === 'open') lines.push({ kind: 'pair', label: LABEL.due, value: dueLine(window.dueAt, scene.now) })
  const left = line.state === 'open' && scene.now < window.closesAt ? ` (${countdown(window.closesAt, scene.now)})` : ''
  lines.push({ kind: 'pair', label: LABEL.closes, value: `${closesValue(window.closesAt)}${left}` })
  if (line.readAt) lines.push({ kind: 'small', text: `${LABEL.readAt} ${readAtValue(line.readAt)}` })
  return lines
}

function buttonsOf(scene: Scene, status: InstitutionStatus): CardButton[] {
  const { actor } = scene
  if (actor.role === 'certifier' && actor.unitId === status.unit.id && status.submission)
    return [say(CERTIFIER.look, SAY.confirm, 'primary')]
  if (actor.role !== 'officer') return []
  const own = actor.unitId === status.unit.id
  const differing = status.drift ? [say(DRIFT.show, own ? SAY.drift : DRIFT.showOf(status.unit.name), 'primary')] : []
  if (!own && actor.unitId !== status.lao.id) return status.sheet ? [openSheet(scene, status.sheet)] : []
  if (!own) return [...differing, ...(status.sheet ? [openSheet(scene, status.sheet)] : [])]
  const { line, may, hold, request } = status
  const fix = status.sheet ? [openSheet(scene, status.sheet, { row: firstRow(status), toFix: true })] : []
  const look = status.sheet ? [openSheet(scene, status.sheet)] : []
  if (request) {
    const token = offer(scene, { type: 'withdraw', requestId: request.id })
    return [...differing, tap(BUTTON.withdraw, token, { style: 'secondary', typed: SAY.withdraw }), ...look]
  }
  if (line.state === 'confirmed') {
    const ask = may.requestReopening === null ? [say(BUTTON.askReopening, SAY.askReopening)] : []
    return [...differing, ...ask, ...look]
  }
  if (status.window.state === 'closed' || line.state === 'not_required') return look
  if (hold?.refused)
    return [...fix, releaseButton(scene, { id: hold.id as HoldId, refused: true }), say(BUTTON.checkAgain, SAY.confirm)]
  if (hold) return [...holdButtons(scene, hold.id as HoldId), ...look]
  if (may.confirm === null) return [say(BUTTON.confirm, SAY.confirm, 'primary'), ...look]
  if (status.window.state === 'not_yet') return fix
  const shared = status.sharedPupils.blocking > 0 ? [say(SHARED_BUTTON.show, SAY.sharedPupils)] : []
  return [...shared, ...fix, checkButton(status)]
}

/** Reads the sheet afresh; where nothing stands yet there is nothing that was mended. */
export const checkButton = ({ totals }: Pick<InstitutionStatus, 'totals'>): CardButton =>
  say(totals === null || totals.rows === 0 ? BUTTON.checkFirst : BUTTON.checkAgain, SAY.confirm)

/** Both answers to a hold. The harmless one is the prominent one. */
export function holdButtons(scene: Scene, holdId: HoldId): CardButton[] {
  const refuse = offer(scene, { type: 'hold', holdId, decision: 'refuse' })
  return [
    releaseButton(scene, { id: holdId, refused: false }),
    tap(BUTTON.holdRefuse, refuse, { style: 'primary', typed: SAY.holdRefuse }),
  ]
}

/** Also for those who have said that nobody left, as long as the same rows are missing. */
export function releaseButton(scene: Scene, hold: { id: HoldId; refused: boolean }): CardButton {
  const { id: holdId, refused } = hold
  const release = offer(scene, { type: 'hold', holdId, decision: 'release', refused })
  return tap(BUTTON.holdRelease, release, { style: 'secondary', typed: SAY.holdRelease })
}

function firstRow(status: InstitutionStatus): number | null {
  return status.problems.find((problem) => problem.row > 1 && !problem.explained)?.row ?? null
}

/** A link to the sheet, at the row that is wrong first when there is one. */
export function openSheet(
  scene: Scene,
  sheet: SheetRef,
  options: { row?: number | null; toFix?: boolean } = {},
): CardButton {
  const place = { spreadsheetId: sheet.spreadsheetId, tabId: sheet.dataTabId }
  const address = sheetLink(scene.deps, options.row ? { ...place, range: `A${options.row}` } : place)
  return link(options.toFix ? BUTTON.openToFix : BUTTON.openSheet, address, options.toFix ? 'primary' : 'secondary')
}
