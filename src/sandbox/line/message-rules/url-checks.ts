import { type Check, tell } from './field-checks.ts'

// LINE takes percent-encoded ASCII only: raw Thai or a space in an address is refused.
const printableAscii = /^[\x21-\x7e]+$/

const schemeOf = (value: string) => /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase()

const address =
  (limits: { max: number; schemes: readonly string[] }): Check =>
  (value, place, report) => {
    if (typeof value !== 'string' || value === '') return tell(report, place, 'May not be empty')
    if (value.length > limits.max) return tell(report, place, `Length must be between 1 and ${limits.max}`)
    const scheme = schemeOf(value)
    if (scheme === undefined || !limits.schemes.includes(scheme)) return tell(report, place, 'invalid uri scheme')
    if (!printableAscii.test(value) || !URL.canParse(value)) tell(report, place, 'invalid uri')
  }

/** A picture, sound or film that LINE's servers fetch: https only. */
export const mediaUrl = address({ max: 2_000, schemes: ['https'] })

/** What a tap may open. */
export const tapUri = address({ max: 1_000, schemes: ['http', 'https', 'line', 'tel'] })
