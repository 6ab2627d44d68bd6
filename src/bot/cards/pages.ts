import { pageLabel, pageLine } from '../words/list-words.ts'
import { type CardButton, type CardLine, say, type Tone } from './card.ts'
import { cutGraphemes } from './cut-text.ts'

/** So many lines stay well below LINE's 30 KB a bubble, and can be read on a small phone without losing one's way. */
export const PER_PAGE = 20
/** A sheet's trouble in words may be long: nobody's name may push the others off the page. */
const LONGEST_ITEM = 160

export type Page<T> = { items: readonly T[]; number: number; of: number; from: number; total: number }

/** One page of a list, from 1; a number beyond the last page shows the last one. */
export function pageOf<T>(all: readonly T[], number = 1, perPage = PER_PAGE): Page<T> {
  const of = Math.max(1, Math.ceil(all.length / perPage))
  const shown = Math.min(Math.max(1, number), of)
  const from = (shown - 1) * perPage
  return { items: all.slice(from, from + perPage), number: shown, of, from, total: all.length }
}

/** The next and the previous page as buttons that say what a person may type. */
export function pageButtons(page: Pick<Page<unknown>, 'number' | 'of'>, typed: string): CardButton[] {
  const to = (number: number) => say(pageLabel(number), `${typed} ${pageLabel(number)}`)
  return [...(page.number < page.of ? [to(page.number + 1)] : []), ...(page.number > 1 ? [to(page.number - 1)] : [])]
}

/** Which part of the list this is; nothing when it is all of it. */
export function pageLines(page: Page<unknown>): CardLine[] {
  return page.of > 1 ? [{ kind: 'small', text: pageLine(page) }] : []
}

export type Section = { heading: string; mark: string; tone: Tone; items: readonly string[] }

/** Sections of a long list on one page, each under its heading with the number of all that it has. */
export function sectionPage(
  sections: readonly Section[],
  options: { page?: number | undefined; counted: string; perPage?: number },
): { lines: CardLine[]; page: Page<unknown> } {
  const flat = sections.flatMap((section) => section.items.map((text, index) => ({ section, text, index })))
  const page = pageOf(flat, options.page, options.perPage)
  const lines: CardLine[] = []
  let above: Section | null = null
  for (const { section, text, index } of page.items) {
    if (section !== above) {
      const { heading, tone, items } = section
      const goesOn = index > 0 ? ' (ต่อ)' : ''
      lines.push({ kind: 'text', text: `${heading} ${items.length} ${options.counted}${goesOn}`, strong: true, tone })
    }
    above = section
    lines.push({ kind: 'item', mark: section.mark, tone: section.tone, text: cutGraphemes(text, LONGEST_ITEM) })
  }
  return { lines: [...lines, ...pageLines(page)], page }
}
