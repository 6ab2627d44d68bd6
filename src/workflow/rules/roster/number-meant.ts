import { isGCode } from './g-code.ts'
import type { NationalIdFault } from './national-id.ts'
import { readNationalId } from './national-id.ts'

/**
 * What a number that is none was meant to be, when it can be only one: its lost zero put back, letters that look like digits
 * (O, I, L) and signs between the digits put right, or the one whole number among other words. Digits are never guessed:
 * a wrong check digit fits as many numbers as there are digits.
 */
export function numberMeant(bare: string, fault: NationalIdFault): string | undefined {
  if (fault.why === 'lost-zero') return fault.whole
  if (fault.why !== 'characters') return undefined
  const digits = withDigits(bare)
  const whole = new Set([digits, ...(digits.match(/(?<!\d)\d{13}(?!\d)/g) ?? [])].filter((id) => readNationalId(id).ok))
  const [only] = whole
  return whole.size === 1 ? only : undefined
}

/** The same for a number that begins with G and is no G-Code of today. */
export function gCodeMeant(bare: string): string | undefined {
  const code = `G${withDigits(bare.slice(1))}`
  return isGCode(code) ? code : undefined
}

function withDigits(bare: string): string {
  return bare
    .replace(/[OQ]/g, '0')
    .replace(/[IL|]/g, '1')
    .replace(/[.,/_:;'"]/g, '')
}
