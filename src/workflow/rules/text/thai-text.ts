// Invisible marks come along when text is copied from LINE, PDF or web pages: formatting and control characters, the
// grapheme joiner and variation selectors. Tabs and line breaks are spaces, so they are turned before these are removed.
const lineBreaks = /[\t\n\v\f\r\u2028\u2029]/g
const invisible = /[\p{Cf}\p{Cc}]|\u034f|[\ufe00-\ufe0f]/gu
const spaces = /\s+/g

// Anything that would change below: characters beyond ASCII and Thai, spaces that are not single and inside, and in Thai
// text the marks that NFC reorders (a tone before a lower vowel, phinthu), split sara am, tones after it and doubled เ.
const needsWork =
  /[^ -~\u0e01-\u0e39\u0e3f-\u0e4c\u0e4e-\u0e5b]|^ | $| {2}|[\u0e48-\u0e4b][\u0e38\u0e39]|\u0e33[\u0e48-\u0e4b]|\u0e40\u0e40/

/**
 * One spelling for what looks the same on screen: NFC, no invisible characters, every kind of space as one ordinary space,
 * sara am as one character (NFKC would split it, old keyboards type it as two), แ instead of two เ.
 */
export function normaliseText(raw: string): string {
  if (!needsWork.test(raw)) return raw
  const visible = raw.toWellFormed().normalize('NFC').replace(lineBreaks, ' ').replace(invisible, '')
  return mendThaiVowels(visible.replace(spaces, ' ').trim())
}

function mendThaiVowels(text: string): string {
  return text
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33')
    .replace(/\u0e33([\u0e48-\u0e4b]+)/g, '$1\u0e33')
    .replace(/\u0e40\u0e40/g, '\u0e41')
}

const otherDigit = /[๐-๙０-９]/
const otherDigits = /[๐-๙０-９]/g

/** Thai and full-width digits as 0-9; everything else stays. `\d` and Number() know neither. */
export function toArabicDigits(text: string): string {
  if (!otherDigit.test(text)) return text
  return text.replace(otherDigits, (digit) => {
    const code = digit.charCodeAt(0)
    return String(code - (code >= 0xff10 ? 0xff10 : 0x0e50))
  })
}

/** Every kind of dash as the one on the keyboard. */
export function plainDashes(text: string): string {
  return text.replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, '-')
}

/** Text for comparing against a list of words: normalised, Arabic digits, no spaces, no dots, lower case. */
export function wordKey(raw: string): string {
  return toArabicDigits(normaliseText(raw)).replace(/[\s.]/g, '').toLowerCase()
}
