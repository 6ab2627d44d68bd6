import type { Refusal } from './refusal.ts'

/** Vowels and tone marks above and below are no letters of their own: ป่วย has three, and says enough. */
const FEWEST = 3

/**
 * Whether a typed reason says something (R38): three letters at least, so that nobody acts for a reason that is a dot or a single
 * letter. `orNumber`: the number of an order does too.
 */
export function reasonRefusal(typed: string, orNumber = false): Refusal | null {
  if (typed.trim() === '') return { why: 'no-reason' }
  const signs = typed.match(orNumber ? /[\p{L}\p{Nd}]/gu : /\p{L}/gu) ?? []
  return signs.length < FEWEST ? { why: 'no-reason', tooShort: FEWEST } : null
}
