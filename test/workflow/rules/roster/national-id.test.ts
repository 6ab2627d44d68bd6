import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigit, hasValidCheckDigit } from '../../../../src/workflow/rules/roster/national-id.ts'
import { bareNumber, readPupilNumber } from '../../../../src/workflow/rules/roster/pupil-number.ts'
import { cell, validId } from './sample-row.ts'

const twelveDigits = fc.stringMatching(/^\d{12}$/)

describe('the check digit of a national ID', () => {
  it.each(['1101700207030', '0113200420331', '1234567890121'])('fits %s', (id) => {
    expect(hasValidCheckDigit(id)).toBe(true)
  })

  it.each(['1101700230705', '110170020703', '11017002070300', '110170020703x', ''])('does not fit %s', (id) => {
    expect(hasValidCheckDigit(id)).toBe(false)
  })

  it('finds a single wrong digit, except in the third place (its weight is 11) and between the remainders 0 and 10', () => {
    const remainder = (of: string) => [...of].reduce((sum, digit, i) => sum + Number(digit) * (13 - i), 0) % 11
    fc.assert(
      fc.property(twelveDigits, fc.nat(11), fc.integer({ min: 1, max: 9 }), (twelve, at, by) => {
        const other = (Number(twelve[at]) + by) % 10
        const changed = twelve.slice(0, at) + other + twelve.slice(at + 1)
        const remainders = [remainder(twelve), remainder(changed)]
        fc.pre(at !== 2 && !(remainders.includes(0) && remainders.includes(10)))
        expect(checkDigit(changed)).not.toBe(checkDigit(twelve))
      }),
    )
  })

  it('is one digit for any twelve', () => {
    fc.assert(fc.property(twelveDigits, (twelve) => hasValidCheckDigit(`${twelve}${checkDigit(twelve)}`)))
  })
})

describe('a typed number', () => {
  it.each([
    ['Thai digits', '๑๑๐๑๗๐๐๒๐๗๐๓๐'],
    ['full-width digits', '１１０１７００２０７０３０'],
    ['spaces', ' 1 1017 00207 03 0 '],
    ['dashes', '1-1017-00207-03-0'],
    ['typographic dashes', '1–1017—00207−03‑0'],
    ['no-break spaces', '1\u00a01017\u00a000207\u00a003\u00a00'],
    ['zero-width characters', '\u200b1101700207030\ufeff'],
    ['a leading apostrophe', "'1101700207030"],
    ['a curly leading apostrophe', '’1101700207030'],
    ['a trailing .0', '1101700207030.0'],
    ['everything at once', "\u00a0'๑-๑๐๑๗-๐๐๒๐๗-๐๓-๐.0 "],
  ])('is read through %s', (_, typed) => {
    expect(readPupilNumber(cell(typed))).toEqual({ kind: 'national_id', number: '1101700207030' })
  })

  it('is read when the sheet keeps it as a number, however it is shown', () => {
    expect(readPupilNumber({ kind: 'number', number: 1101700207030, text: '1.1017E+12' })).toEqual({
      kind: 'national_id',
      number: '1101700207030',
    })
  })

  it.each([
    ['1.1017E+12', 'rounded'],
    ['1.10170E+12', 'rounded'],
    ['1,1017E+12', 'rounded'],
    ['1.1017e12', 'rounded'],
    ['๑.๑๐๑๗E+๑๒', 'rounded'],
    ['1101700000000', 'rounded'],
    ['113200420331', 'lost-zero'],
    ['113200420332', 'length'],
    ['11017002070', 'length'],
    ['11017002070300', 'length'],
    ['1', 'length'],
    ['110170020703O', 'characters'],
    ['AB123456', 'characters'],
    ['ไม่มี', 'characters'],
    ['1101700207030.5', 'characters'],
    ['1234567890121', 'placeholder'],
    ['1234567890123', 'placeholder'],
    ['1111111111111', 'placeholder'],
    ['0000000000000', 'placeholder'],
    ['1111111111119', 'placeholder'],
    ['0000000000001', 'placeholder'],
    ['9101700207032', 'first-digit-9'],
    [validId('9'), 'first-digit-9'],
    ['1101700230705', 'check-digit'],
  ])('%s is refused as %s', (typed, why) => {
    expect(readPupilNumber(cell(typed))).toMatchObject({ kind: 'bad', fault: { why } })
  })

  it('that lost its zero is offered with it', () => {
    expect(readPupilNumber(cell(113200420331))).toMatchObject({ fault: { why: 'lost-zero', whole: '0113200420331' } })
  })

  it('that a sheet keeps rounded is told from one that it keeps whole', () => {
    const rounded = { kind: 'number', number: 1_101_700_000_000, text: '1.1017E+12' } as const
    expect(readPupilNumber(rounded)).toMatchObject({ fault: { why: 'rounded' } })
  })

  it.each(['0', '1', '2', '3', '4', '5', '6', '7', '8'])('may begin with %s', (first) => {
    expect(readPupilNumber(cell(validId(first)))).toMatchObject({ kind: 'national_id' })
  })

  it.each([
    ['G644200000001', 'G644200000001', false],
    ['g644200000001', 'G644200000001', false],
    ['G-64-42-00000001', 'G644200000001', false],
    ['Ｇ๖๔๔๒๐๐๐๐๐๐๐๑', 'G644200000001', false],
    ['G64420000001', 'G64420000001', true],
    ['G6442000000012', 'G6442000000012', true],
    ['GX44200000001', 'GX44200000001', true],
    ['g', 'G', true],
  ])('%s is the G-Code %s (old form: %s)', (typed, number, oldForm) => {
    expect(readPupilNumber(cell(typed))).toEqual({ kind: 'g_code', number, oldForm })
  })

  it.each(['', ' ', '-', '–', '\u200b', null])('%j is none', (typed) => {
    expect(readPupilNumber(cell(typed))).toEqual({ kind: 'none' })
  })

  it('stays the same when it is stripped twice', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9 G-]{0,16}$/), (typed) => {
        expect(bareNumber(bareNumber(typed))).toBe(bareNumber(typed))
      }),
    )
  })
})
