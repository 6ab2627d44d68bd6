import type { Command } from './command.ts'
import { editDistance } from './edit-distance.ts'
import { firstStep } from './first-step.ts'
import { oneSpelling, squeeze } from './plain-text.ts'
import { SYNONYMS } from './synonyms.ts'

/** Letters that sound alike or stand on the same key, tone marks that a hurried thumb leaves out: no slip at all. */
const ALIKE: readonly [RegExp, string][] = [
  [/[่-์็]/g, ''],
  [/[ศษ]/g, 'ส'],
  [/ณ/g, 'น'],
  [/ใ/g, 'ไ'],
  [/ๅ/g, 'า'],
  [/ฏ/g, 'ต'],
  [/ฎ/g, 'ด'],
  [/[ฐฒธ]/g, 'ท'],
  [/ภ/g, 'พ'],
  [/ญ/g, 'ย'],
  [/ฬ/g, 'ล'],
  [/([ก-ฮ])\1/g, '$1'],
]

const sound = (text: string): string => ALIKE.reduce((said, [letters, one]) => said.replace(letters, one), text)

const NEGATED = /^(?:ยัง)?(?:ไม่|อย่า|ห้าม|เลิก)/

type Known = {
  word: string
  letters: ReadonlySet<string>
  sound: string
  soundLetters: ReadonlySet<string>
  command: Command
}

const KNOWN: readonly Known[] = SYNONYMS.filter(({ typos }) => typos).flatMap(({ command, words }) =>
  words.map((written) => {
    const word = squeeze(oneSpelling(written))
    const heard = sound(word)
    return { word, letters: new Set(word), sound: heard, soundLetters: new Set(heard), command }
  }),
)

/**
 * The command that a text was meant to be when it is a slip of exactly one of them: never a guess between two, never one that
 * would act at once, and never a "no" read as a "yes".
 */
export function slipOf(plain: string): Command | null {
  const squeezed = squeeze(plain)
  if (squeezed.length < 4 || squeezed.length > 30) return null
  const said = sound(squeezed)
  const near = KNOWN.flatMap((known) => {
    const slips = slipsBetween({ squeezed, said }, known)
    return slips === null ? [] : [{ slips, command: known.command }]
  }).sort((a, b) => a.slips - b.slips)
  const [best] = near
  if (!best) return null
  const rival = near.find(({ slips, command }) => slips === best.slips && command !== best.command)
  return rival ? null : firstStep(best.command)
}

function slipsBetween(typed: { squeezed: string; said: string }, known: Known): number | null {
  if (known.word.length < 4) return null
  if (NEGATED.test(typed.squeezed) !== NEGATED.test(known.word)) return null
  if (typed.said === known.sound) return 0
  const most = known.word.length >= 9 ? 2 : 1
  const slips = Math.min(
    slipsIn(typed.squeezed, { word: known.word, letters: known.letters, most }),
    slipsIn(typed.said, { word: known.sound, letters: known.soundLetters, most }),
  )
  return slips <= most ? slips : null
}

/** Most words are out by their length or their letters, long before slips need counting. */
function slipsIn(typed: string, known: { word: string; letters: ReadonlySet<string>; most: number }): number {
  const { word, letters, most } = known
  if (Math.abs(typed.length - word.length) > most) return most + 1
  let strange = 0
  for (const char of typed) {
    if (!letters.has(char)) strange += 1
    if (strange > most) return most + 1
  }
  return editDistance(typed, word, most)
}
