import { normaliseText, plainDashes, toArabicDigits } from '../text/thai-text.ts'
import { type CellValue, cellText } from './cell-value.ts'
import { isGCode, looksLikeGCode } from './g-code.ts'
import { type NationalIdFault, readNationalId } from './national-id.ts'

export type PupilNumberReading =
  | { kind: 'none' }
  | { kind: 'national_id'; number: string }
  | { kind: 'g_code'; number: string; oldForm: boolean }
  | { kind: 'bad'; bare: string; fault: NationalIdFault }

const bareAlready = /^G?\d+$/

/**
 * A typed number without what people and programs put around it: Thai digits become 0-9; spaces, dashes, invisible
 * characters, a leading apostrophe and a trailing ".0" go; letters are raised.
 */
export function bareNumber(typed: string): string {
  if (bareAlready.test(typed)) return typed
  return plainDashes(toArabicDigits(normaliseText(typed)))
    .replace(/^['\u2018\u2019\u02bc\uff07`´]+/, '')
    .replace(/[\s-]/g, '')
    .replace(/\.0+$/, '')
    .replace(/^\uff27|^\uff47/, 'G')
    .toUpperCase()
}

/** Reads the number of a pupil: a 13-digit national ID, a G-Code of today's or an older form, nothing, or a fault. */
export function readPupilNumber(cell: CellValue | undefined): PupilNumberReading {
  const bare = bareNumber(cellText(cell))
  if (bare === '') return { kind: 'none' }
  if (looksLikeGCode(bare)) return { kind: 'g_code', number: bare, oldForm: !isGCode(bare) }
  // A sheet that turned 1.1017E+12 into a number keeps only the digits that were shown.
  if (cell?.kind === 'number' && /^\d{7}0{6}$/.test(bare)) return { kind: 'bad', bare, fault: { why: 'rounded' } }
  const reading = readNationalId(bare)
  return reading.ok ? { kind: 'national_id', number: reading.id } : { kind: 'bad', bare, fault: reading }
}
