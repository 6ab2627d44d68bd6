import { plainDashes, toArabicDigits } from '../text/thai-text.ts'

/**
 * A pupil number as it may be shown outside the sheet: `1101700207030` becomes `1-1017-xxxxx-xx-0`, `G644200000001` becomes
 * `G6442-xxxxxxx-1`. Anything else of that length keeps its first two characters and the last one.
 */
export function maskId(number: string): string {
  const bare = toArabicDigits(number).replace(/[\s-]/g, '')
  if (/^\d{13}$/.test(bare)) return `${bare.slice(0, 1)}-${bare.slice(1, 5)}-xxxxx-xx-${bare.slice(12)}`
  if (/^G\d{12}$/i.test(bare)) return `G${bare.slice(1, 5)}-xxxxxxx-${bare.slice(12)}`
  if (bare.length <= 3) return 'x'.repeat(bare.length)
  return `${bare.slice(0, 2)}${'x'.repeat(bare.length - 3)}${bare.slice(-1)}`
}

const likeDigits = /[\dOQIL|]/gi
const mostShown = 8

/** A typed number with other characters in it (11O17...), masked whole where enough is left of it to know it by. */
export function maskMistyped(typed: string): string {
  const digits = toArabicDigits(typed).match(likeDigits)?.length ?? 0
  return digits > mostShown ? maskId(typed) : maskNumbers(typed)
}

// Nine digits and more, however they are spaced, also by marks that nobody sees (copied from LINE or PDF): a whole date has eight.
const longNumber = /(?:g[\s\p{Cf}-]*)?\d(?:[\s\p{Cf}\p{Pd}.,_/:;|*+~·•'"()]*\d){8,}/giu

/** Free text with every long number in it masked: people type numbers into any column. */
export function maskNumbers(text: string): string {
  return plainDashes(toArabicDigits(text)).replace(longNumber, (found) => maskId(found.replace(/[^\dg]/gi, '')))
}
