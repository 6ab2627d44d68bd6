/**
 * `npx node docs/make-rules-table.ts` writes docs/rules.md: every rule of the source documents, where it lives and which tests hold it.
 * Places are the comments in src that name a rule, tests are the titles that do; a test fails when the page is stale or something
 * is missing.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
export const PAGE = join(ROOT, 'docs', 'rules.md')

/** R1 to R42 in one line each; G is the guideline 2563/2, L the letter 2567/1. */
const RULES: readonly { source: string; rule: string }[] = [
  { source: 'G1', rule: 'The system is LEC; a receipt names the system that it comes from' },
  { source: 'G intro, L4', rule: 'Everything confirmed can be exported' },
  { source: 'G2.1 3.1', rule: 'The department follows up, checks and advises all levels below' },
  {
    source: 'G2.2 3.2',
    rule: 'An appointed officer of the province follows up, checks, and confirms for the province',
  },
  { source: 'G2.3', rule: 'An LAO has institutions of its own, funds others, both, or neither' },
  {
    source: 'G3.3 5.1(1)',
    rule: 'The LAO officer checks institutions, records other counts, confirms the LAO; edits no pupil rows',
  },
  { source: 'G2.4 3.4', rule: "The institution's officer records, checks and keeps current its pupils" },
  { source: 'L intro', rule: 'Colleges are institutions and follow the rules of schools' },
  { source: 'L4', rule: 'Local executives see everything of their LAO without pupil names and confirm nothing' },
  { source: 'L1 L2, G9.3', rule: 'Announcements and warnings cascade, and it is known whom they reached' },
  {
    source: 'titles, L2',
    rule: 'A round is a school year and a number, with its letter; round 2 carries round 1 forward',
  },
  { source: 'G4.1 9.4', rule: 'The recording and the confirming windows differ' },
  { source: 'G4.2 7.1 7.3', rule: '2563/2: institutions, LAOs and other counts confirm by 24 Dec 2563' },
  { source: 'G4.3 9.2', rule: '2563/2: provinces confirm by 25 Dec 2563' },
  { source: 'L intro', rule: '2567/1: open from 29 Apr to 11 Jun 2567' },
  { source: 'L1 L2', rule: '2567/1: institutions, LAOs and other counts confirm by 10 Jun 2567' },
  { source: 'L4', rule: '2567/1: provinces by 11 Jun 2567; recording closes at 17:00 that day' },
  { source: 'G6 note', rule: 'The institution agrees a date and time with its LAO' },
  { source: 'G5.1(1)', rule: 'LAO codes have 8 digits and are text; they change while the unit stays' },
  { source: 'G5.1(2)', rule: 'School codes have 10 digits: 30xx1, 30xx2, 30xx3' },
  { source: 'G5.1(3)', rule: 'Child centre codes: 30xx4, 30xx5, 30xx3; the kind never comes from the code' },
  { source: 'G5.1 note', rule: "The institution's login is its code; no pattern for the others" },
  { source: 'G5.2(1)', rule: "The LAO checks each other institution's total against the dated baseline" },
  { source: 'G5.2(2)', rule: 'An institution announced abolished gets 0, and that is saved, with a reason' },
  { source: 'G5.2(3) 5.3', rule: 'Before confirming, what the system holds is read back; saving is not confirming' },
  { source: 'G5.3', rule: 'Second semester: who moved in is added, who does not exist is taken out' },
  { source: 'G5.3.3', rule: 'Pupils without evidence or not Thai get a G-Code: steps and link where it matters' },
  { source: 'G6.1 9.3, L3', rule: 'Institution and LAO check the existence of every single pupil' },
  { source: 'G6.2 6.3', rule: 'The institution checks that the count is right and complete, then confirms' },
  { source: 'G7.1', rule: 'The LAO checks again, then confirms the overview' },
  { source: 'G7.2', rule: 'The LAO confirms only when every institution of it has confirmed' },
  { source: 'G7.3', rule: 'Other counts are a second, separate confirmation of the LAO' },
  { source: 'G8.1', rule: "The institution asks, its LAO cancels the institution's confirmation" },
  { source: 'G8.2', rule: 'Endorsed from the bottom up, carried out from the top down' },
  { source: 'G9.1', rule: 'The province follows own institutions and other counts of every LAO' },
  { source: 'G9.2', rule: 'The province confirms only when all is complete everywhere' },
  { source: 'G9.2', rule: 'From then on the department deems the data correct and complete' },
  { source: 'G9.2', rule: 'Every act and every reminder is provable, with actor and time' },
  {
    source: 'G9.3',
    rule: 'Who took part in recording each pupil is provable; who is found not to exist after the close is on record',
  },
  { source: 'G9.4', rule: 'The province spot-checks at random, periodically, while recording is open' },
  { source: 'L4', rule: 'Milk and lunch: the numbers are money, shown as an estimate' },
  { source: 'G end', rule: 'The help desk is data of the round' },
]

/** A rule that another issue owns, as yet without a place or a test of its own. */
const ELSEWHERE: Readonly<Record<number, string>> = {}

type Found = Map<number, Map<string, string[]>>

/** Rule → file → what names it there. */
function addTo(found: Found, of: { rule: number; file: string; words: string }): void {
  const files = found.get(of.rule) ?? new Map<string, string[]>()
  files.set(of.file, [...new Set([...(files.get(of.file) ?? []), of.words])])
  found.set(of.rule, files)
}

const numbersIn = (text: string): number[] => [...text.matchAll(/\bR(\d{1,2})\b/g)].map((match) => Number(match[1]))

const filesOf = (pattern: string): string[] => globSync(pattern, { cwd: ROOT }).sort()

function places(): Found {
  const found: Found = new Map()
  for (const file of filesOf('src/**/*.ts')) {
    for (const line of readFileSync(join(ROOT, file), 'utf8').split('\n')) {
      const comment = /(?:\/\/|\/?\*).*/.exec(line)?.[0] ?? ''
      for (const rule of numbersIn(comment)) addTo(found, { rule, file, words: comment })
    }
  }
  return found
}

/** The title of a test or of a group: the string right behind `it(`, `describe(`, or the table of an `each`. */
const TITLE = /(?:\b(?:it|test|describe)|\]\)|\bconst\))\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g

function tests(): Found {
  const found: Found = new Map()
  for (const file of filesOf('test/**/*.test.ts')) {
    for (const [, , title = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(TITLE))
      for (const rule of numbersIn(title)) addTo(found, { rule, file, words: title })
  }
  return found
}

/** The page, and every rule that lacks a place or a test. */
export function rulesTable(): { page: string; missing: string[] } {
  const [lives, held] = [places(), tests()]
  const missing = RULES.flatMap((_, index) => {
    const number = index + 1
    if (ELSEWHERE[number] !== undefined) return []
    return [
      ...(lives.has(number) ? [] : [`R${number} lives nowhere`]),
      ...(held.has(number) ? [] : [`R${number} has no test`]),
    ]
  })
  const unknown = [...lives.keys(), ...held.keys()].filter((number) => number < 1 || number > RULES.length)
  const rows = RULES.map(({ source, rule }, index) => {
    const number = index + 1
    const owner = ELSEWHERE[number] === undefined ? '' : ` **${ELSEWHERE[number]}**`
    return `| R${number} | ${source} | ${rule}${owner} | ${placesCell(lives.get(number))} | ${testsCell(held.get(number))} |`
  })
  const page = [
    '# The rules of the source documents',
    '',
    'Generated by `npx node docs/make-rules-table.ts` from the comments in `src` and the titles in `test`; a test fails when it is stale.',
    'G is the guideline of 2563/2, L the letter of 2567/1.',
    '',
    '| R | source | rule | lives in | held by |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
  return { page, missing: [...missing, ...unknown.map((number) => `R${number} is no rule`)] }
}

const placesCell = (files: Map<string, string[]> | undefined): string =>
  [...(files?.keys() ?? [])].map((file) => `\`${file.replace(/^src\//, '')}\``).join('<br>')

const testsCell = (files: Map<string, string[]> | undefined): string =>
  [...(files ?? [])]
    .map(([file, titles]) => `\`${file.replace(/^test\//, '')}\`: ${titles.map(inCell).join(' · ')}`)
    .join('<br>')

const inCell = (title: string): string => title.replace(/\\(.)/g, '$1').replaceAll('|', '\\|')

if (import.meta.main) {
  const { page, missing } = rulesTable()
  writeFileSync(PAGE, page)
  for (const words of missing) process.stderr.write(`${words}\n`)
  process.exitCode = missing.length > 0 ? 1 : 0
}
