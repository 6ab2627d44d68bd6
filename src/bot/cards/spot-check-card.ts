import type { SpotCheck, SpotInstitution, SpotPupil } from '../../workflow/spot-checks.ts'
import { unitById } from '../../workflow/unit.ts'
import { offer } from '../bot-action.ts'
import type { Scene } from '../scene.ts'
import { dayAndTime } from '../words/dates.ts'
import { SAY } from '../words/say.ts'
import { RISK, SPOT } from '../words/spot-check-words.ts'
import { round as roundWords, withoutIds } from '../words/terms.ts'
import { type Card, type CardButton, type CardLine, say, type Tone, tap } from './card.ts'
import { cutGraphemes } from './cut-text.ts'

/** How many institutions are drawn when nobody says how many. */
export const USUAL_INSTITUTIONS = 5
const MOST_NOTE = 100
const MOST_NOTES = 4

/** สุ่มตรวจ: how far the province has come, and the button for the next draw. */
export function spotCheckSummary(scene: Scene, draws: readonly SpotCheck[]): Card {
  const pupils = draws.flatMap(({ institutions }) => institutions.flatMap((one) => one.pupils))
  const done = pupils.filter(({ result }) => result !== null).length
  const missing = pupils.filter(({ result }) => result === 'not_found')
  const lines: CardLine[] = []
  if (draws.length === 0) lines.push({ kind: 'text', text: SPOT.none }, { kind: 'small', text: SPOT.intro })
  else {
    lines.push({ kind: 'pair', label: SPOT.draws, value: SPOT.times(draws.length) })
    lines.push({ kind: 'pair', label: SPOT.checked, value: SPOT.checkedValue(done, pupils.length) })
    const settled = missing.filter((pupil) => pupil.settled).length
    const tone = missing.length > settled ? { tone: 'stop' as const } : {}
    lines.push({ kind: 'pair', label: SPOT.notFound, value: SPOT.notFoundValue(missing.length, settled), ...tone })
    for (const institution of draws.flatMap((draw) => draw.institutions)) lines.push(...missingLines(institution))
    if (done === pupils.length) lines.push({ kind: 'text', text: SPOT.allDone, tone: 'good' })
  }
  lines.push({ kind: 'rule' }, { kind: 'small', text: SPOT.howMany })
  const buttons: CardButton[] = []
  if (scene.actor.role === 'officer') {
    const about = { institutions: USUAL_INSTITUTIONS, after: draws.at(-1)?.number ?? 0 }
    const token = offer(scene, { type: 'draw-spot-check', ...about })
    const typed = `${SAY.spotCheck} ${USUAL_INSTITUTIONS}`
    buttons.push(
      tap(SPOT.draw(USUAL_INSTITUTIONS), token, { style: done < pupils.length ? 'secondary' : 'primary', typed }),
    )
  }
  return { over: `${SPOT.over} · ${roundWords(scene.round)}`, title: SPOT.summary, lines, buttons }
}

/** Who was not found and still stands in the sheet. */
function missingLines(institution: SpotInstitution): CardLine[] {
  return institution.pupils
    .filter((pupil) => pupil.result === 'not_found' && !pupil.settled)
    .map(
      (pupil): CardLine => ({
        kind: 'item',
        mark: '✕',
        tone: 'stop',
        text: `${pupilWords(pupil)} ${institution.name}`,
      }),
    )
}

/** One drawn institution with the pupils to look for: rows and masked numbers, never names. */
export function spotInstitutionCard(scene: Scene, input: { draw: SpotCheck; institution: SpotInstitution }): Card {
  const { draw, institution } = input
  const left = institution.pupils.filter(({ result }) => result === null)
  const lines: CardLine[] = institution.pupils.map(pupilLine)
  const noted = institution.pupils.filter(({ note }) => note !== null)
  for (const { number, note } of noted.slice(-MOST_NOTES))
    lines.push({ kind: 'small', text: `${number}. ${SPOT.note(short(note ?? ''))}` })
  if (institution.note) lines.push({ kind: 'small', text: SPOT.note(short(institution.note)) })
  lines.push({ kind: 'rule' })
  if (institution.reasons.length > 0)
    lines.push({ kind: 'small', text: SPOT.why(institution.reasons.map((reason) => RISK[reason]).join(', ')) })
  lines.push({ kind: 'small', text: SPOT.how })
  const lao = institution.laoId === null ? '' : ` · ${unitById(scene.tx, institution.laoId).name}`
  return {
    over: `${dayAndTime(draw.drawnAt)}${lao}`,
    title: SPOT.cardTitle(draw.number, institution.name),
    lines,
    buttons: buttonsOf(scene, left),
  }
}

function buttonsOf(scene: Scene, left: SpotPupil[]): CardButton[] {
  if (left.length === 0 || scene.actor.role !== 'officer') return []
  const numbers = left.map(({ number }) => number)
  const token = offer(scene, { type: 'spot-found', numbers })
  return [
    tap(SPOT.allFound(left.length), token, { typed: `${SAY.spotFound} ${listed(numbers)}` }),
    say(SPOT.someMissing, SAY.spotMissing),
  ]
}

const MARKS: Record<'found' | 'not_found' | 'open', { mark: string; tone: Tone }> = {
  found: { mark: '✓', tone: 'good' },
  not_found: { mark: '✕', tone: 'stop' },
  open: { mark: '○', tone: 'calm' },
}

function pupilLine(pupil: SpotPupil): CardLine {
  const said = pupil.result === null ? '' : ` · ${SPOT.result[pupil.result]}`
  const settled = pupil.result === 'not_found' && pupil.settled ? ` (${SPOT.settled})` : ''
  return { kind: 'item', ...MARKS[pupil.result ?? 'open'], text: `${pupilWords(pupil)}${said}${settled}` }
}

export const pupilWords = (pupil: SpotPupil): string => SPOT.pupil(pupil.number, pupil.row, pupil.masked)

const short = (note: string): string => withoutIds(cutGraphemes(note, MOST_NOTE))

/** 3-5, 8 */
export function listed(numbers: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < numbers.length; ) {
    let end = i
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end += 1
    parts.push(end > i ? `${numbers[i]}-${numbers[end]}` : `${numbers[i]}`)
    i = end + 1
  }
  return parts.join(', ')
}
