import type { Notice } from '../../workflow/notice.ts'
import { openSharedPupils, overForUnit, type SharedClaim, type SharedPupil } from '../../workflow/shared-pupils.ts'
import { unitById } from '../../workflow/unit.ts'
import { type Card, type CardButton, type CardLine, say } from '../cards/card.ts'
import { onePrimary } from '../cards/lao-card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { mendButtons, nextOf } from '../cards/shared-pupil-card.ts'
import type { Scene } from '../scene.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { SAY } from '../words/say.ts'
import { SHARED, SHARED_BUTTON, SHARED_NEWS } from '../words/shared-pupil-words.ts'
import { round as roundWords } from '../words/terms.ts'

type News = Extract<Notice, { type: 'shared-pupils' }>
type Seen = { question: SharedPupil; own: SharedClaim }

const MOST_NAMED = 3

/** What happened to pupils in two institutions, as it concerns this unit now; nothing when it concerns it no longer. */
export function sharedPupilNews(stage: Stage, notice: News): Message[] | null {
  const scene = sceneAt(stage, { unitId: notice.unitId, roundId: notice.roundId })
  const card = scene ? cardOf(scene, notice) : null
  return card ? [cardMessage(card, SHARED.alt)] : null
}

function cardOf(scene: Scene, notice: News): Card | null {
  if (notice.what === 'resolved') return resolvedCard(scene, notice)
  const questions = openSharedPupils(scene.tx, notice.ids, scene.now)
  if (notice.what === 'disputed') return disputedCard(scene, questions)
  const seen = questions.flatMap((question) => {
    const own = question.claims.find((claim) => claim.institutionId === notice.unitId)
    return own ? [{ question, own }] : []
  })
  if (seen.length === 0) return null
  if (notice.what === 'decided') return decidedCard(scene, seen)
  if (notice.what === 'release-asked') return askedCard(scene, { seen, byUnitId: notice.byUnitId ?? notice.unitId })
  const title = notice.what === 'opened' ? SHARED_NEWS.opened(seen.length) : SHARED_NEWS.changed(seen.length)
  const blocked = seen.filter(({ own }) => !own.holds).length
  return card(scene, {
    title,
    lines: [
      ...listed(seen),
      {
        kind: 'text',
        text: blocked > 0 ? SHARED_NEWS.blocking(blocked) : SHARED_NEWS.free,
        tone: blocked > 0 ? 'stop' : 'good',
      },
    ],
    buttons: [say(SHARED_BUTTON.show, SAY.sharedPupils, 'primary')],
  })
}

/** To the one that holds the pupil: whose wish it is, where the rows are, what to do. */
function askedCard(scene: Scene, input: { seen: Seen[]; byUnitId: News['unitId'] }): Card | null {
  const held = input.seen.filter(({ own }) => own.holds)
  const [first] = held
  if (!first) return null
  return card(scene, {
    title: SHARED_NEWS.asked(unitById(scene.tx, input.byUnitId).name, held.length),
    lines: [...listed(held), { kind: 'text', text: nextOf(scene, first), strong: true }],
    buttons: [...mendButtons(scene, first.own), say(SHARED_BUTTON.show, SAY.sharedPupils)],
  })
}

function decidedCard(scene: Scene, seen: Seen[]): Card | null {
  const lines = seen.flatMap(({ question, own }): CardLine[] => {
    const { decided, claims } = question
    const keeper = claims.find((claim) => claim.institutionId === decided?.keeperId)
    if (!decided || !keeper) return []
    return [
      { kind: 'text', text: SHARED_NEWS.listed(own.row, question.number) },
      { kind: 'text', text: SHARED.decided(decided.by.name, keeper.institution.name, decided.reason) },
      { kind: 'text', text: nextOf(scene, { question, own }), strong: true, tone: own.holds ? 'good' : 'stop' },
    ]
  })
  if (lines.length === 0) return null
  const out = seen.find(({ own }) => !own.holds)
  const by = seen.find(({ question }) => question.decided)?.question.decided?.by.name ?? ''
  return card(scene, {
    title: SHARED_NEWS.decided(by),
    lines,
    buttons: [...(out ? mendButtons(scene, out.own, 'primary') : []), say(SHARED_BUTTON.show, SAY.sharedPupils)],
  })
}

function disputedCard(scene: Scene, questions: SharedPupil[]): Card | null {
  const waiting = questions.filter((question) => !question.decided && question.superiorId === scene.actor.unitId)
  if (waiting.length === 0) return null
  const lines = waiting.slice(0, MOST_NAMED).map((question): CardLine => {
    const units = question.claims.map((claim) => claim.institution.name).join(', ')
    return { kind: 'item', mark: '•', text: SHARED_NEWS.between(question.number, units) }
  })
  return card(scene, {
    title: SHARED_NEWS.disputed(waiting.length),
    lines: [...lines, ...left(waiting.length), { kind: 'text', text: SHARED_NEWS.bothSaid, strong: true }],
    buttons: [say(SHARED_BUTTON.show, SAY.sharedPupils, 'primary')],
  })
}

function resolvedCard(scene: Scene, notice: News): Card | null {
  const numbers = overForUnit(scene.tx, { ids: notice.ids, unitId: notice.unitId }, scene.now)
  if (numbers.length === 0) return null
  const lines = numbers
    .slice(0, MOST_NAMED)
    .map((number): CardLine => ({ kind: 'item', mark: '✓', tone: 'good', text: SHARED_NEWS.listed(null, number) }))
  return card(scene, {
    title: SHARED_NEWS.resolved(numbers.length),
    lines: [...lines, ...left(numbers.length), { kind: 'text', text: SHARED_NEWS.over }],
    buttons: [],
  })
}

function card(scene: Scene, made: { title: string; lines: CardLine[]; buttons: CardButton[] }): Card {
  const over = `${roundWords(scene.round)} · ${scene.actor.unitName}`
  const buttons = scene.actor.role === 'officer' ? onePrimary(made.buttons) : []
  return { over, title: made.title, lines: made.lines, buttons }
}

function listed(seen: Seen[]): CardLine[] {
  const lines = seen.slice(0, MOST_NAMED).map(({ question, own }): CardLine => {
    const other = question.claims.find((claim) => claim !== own)
    const where = SHARED_NEWS.listed(own.row, question.number)
    const text = other ? SHARED_NEWS.also(where, other.institution.name, other.lao.name) : where
    return { kind: 'item', mark: '•', tone: own.holds ? 'wait' : 'stop', text }
  })
  return [...lines, ...left(seen.length)]
}

const left = (all: number): CardLine[] =>
  all > MOST_NAMED ? [{ kind: 'small', text: SHARED_NEWS.more(all - MOST_NAMED) }] : []
