import { confirmationOf } from '../../workflow/component-state.ts'
import type { Notice } from '../../workflow/notice.ts'
import { spotPupils } from '../../workflow/spot-checks.ts'
import { unitById } from '../../workflow/unit.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import { type CardButton, type CardLine, say } from '../cards/card.ts'
import { openSheet } from '../cards/institution-card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { pupilWords } from '../cards/spot-check-card.ts'
import type { Scene } from '../scene.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { SAY } from '../words/say.ts'
import { SPOT, SPOT_NEWS } from '../words/spot-check-words.ts'
import { BUTTON } from '../words/status-words.ts'
import { round as roundWords, withoutIds } from '../words/terms.ts'

type News = Extract<Notice, { type: 'spot-check-news' }>

/** Somebody was not found at a visit (or was, after all): who, in which row, what to do. Pointless once the province said otherwise. */
export function spotCheckNews(stage: Stage, notice: News): Message[] | null {
  const scene = sceneAt(stage, { unitId: notice.unitId, roundId: notice.roundId })
  const wanted = notice.what === 'not_found' ? 'not_found' : 'found'
  const pupils = spotPupils(stage.tx, notice).filter(({ result }) => result === wanted)
  if (!scene || pupils.length === 0) return null
  const missing = notice.what === 'not_found'
  const institution = unitById(stage.tx, notice.institutionId)
  const confirmed =
    confirmationOf(stage.tx, { roundId: notice.roundId, unitId: institution.id, component: 'roster' }) !== null
  const lines: CardLine[] = pupils.flatMap((pupil): CardLine[] => [
    { kind: 'item', mark: missing ? '✕' : '✓', tone: missing ? 'stop' : 'good', text: pupilWords(pupil) },
    ...(pupil.note ? [{ kind: 'small' as const, text: SPOT.note(withoutIds(pupil.note)) }] : []),
  ])
  const card = {
    over: `${roundWords(scene.round)} · ${institution.name}`,
    title: missing ? SPOT_NEWS.title(pupils.length) : SPOT_NEWS.foundTitle(pupils.length),
    lines: [...lines, { kind: 'rule' as const }, ...(missing ? nextLines(scene, notice, confirmed) : foundLines)],
    buttons: missing ? buttonsOf(scene, { notice, confirmed, row: pupils[0]?.row ?? null }) : [],
  }
  return [cardMessage(card, SPOT_NEWS.alt)]
}

const foundLines: CardLine[] = [{ kind: 'text', text: SPOT_NEWS.foundNote }]

function nextLines(scene: Scene, notice: News, confirmed: boolean): CardLine[] {
  const own = scene.actor.unitId === notice.institutionId
  const lines: CardLine[] = [{ kind: 'text', text: own ? SPOT_NEWS.mend : SPOT_NEWS.lao, strong: true }]
  if (confirmed) lines.push({ kind: 'text', text: own ? SPOT_NEWS.reopenFirst : SPOT_NEWS.laoReopen })
  lines.push({ kind: 'small', text: SPOT_NEWS.unlessThere })
  return lines
}

function buttonsOf(scene: Scene, input: { notice: News; confirmed: boolean; row: number | null }): CardButton[] {
  const { notice, confirmed, row } = input
  if (scene.actor.role !== 'officer') return []
  if (scene.actor.unitId !== notice.institutionId) {
    const { name } = unitById(scene.tx, notice.institutionId)
    return [say(BUTTON.status, `${SAY.status} ${name}`)]
  }
  if (confirmed) return [say(BUTTON.askReopening, SAY.askReopening)]
  const sheet = sheetOf(scene.tx, { roundId: notice.roundId, unitId: notice.institutionId })
  return sheet ? [openSheet(scene, sheet, { row, toFix: true })] : []
}
