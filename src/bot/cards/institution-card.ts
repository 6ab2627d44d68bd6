import type { HoldId } from '../../db/ids.ts'
import type { InstitutionStatus } from '../../workflow/status.ts'
import { unitById } from '../../workflow/unit.ts'
import type { SheetRef } from '../../workflow/unit-facts.ts'
import { offer } from '../bot-action.ts'
import { type Scene, sheetLink } from '../scene.ts'
import { dayAndTime } from '../words/dates.ts'
import { SAY } from '../words/say.ts'
import {
  BUTTON,
  closesValue,
  driftLine,
  dueLine,
  gradeLine,
  holdLine,
  LABEL,
  moreProblems,
  passLine,
  people,
  problemLine,
  readAtValue,
  requestLine,
  STATE,
} from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, link, say, type Tone, tap } from './card.ts'

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
  if (!line.counted) return { text: STATE.empty, tone: 'wait' }
  if (status.window.state === 'not_yet') return { text: STATE.recording, tone: 'calm' }
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
  if (status.hold) return lines
  if (line.state === 'open') {
    lines.push({ kind: 'pair', label: LABEL.counted, value: people(totals.counted) })
    lines.push({ kind: 'text', text: passLine(totals), tone: totals.errors > 0 ? 'stop' : 'good' })
  }
  if (line.state === 'open' && line.reportedCount !== null) {
    lines.push({ kind: 'pair', label: LABEL.reported, value: `${people(line.reportedCount)} (${STATE.reopened})` })
  }
  lines.push({ kind: 'pair', label: LABEL.boysGirls, value: `${totals.male} / ${totals.female}` })
  for (const grade of totals.byGrade.slice(0, MOST_GRADES)) lines.push({ kind: 'pair', ...gradeLine(grade) })
  if (totals.waitingGCode > 0)
    lines.push({ kind: 'pair', label: LABEL.waitingGCode, value: people(totals.waitingGCode) })
  if (totals.notCounted > 0) lines.push({ kind: 'pair', label: LABEL.notCounted, value: people(totals.notCounted) })
  return lines
}

function troubleLines(scene: Scene, status: InstitutionStatus): CardLine[] {
  const { hold, line, request } = status
  const lines: CardLine[] = []
  if (line.drifted) lines.push({ kind: 'text', text: driftLine(line), tone: 'stop' })
  if (hold) lines.push({ kind: 'text', text: holdLine(hold, status.unit.kind), tone: 'stop' })
  if (line.state === 'open') lines.push(...problemLines(status.problems))
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
  if (line.state === 'open' && agreement) {
    lines.push({ kind: 'pair', label: LABEL.agreed, value: dueLine(agreement.dueAt, scene.now) })
  }
  if (line.state === 'open') lines.push({ kind: 'pair', label: LABEL.due, value: dueLine(window.dueAt, scene.now) })
  lines.push({ kind: 'pair', label: LABEL.closes, value: closesValue(window.closesAt) })
  if (line.readAt) lines.push({ kind: 'small', text: `${LABEL.readAt} ${readAtValue(line.readAt)}` })
  return lines
}

function buttonsOf(scene: Scene, status: InstitutionStatus): CardButton[] {
  const { actor } = scene
  if (actor.role !== 'officer') return []
  const own = actor.unitId === status.unit.id
  if (!own) return status.sheet ? [openSheet(scene, status.sheet)] : []
  const { line, may, hold, request } = status
  const fix = status.sheet ? [openSheet(scene, status.sheet, { row: firstRow(status), toFix: true })] : []
  const look = status.sheet ? [openSheet(scene, status.sheet)] : []
  if (request) {
    const token = offer(scene, { type: 'withdraw', requestId: request.id })
    return [tap(BUTTON.withdraw, token, { style: 'secondary', typed: SAY.withdraw }), ...look]
  }
  if (line.state === 'confirmed') {
    const ask = may.requestReopening === null ? [say(BUTTON.askReopening, SAY.askReopening)] : []
    return [...ask, ...look]
  }
  if (status.window.state === 'closed' || line.state === 'not_required') return look
  if (hold && !hold.refused) return [...holdButtons(scene, hold.id as HoldId), ...look]
  if (may.confirm === null) return [say(BUTTON.confirm, SAY.confirm, 'primary'), ...look]
  if (status.window.state === 'not_yet') return fix
  return [...fix, say(BUTTON.checkAgain, SAY.confirm)]
}

/** Both answers to a hold. The harmless one is the prominent one. */
export function holdButtons(scene: Scene, holdId: HoldId): CardButton[] {
  const release = offer(scene, { type: 'hold', holdId, decision: 'release' })
  const refuse = offer(scene, { type: 'hold', holdId, decision: 'refuse' })
  return [
    tap(BUTTON.holdRelease, release, { style: 'secondary', typed: SAY.holdRelease }),
    tap(BUTTON.holdRefuse, refuse, { style: 'primary', typed: SAY.holdRefuse }),
  ]
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
