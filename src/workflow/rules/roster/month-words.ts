import { onlyNear } from '../text/nearest-word.ts'

const months: readonly (readonly string[])[] = [
  ['มกราคม', 'มกรา', 'มค', 'january', 'jan'],
  ['กุมภาพันธ์', 'กุมภา', 'กพ', 'february', 'feb'],
  ['มีนาคม', 'มีนา', 'มีค', 'march', 'mar'],
  ['เมษายน', 'เมษา', 'เมย', 'april', 'apr'],
  ['พฤษภาคม', 'พฤษภา', 'พค', 'may'],
  ['มิถุนายน', 'มิถุนา', 'มิย', 'june', 'jun'],
  ['กรกฎาคม', 'กรกฏาคม', 'กรกฎา', 'กค', 'july', 'jul'],
  ['สิงหาคม', 'สิงหา', 'สค', 'august', 'aug'],
  ['กันยายน', 'กันยา', 'กย', 'september', 'sept', 'sep'],
  ['ตุลาคม', 'ตุลา', 'ตค', 'october', 'oct'],
  ['พฤศจิกายน', 'พฤศจิกา', 'พย', 'november', 'nov'],
  ['ธันวาคม', 'ธันวา', 'ธค', 'december', 'dec'],
]

const numberOf: ReadonlyMap<string, number> = new Map(
  months.flatMap((words, i) => words.map((word) => [word, i + 1] as const)),
)

/** The number of a month written as a word, Thai or (as spreadsheets export 15-May-60) English; null when it is none. */
export function monthNamed(word: string): number | null {
  return numberOf.get(monthKey(word)) ?? null
}

/** The same for a word that is a slip of exactly one month: มกรคม. */
export function monthMeant(word: string): number | null {
  return onlyNear(monthKey(word), numberOf)
}

function monthKey(word: string): string {
  return word.replace(/[\s.]/g, '').toLowerCase()
}
