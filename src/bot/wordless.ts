import { normaliseCode } from '../workflow/invitation-code.ts'
import { normaliseText, toArabicDigits } from '../workflow/rules/text/thai-text.ts'
import type { Wordless } from './command.ts'

const LINK = /^(?:https?:\/\/|www\.|line:\/\/)\S+$/i
const LETTER = /[\p{L}\p{Nd}?]/u
/** LINE puts its own emoji into the text by name: "(moon)", "(brown happy)". */
const LINE_EMOJI = /\([a-z0-9 !?'_-]{1,30}\)/gi

/** A text that holds no words: there is nothing to understand, and still something useful to say. Codes are words. */
export function wordlessIn(text: string): Wordless | null {
  const plain = toArabicDigits(normaliseText(text))
  if (plain === '') return 'empty'
  if (LINK.test(plain)) return 'link'
  if (plain !== '?' && !LETTER.test(plain.replace(LINE_EMOJI, ''))) return /[?？]/.test(plain) ? null : 'emoji'
  const digits = plain.replace(/[\s,.\-/]/g, '')
  if (!/^\d+$/.test(digits)) return null
  if (digits.length === 13) return 'pupil-number'
  // Eight digits may be a code that somebody was given, eight to ten a unit's.
  if (normaliseCode(plain) !== null || (digits.length >= 8 && digits.length <= 10)) return null
  return 'digits'
}
