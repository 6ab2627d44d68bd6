import { agreementsOf } from '../../workflow/agreements.ts'
import type { LaoStatus } from '../../workflow/status.ts'
import { lookAtStatus } from '../../workflow/status-look.ts'
import { unitById } from '../../workflow/unit.ts'
import { offer } from '../bot-action.ts'
import { type Scene, sheetLink } from '../scene.ts'
import { AGREEMENT } from '../words/agreement-words.ts'
import { VACANT } from '../words/appointment-words.ts'
import { countsDriftText, DRIFT, editedAfterCloseLine } from '../words/drift-words.ts'
import { LOOK, LOOK_NEWS, leftLine } from '../words/list-words.ts'
import { NUDGE } from '../words/nudge-words.ts'
import { SAY } from '../words/say.ts'
import { SHARED_BUTTON, SHARED_LINE } from '../words/shared-pupil-words.ts'
import {
  BUTTON,
  COMPONENT_STATE,
  COVERS,
  changesLine,
  closesValue,
  countsValue,
  dueLine,
  HEADING,
  institutionItem,
  institutionsValue,
  LABEL,
  matters,
  people,
  requestLine,
  STATE,
} from '../words/status-words.ts'
import { more, PLACES, round as roundWords } from '../words/terms.ts'
import { afterCloseWay } from './after-close.ts'
import { type Card, type CardButton, type CardLine, link, say, type Tone, tap } from './card.ts'
import { problemLines, sheetTrouble } from './institution-card.ts'
import { institutionSections } from './left-sections.ts'
import { unitList } from './unit-list.ts'

/** สถานะ of an LAO: its institutions by state, both of its own components, and the one next step. */
export function laoCard(scene: Scene, status: LaoStatus): Card {
  return {
    over: roundWords(scene.round),
    title: status.unit.name,
    chip: laoState(status),
    lines: [
      ...componentLines(scene, status),
      ...lookLines(scene, status),
      ...institutionLists(scene, status),
      ...requestLines(scene, status),
      ...timeLines(scene, status),
    ],
    buttons: buttonsOf(scene, status),
  }
}

export function laoState(status: LaoStatus): { text: string; tone: Tone } {
  const { line } = status
  if (line.overview === 'not_required' && line.otherCounts === 'not_required')
    return { text: STATE.notRequired, tone: 'calm' }
  if (line.complete) return { text: STATE.complete, tone: 'good' }
  if (status.window.state === 'closed') return { text: STATE.closed, tone: 'stop' }
  const open = line.institutions.filter((child) => child.state === 'open' || child.drifted).length
  if (open > 0) return { text: STATE.waitingFor(open, PLACES), tone: 'wait' }
  if (line.countsDrifted) return { text: STATE.drifted, tone: 'stop' }
  if (status.may.confirmOverview !== null && status.may.confirmOtherCounts !== null)
    return { text: COMPONENT_STATE.open, tone: 'wait' }
  return { text: STATE.ready, tone: 'good' }
}

function componentLines(scene: Scene, status: LaoStatus): CardLine[] {
  const { line } = status
  const closed = status.window.state === 'closed'
  const required = line.institutions.filter((child) => child.state !== 'not_required')
  const done = required.filter((child) => child.state === 'confirmed' && !child.drifted).length
  const lines: CardLine[] = []
  if (required.length > done) {
    const { closesAt } = status.window
    const of = { left: required.length - done, all: required.length, counted: PLACES, closesAt, now: scene.now }
    lines.push({ kind: 'text', text: leftLine(of), strong: true })
  }
  if (required.length > 0) {
    lines.push({
      kind: 'pair',
      label: LABEL.institutions,
      value: institutionsValue(done, required.length, status.counted),
    })
    if (status.changes) lines.push({ kind: 'pair', ...changesLine(status.changes) })
    lines.push({ kind: 'pair', label: LABEL.overview, value: COMPONENT_STATE[line.overview], ...toneOf(line.overview) })
  }
  if (line.otherCounts !== 'not_applicable') {
    const state = COMPONENT_STATE[line.otherCounts]
    const figure = countsFigure(status)
    lines.push({ kind: 'pair', label: LABEL.otherCounts, value: `${state}${figure}`, ...toneOf(line.otherCounts) })
  }
  const trouble = line.otherCounts === 'open' ? sheetTrouble(status.sheet) : null
  if (trouble) lines.push({ kind: 'text', text: `${STATE.unreadable}: ${trouble}`, tone: 'stop' })
  if (!line.overviewCovers)
    lines.push({ kind: 'text', text: closed ? COVERS.overviewClosed : COVERS.overview, tone: 'stop' })
  if (status.countsDrift) lines.push({ kind: 'text', text: countsDriftText(status.countsDrift), tone: 'stop' })
  if (status.countsEditedAfterClose !== null)
    lines.push({ kind: 'text', text: editedAfterCloseLine(status.countsEditedAfterClose), tone: 'stop' })
  if (!line.countsCover)
    lines.push({ kind: 'text', text: closed ? COVERS.otherCountsClosed : COVERS.otherCounts, tone: 'stop' })
  if (line.otherCounts === 'open' && !closed) lines.push(...problemLines(status.countProblems, 2))
  return lines
}

/** What the sheet says, while that is a figure of the round; of edited counts what was confirmed. */
function countsFigure({ line, counts, countsEditedAfterClose }: LaoStatus): string {
  if (line.countsDrifted) return ` ${people(line.otherCounted ?? 0)}`
  return counts && countsEditedAfterClose === null ? ` ${countsValue(counts)}` : ''
}

const toneOf = (state: string): { tone?: Tone } =>
  state === 'confirmed' ? { tone: 'good' } : state === 'open' ? { tone: 'wait' } : {}

/** The states that ask for something first, the ready ones apart; who is confirmed comes last. */
function institutionLists(scene: Scene, status: LaoStatus): CardLine[] {
  const { institutions } = status.line
  const done = institutions.filter((child) => child.state === 'confirmed' && !child.drifted)
  const item = (child: (typeof institutions)[number]) => institutionItem(child, { closed: false })
  const lists = [
    ...institutionSections(scene, institutions).flatMap(({ heading, items, mark, tone }) =>
      unitList(heading, items, { mark, tone, most: MOST_OF_STATE }),
    ),
    ...unitList(HEADING.confirmed, done.map(item), { mark: '✓', tone: 'good', most: 10 }),
  ]
  return lists.length > 0 ? [{ kind: 'rule' }, ...lists] : []
}

const MOST_OF_STATE = 8
const MOST_NEWS = 6

/** What is new since this officer last looked; the card of another unit is nobody's own look. */
function lookLines(scene: Scene, status: LaoStatus): CardLine[] {
  const { tx, round, actor, now } = scene
  if (actor.unitId !== status.unit.id || actor.role !== 'officer') return []
  const { institutions } = status.line
  if (institutions.length === 0) return []
  const looking = { roundId: round.id, unitId: actor.unitId, personId: actor.personId, institutions }
  const look = lookAtStatus(tx, looking, now)
  if (!look) return []
  const { changes } = look
  if (changes.length === 0) return [{ kind: 'small', text: LOOK.same(look.at) }]
  return [
    { kind: 'rule' },
    { kind: 'text', text: LOOK.changed(look.at, changes.length), strong: true },
    ...changes
      .slice(0, MOST_NEWS)
      .map((one): CardLine => ({ kind: 'item', mark: '•', text: `${one.name}: ${LOOK_NEWS[one.now]}` })),
    ...(changes.length > MOST_NEWS ? [{ kind: 'small' as const, text: more(changes.length - MOST_NEWS) }] : []),
  ]
}

function requestLines(scene: Scene, status: LaoStatus): CardLine[] {
  const lines: CardLine[] = [...vacantLines(status.vacant)]
  if (status.sharedPupils > 0) {
    lines.push({
      kind: 'pair',
      label: SHARED_LINE.label,
      value: SHARED_LINE.waiting(status.sharedPupils),
      tone: 'wait',
    })
  }
  if (status.agreements.agreed + status.agreements.waiting > 0) {
    const tone = status.agreements.waiting > 0 ? { tone: 'wait' as const } : {}
    lines.push({ kind: 'pair', label: AGREEMENT.over, value: AGREEMENT.counts(status.agreements), ...tone })
    lines.push(...agreedLines(scene, status))
  }
  if (status.requestsWaiting > 0) {
    lines.push({ kind: 'pair', label: LABEL.requests, value: matters(status.requestsWaiting), tone: 'wait' })
  }
  for (const request of status.ownRequests) {
    if (!request.waitingAtUnitId) continue
    lines.push({ kind: 'text', text: requestLine(unitById(scene.tx, request.waitingAtUnitId).name), tone: 'wait' })
  }
  return lines
}

const MOST_AGREED = 3

/** The agreed times that come next, and those that have passed without a confirmation. */
function agreedLines(scene: Scene, status: LaoStatus): CardLine[] {
  const open = status.line.institutions.filter((child) => child.state === 'open')
  const found = agreementsOf(scene.tx, { roundId: scene.round.id, institutionIds: open.map(({ id }) => id) })
  const agreed = open.flatMap(({ id, name }) => {
    const dueAt = found.get(id)?.agreed?.dueAt
    return dueAt === undefined ? [] : [{ name, dueAt }]
  })
  return agreed
    .sort((a, b) => a.dueAt - b.dueAt)
    .slice(0, MOST_AGREED)
    .map(({ name, dueAt }) => ({
      kind: 'item',
      mark: '•',
      tone: dueAt < scene.now ? 'stop' : 'calm',
      text: LOOK.agreedAt(name, dueAt, scene.now),
    }))
}

function timeLines(scene: Scene, status: LaoStatus): CardLine[] {
  const lines: CardLine[] = [{ kind: 'rule' }]
  if (!status.line.complete)
    lines.push({ kind: 'pair', label: LABEL.due, value: dueLine(status.window.dueAt, scene.now) })
  if (laoState(status).text === STATE.closed) lines.push({ kind: 'text', text: afterCloseWay(scene), strong: true })
  lines.push({ kind: 'pair', label: LABEL.closes, value: closesValue(status.window.closesAt) })
  return lines
}

function buttonsOf(scene: Scene, status: LaoStatus): CardButton[] {
  const { actor } = scene
  if (actor.role !== 'officer') return []
  const sheet = status.sheet
    ? [
        link(
          BUTTON.openCounts,
          sheetLink(scene.deps, { spreadsheetId: status.sheet.spreadsheetId, tabId: status.sheet.dataTabId }),
        ),
      ]
    : []
  if (actor.unitId !== status.unit.id) return []
  const { may, line } = status
  const requests =
    status.requestsWaiting > 0 ? [say(BUTTON.requests(status.requestsWaiting), SAY.requests, 'primary')] : []
  const steps: CardButton[] = []
  if (may.confirmOverview === null) steps.push(say(BUTTON.confirmOverview, SAY.confirmOverview, 'primary'))
  const unchecked = (status.counts?.unchecked ?? line.otherInstitutionCount) > 0
  if (line.otherCounts === 'open' && status.window.state !== 'closed' && unchecked)
    steps.push(say(BUTTON.checkCounts, SAY.checkCounts, 'primary'))
  if (line.otherCounts === 'open' && status.window.state !== 'closed') {
    steps.push(
      say(BUTTON.confirmOtherCounts, SAY.confirmOtherCounts, may.confirmOtherCounts === null ? 'primary' : 'secondary'),
    )
  }
  if (status.sharedPupils > 0) steps.push(say(SHARED_BUTTON.waiting(status.sharedPupils), SAY.sharedPupils))
  if (status.agreements.waiting > 0) steps.push(say(AGREEMENT.show, SAY.agree))
  if (line.institutions.some((child) => child.state === 'open')) {
    steps.push(say(BUTTON.left, SAY.left))
    if (status.window.state !== 'closed') steps.push(say(NUDGE.open, SAY.nudge))
  }
  if (line.countsDrifted || line.institutions.some((child) => child.drifted)) steps.push(say(DRIFT.show, SAY.drift))
  const [ownRequest] = status.ownRequests
  if (ownRequest) {
    const token = offer(scene, { type: 'withdraw', requestId: ownRequest.id })
    steps.push(tap(BUTTON.withdraw, token, { style: 'secondary', typed: SAY.withdraw }))
  } else if (may.reopenOverview === null || may.reopenOtherCounts === null) {
    steps.push(say(BUTTON.askReopening, SAY.askReopening))
  }
  return onePrimary([...requests, ...steps, ...sheet])
}

const MOST_VACANT = 5

/** Units that nobody answers for: the level above appoints. */
export function vacantLines(vacant: readonly { name: string }[]): CardLine[] {
  const names = vacant.map(({ name }) => name)
  return unitList(VACANT.heading, names, { mark: '!', tone: 'wait', most: MOST_VACANT })
}

/** One button stands out: the next step. */
export function onePrimary(buttons: CardButton[]): CardButton[] {
  let taken = false
  return buttons.map((button) => {
    if (button.style !== 'primary') return button
    if (taken) return { ...button, style: 'secondary' }
    taken = true
    return button
  })
}
