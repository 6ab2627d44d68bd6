import { normaliseText, plainDashes, toArabicDigits } from '../text/thai-text.ts'
import { monthNamed } from './month-words.ts'

export type Era = 'be' | 'ce'
/** What stands in a typed date before the year is understood. 0 stands for an unknown day or month. */
export type TypedDate = { day: number; month: number; year: string; era: Era | null }

const eraMarks: readonly (readonly [RegExp, Era])[] = [
  [/พ\s*\.?\s*ศ\s*\.?/, 'be'],
  [/ค\s*\.?\s*ศ\s*\.?/, 'ce'],
]

/** Splits a date typed as text into its parts; null when it has no shape of a date. Understanding the year comes later. */
export function splitTypedDate(raw: string): TypedDate | null {
  const { text, era } = takeEra(tidy(raw))
  return numeric(text, era) ?? yearFirst(text, era) ?? worded(text, era) ?? yearAlone(text, era)
}

// A time of day comes along when a date cell is exported (15/5/2560 0:00:00).
function tidy(raw: string): string {
  return plainDashes(toArabicDigits(normaliseText(raw)))
    .replace(/^'/, '')
    .replace(/[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]M|Z|น\.)?$/i, '')
    .replace(/^(?:เกิด)?วันที่\s*/, '')
    .replace(/เดือน\s*/, '')
    .trim()
}

function takeEra(text: string): { text: string; era: Era | null } {
  for (const [mark, era] of eraMarks) {
    if (mark.test(text)) return { text: text.replace(mark, ' ').replace(/ปี/, ' ').replace(/\s+/g, ' ').trim(), era }
  }
  return { text: text.replace(/ปี\s*/, ''), era: null }
}

function numeric(text: string, era: Era | null): TypedDate | null {
  const parts = /^(\d{1,2}|[-x?]{1,2})\s*[/\-. \\]\s*(\d{1,2}|[-x?]{1,2})\s*[/\-. \\]\s*(\d{1,4})$/i.exec(text)
  if (parts === null) return monthAndYear(text, era)
  return { day: partOrUnknown(parts[1]), month: partOrUnknown(parts[2]), year: parts[3] ?? '', era }
}

function monthAndYear(text: string, era: Era | null): TypedDate | null {
  const parts = /^(\d{1,2})\s*[/-]\s*(\d{4})$/.exec(text)
  return parts === null ? null : { day: 0, month: partOrUnknown(parts[1]), year: parts[2] ?? '', era }
}

function yearFirst(text: string, era: Era | null): TypedDate | null {
  const parts = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text)
  if (parts === null) return null
  return { day: partOrUnknown(parts[3]), month: partOrUnknown(parts[2]), year: parts[1] ?? '', era }
}

function worded(text: string, era: Era | null): TypedDate | null {
  const parts = /^(?:(\d{1,2})\s*[-/ .,]*)?([ก-๎a-z][ก-๎a-z.\s]*?)[-/ .,]*(\d{1,4})$/i.exec(text)
  const month = monthNamed(parts?.[2] ?? '')
  return parts === null || month === null ? null : { day: partOrUnknown(parts[1]), month, year: parts[3] ?? '', era }
}

function yearAlone(text: string, era: Era | null): TypedDate | null {
  return /^\d{4}$/.test(text) ? { day: 0, month: 0, year: text, era } : null
}

function partOrUnknown(part: string | undefined): number {
  return part !== undefined && /^\d+$/.test(part) ? Number(part) : 0
}
