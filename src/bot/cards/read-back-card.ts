import type { HoldId } from '../../db/ids.ts'
import { countCheckState } from '../../workflow/check-counts.ts'
import { otherInstitutionsOf } from '../../workflow/record-counts.ts'
import type { InstitutionStatus, LaoStatus } from '../../workflow/status.ts'
import { offer } from '../bot-action.ts'
import { type Scene, sheetLink } from '../scene.ts'
import { otherRow, READ_BACK, SECOND_STEP, typedAttest, typedConfirm } from '../words/confirm-words.ts'
import { COUNT_CHECK } from '../words/count-check-words.ts'
import { isoDay } from '../words/dates.ts'
import { refusalWords } from '../words/refusals.ts'
import { SAY } from '../words/say.ts'
import { BUTTON, gradeLine, holdLine, LABEL, passLine, people, readAtValue, STATE } from '../words/status-words.ts'
import { baselineAt, more, round as roundWords } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, link, say, tap } from './card.ts'
import {
  checkButton,
  holdButtons,
  institutionState,
  openSheet,
  problemLines,
  releaseButton,
} from './institution-card.ts'
import { alsoShared, wayOutOf } from './refusal-card.ts'

/**
 * What the system really holds of a roster after a fresh read (R25). Clean: the attestation is offered (R28). Else: what is
 * wrong and where to mend it.
 */
export function rosterReadBack(scene: Scene, status: InstitutionStatus): Card {
  const { totals, line, may } = status
  const lines: CardLine[] = []
  // While rows are missing beyond the guard, what the sheet says is no figure: nobody has been removed.
  if (totals && !status.hold) {
    lines.push({ kind: 'pair', label: LABEL.counted, value: people(totals.counted) })
    if (totals.counted > 0)
      lines.push({ kind: 'pair', label: LABEL.boysGirls, value: `${totals.male} / ${totals.female}` })
    // Of an empty sheet "all 0 pass" is no good news.
    if (totals.counted > 0 || totals.errors > 0)
      lines.push({ kind: 'text', text: passLine(totals), tone: totals.errors > 0 ? 'stop' : 'good' })
    for (const grade of totals.byGrade) lines.push({ kind: 'pair', ...gradeLine(grade) })
    if (totals.waitingGCode > 0)
      lines.push({ kind: 'pair', label: LABEL.waitingGCode, value: people(totals.waitingGCode) })
    if (totals.notCounted > 0) lines.push({ kind: 'pair', label: LABEL.notCounted, value: people(totals.notCounted) })
  }
  if (line.readAt) lines.push({ kind: 'small', text: `${LABEL.readAt} ${readAtValue(line.readAt)}` })
  lines.push({ kind: 'rule' })
  const over = `${roundWords(scene.round)} · ${status.unit.name}`
  if (may.confirm === null && line.contentHash !== null && line.counted !== null) {
    const token = offer(scene, {
      type: 'attest',
      component: 'roster',
      contentHash: line.contentHash,
      counted: line.counted,
    })
    lines.push({ kind: 'text', text: READ_BACK.clean, tone: 'good' })
    const explained = status.problems.filter((problem) => problem.explained).length
    if (explained > 0) lines.push({ kind: 'small', text: READ_BACK.explained(explained) })
    lines.push({ kind: 'text', text: READ_BACK.checkEveryone(status.unit.kind) })
    const attest = tap(READ_BACK.attest(line.counted), token, { typed: typedAttest(line.counted) })
    const buttons = [
      attest,
      say(SECOND_STEP.notYet, SAY.notYet),
      ...(status.sheet ? [openSheet(scene, status.sheet)] : []),
    ]
    return { over, title: READ_BACK.title, chip: { text: institutionState(status).text, tone: 'good' }, lines, buttons }
  }
  return { over, title: READ_BACK.title, chip: institutionState(status), ...whatIsWrong(scene, status, lines) }
}

function whatIsWrong(
  scene: Scene,
  status: InstitutionStatus,
  lines: CardLine[],
): { lines: CardLine[]; buttons: CardButton[] } {
  const { hold, may } = status
  const look = { kind: status.unit.kind, own: true, closed: status.window.state === 'closed' }
  if (hold) lines.push({ kind: 'text', text: holdLine(hold, look), tone: 'stop' })
  if (!look.closed) lines.push(...problemLines(status.problems, 5))
  if (may.confirm) {
    const words = refusalWords(may.confirm, 'roster')
    lines.push(
      { kind: 'rule' },
      { kind: 'text', text: words.title, strong: true, tone: 'stop' },
      // Which rows they are stands in no problem of the sheet.
      ...(may.confirm.why === 'shared-pupils' ? [{ kind: 'text' as const, text: words.why }] : []),
      { kind: 'text', text: words.next },
      ...alsoShared(may.confirm, status.sharedPupils.blocking),
    )
  }
  const row = status.problems.find((problem) => problem.row > 1 && !problem.explained)?.row ?? null
  const fix = status.sheet ? [openSheet(scene, status.sheet, { row, toFix: true })] : []
  if (look.closed) return { lines, buttons: [] }
  const wayOut = may.confirm ? wayOutOf(may.confirm, status.sharedPupils.blocking) : []
  const again = checkButton(status)
  if (hold?.refused)
    return { lines, buttons: [...fix, releaseButton(scene, { id: hold.id as HoldId, refused: true }), again] }
  const buttons = hold ? holdButtons(scene, hold.id as HoldId) : [...wayOut, ...fix, again]
  return { lines, buttons }
}

const MOST_OTHERS = 20

/** The same for an LAO's other-affiliation counts: every row as it stands, then the one step to confirm (R23, R32). */
export function countsReadBack(scene: Scene, status: LaoStatus): Card {
  const { counts, may } = status
  const rows = otherInstitutionsOf(scene.tx, { roundId: scene.round.id, laoId: status.unit.id })
  const lines: CardLine[] = rows.slice(0, MOST_OTHERS).map((row) => ({
    kind: 'pair',
    label: row.name,
    value: otherRow(row),
    ...(row.checked ? {} : { tone: 'wait' as const }),
  }))
  if (rows.length > MOST_OTHERS)
    lines.push({ kind: 'small', text: `${more(rows.length - MOST_OTHERS)} ${COUNT_CHECK.seeAll}` })
  const dated = rows.find((row) => row.baselineDate)?.baselineDate
  if (dated) lines.push({ kind: 'small', text: baselineAt(isoDay(dated)) })
  lines.push({ kind: 'rule' })
  const over = `${roundWords(scene.round)} · ${status.unit.name}`
  const sheet = status.sheet
    ? [
        link(
          BUTTON.openCounts,
          sheetLink(scene.deps, { spreadsheetId: status.sheet.spreadsheetId, tabId: status.sheet.dataTabId }),
        ),
      ]
    : []
  if (may.confirmOtherCounts === null && counts) {
    const token = offer(scene, {
      type: 'confirm',
      component: 'other_counts',
      seenHash: counts.contentHash,
      counted: counts.total,
    })
    lines.push({ kind: 'pair', label: LABEL.counted, value: people(counts.total) })
    lines.push({ kind: 'text', text: SECOND_STEP.noUndo('other_counts'), tone: 'wait', strong: true })
    const confirm = tap(SECOND_STEP.confirm(counts.total), token, { typed: typedConfirm('other_counts', counts.total) })
    const buttons = [confirm, say(SECOND_STEP.notYet, SAY.notYet), ...sheet]
    return { over, title: READ_BACK.countsTitle, chip: { text: STATE.ready, tone: 'good' }, lines, buttons }
  }
  lines.push(...problemLines(status.countProblems, 5))
  if (may.confirmOtherCounts) {
    const words = refusalWords(may.confirmOtherCounts, 'other_counts')
    lines.push({ kind: 'text', text: words.title, strong: true, tone: 'stop' }, { kind: 'text', text: words.next })
  }
  return {
    over,
    title: READ_BACK.countsTitle,
    lines,
    buttons: [
      ...(rows.some((row) => countCheckState(row) === 'unchanged?')
        ? [say(BUTTON.checkCounts, SAY.checkCounts, 'primary')]
        : []),
      ...sheet,
      say(BUTTON.checkAgain, SAY.confirmOtherCounts),
    ],
  }
}
