import { normaliseText, toArabicDigits } from '../workflow/rules/text/thai-text.ts'

/** The end of the text as it was typed, where its plain form was cut. */
export function tailOf(text: string, plainTail: string): string {
  const whole = normaliseText(text).trim()
  const at = toArabicDigits(whole).toLowerCase().lastIndexOf(plainTail)
  return at < 0 ? plainTail : whole.slice(at)
}
