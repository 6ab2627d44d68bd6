import { createHash, randomInt } from 'node:crypto'
import { normaliseText, plainDashes, toArabicDigits } from './rules/text/thai-text.ts'

/** Without the letters and digits that are mistaken for each other when a code is read out. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const CODE_LENGTH = 8

/**
 * "abcd efgh", "ABCD–EFGH" and "ABCDEFGH" are one code, with Thai or full-width digits too; null when it cannot be one.
 */
export function normaliseCode(text: string): string | null {
  const plain = plainDashes(toArabicDigits(normaliseText(text.normalize('NFKC'))))
  const code = plain.toUpperCase().replace(/[\s-]/g, '')
  return code.length === CODE_LENGTH && [...code].every((char) => ALPHABET.includes(char)) ? code : null
}

/** Only this is stored: the code itself is shown once. */
export const hashOfCode = (code: string): string => createHash('sha256').update(`invitation:${code}`).digest('hex')

export const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
