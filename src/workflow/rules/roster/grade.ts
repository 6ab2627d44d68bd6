import { onlyNear } from '../text/nearest-word.ts'
import { remember } from '../text/remember.ts'
import { wordKey } from '../text/thai-text.ts'
import type { InstitutionKind } from './columns.ts'

export type Grade = {
  name: string
  usualAt: readonly InstitutionKind[]
  /** Full years at 16 May (`may`), or school year minus birth year (`year`). */
  expected: { by: 'may'; from: number; to: number } | { by: 'year'; age: number }
}

type Ladder = {
  short: string
  steps: number
  spoken: readonly string[]
  usualAt: readonly InstitutionKind[]
  expected: (step: number) => Grade['expected']
}

const early: Grade['expected'] = { by: 'may', from: 2, to: 5 }

const ladders: readonly Ladder[] = [
  {
    short: 'อ.',
    steps: 3,
    spoken: ['อ', 'อนุบาล', 'อนุบาลศึกษา'],
    usualAt: ['child_centre', 'school'],
    expected: (step) => ({ by: 'may', from: step + 2, to: step + 2 }),
  },
  {
    short: 'ป.',
    steps: 6,
    spoken: ['ป', 'ประถม', 'ประถมศึกษา'],
    usualAt: ['school'],
    expected: (step) => ({ by: 'year', age: 6 + step }),
  },
  {
    short: 'ม.',
    steps: 6,
    spoken: ['ม', 'มัธยม', 'มัธยมศึกษา'],
    usualAt: ['school'],
    expected: (step) => ({ by: 'year', age: 12 + step }),
  },
  {
    short: 'ปวช.',
    steps: 3,
    spoken: ['ปวช', 'ประกาศนียบัตรวิชาชีพ'],
    usualAt: ['college'],
    expected: (step) => ({ by: 'year', age: 15 + step }),
  },
  {
    short: 'ปวส.',
    steps: 2,
    spoken: ['ปวส', 'ประกาศนียบัตรวิชาชีพชั้นสูง'],
    usualAt: ['college'],
    expected: (step) => ({ by: 'year', age: 18 + step }),
  },
]

/** Every grade, youngest first. */
export const grades: readonly Grade[] = [
  { name: 'เตรียมอนุบาล', usualAt: ['child_centre'], expected: early },
  { name: 'เด็กเล็ก', usualAt: ['child_centre', 'school'], expected: early },
  ...ladders.flatMap((ladder) =>
    Array.from({ length: ladder.steps }, (_, i) => ({
      name: `${ladder.short}${i + 1}`,
      usualAt: ladder.usualAt,
      expected: ladder.expected(i + 1),
    })),
  ),
]

const byName = new Map(grades.map((grade) => [wordKey(grade.name), grade]))
const shortOf = new Map(ladders.flatMap((ladder) => ladder.spoken.map((word) => [word, ladder.short] as const)))

/** Reads a grade in the spellings people use (ป1, ป.๑, ประถมศึกษาปีที่ 1, ชั้น ป.1); null when it is none. */
export const readGrade = remember((text): Grade | null => {
  const key = wordKey(text)
  const named = byName.get(key) ?? byName.get(key.replace(/^ชั้น/, ''))
  if (named !== undefined) return named
  const parts = /^(?:ระดับ)?(?:ชั้น)?(\D+?)(?:ชั้น)?(?:ปีที่|ปี)?(\d)$/.exec(key)
  const short = shortOf.get(parts?.[1] ?? '')
  return short === undefined ? null : (byName.get(wordKey(`${short}${parts?.[2]}`)) ?? null)
})

// The forms of a grade's word alone, as they stand before its number.
const shortOfForm = new Map(
  [...shortOf].flatMap(([word, short]) => [word, `${word}ปีที่`, `${word}ศึกษาปีที่`].map((form) => [form, short] as const)),
)
const latinShorts = new Map([
  ['k', 'อ.'],
  ['kg', 'อ.'],
  ['p', 'ป.'],
  ['m', 'ม.'],
])

/**
 * The grade that a word which is none was meant to be, when it can be only one: with the room behind it (ป.1/2), in Latin
 * letters (P1), or with a slip in the word. The number is never guessed: ป.7 is nothing.
 */
export function gradeMeant(text: string): Grade | null {
  const key = wordKey(text).replace(/^(?:ระดับ)?ชั้น/, '')
  const withoutRoom = readGrade(key.replace(/(?:\/|ห้อง|\().*$/, ''))
  if (withoutRoom !== null) return withoutRoom
  const parts = /^(\D+)(\d)$/.exec(key)
  if (parts === null) return onlyNear(key, byName)
  const word = parts[1] ?? ''
  const short = latinShorts.get(word) ?? onlyNear(word, shortOfForm)
  return short === null ? null : readGrade(`${short}${parts[2]}`)
}

/** Usual for the kind of institution. Unusual is allowed with an explanation: schools with vocational classes exist. */
export function isUsualAt(grade: Grade, kind: InstitutionKind): boolean {
  return grade.usualAt.includes(kind)
}
