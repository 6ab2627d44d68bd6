/** Why 13 typed characters are no national ID. `lost-zero` carries the number with its zero. */
export type NationalIdFault =
  | { why: 'rounded' }
  | { why: 'characters' }
  | { why: 'lost-zero'; whole: string }
  | { why: 'length'; digits: number }
  | { why: 'placeholder' }
  | { why: 'first-digit-9' }
  | { why: 'check-digit' }

export type NationalIdReading = { ok: true; id: string } | ({ ok: false } & NationalIdFault)

/** The check digit of the first twelve digits: (11 - sum(d[i] * (13 - i)) mod 11) mod 10. */
export function checkDigit(firstTwelve: string): number {
  let sum = 0
  for (let i = 0; i < 12; i += 1) sum += (firstTwelve.charCodeAt(i) - 48) * (13 - i)
  return (11 - (sum % 11)) % 10
}

const thirteenDigits = /^\d{13}$/

export function hasValidCheckDigit(id: string): boolean {
  return thirteenDigits.test(id) && checkDigit(id) === id.charCodeAt(12) - 48
}

const scientific = /^\d+(?:[.,]\d+)?E\+?\d+$/

/**
 * Judges a number already stripped of spaces, dashes and quotes (see pupil-number.ts). Accepts first digits 0 and 6-8:
 * people without Thai nationality have them too; 9 is never issued.
 */
export function readNationalId(bare: string): NationalIdReading {
  if (hasValidCheckDigit(bare) && bare[0] !== '9' && !placeholder.test(bare)) return { ok: true, id: bare }
  if (scientific.test(bare)) return { ok: false, why: 'rounded' }
  if (!/^\d+$/.test(bare)) return { ok: false, why: 'characters' }
  if (placeholder.test(bare)) return { ok: false, why: 'placeholder' }
  if (bare.length === 12 && hasValidCheckDigit(`0${bare}`)) return { ok: false, why: 'lost-zero', whole: `0${bare}` }
  if (bare.length !== 13) return { ok: false, why: 'length', digits: bare.length }
  if (bare[0] === '9') return { ok: false, why: 'first-digit-9' }
  return { ok: false, why: bare.endsWith('000000') ? 'rounded' : 'check-digit' }
}

// Both 1234567890121 and twelve equal digits can be completed to a valid check digit: it does not catch them.
const placeholder = /^(?:(\d)\1{11}\d?|123456789012\d|012345678901\d)$/
