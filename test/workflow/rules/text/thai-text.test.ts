import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseText, plainDashes, toArabicDigits, wordKey } from '../../../../src/workflow/rules/text/thai-text.ts'

describe('text typed by people', () => {
  it.each([
    ['spaces at both ends', '  สมชาย ', 'สมชาย'],
    ['no-break spaces', '\u00a0สมชาย\u00a0ใจดี', 'สมชาย ใจดี'],
    ['zero-width characters', 'สม\u200bชาย\u200d\ufeff', 'สมชาย'],
    ['a byte-order mark in front', '\ufeffชื่อ', 'ชื่อ'],
    ['line breaks', 'วัน\nเดือน\r\nปีเกิด', 'วัน เดือน ปีเกิด'],
    ['sara am in two characters', 'ค\u0e4d\u0e32นำหน้า', 'คำนำหน้า'],
    ['sara am in two characters around a tone', 'น\u0e4d\u0e49\u0e32', 'น้ำ'],
    ['a tone before sara am in two characters', 'น\u0e49\u0e4d\u0e32', 'น้ำ'],
    ['a tone typed after sara am', 'น\u0e33\u0e49', 'น้ำ'],
    ['two sara e for sara ae', '\u0e40\u0e40ก้ว', 'แก้ว'],
    ['a tone typed before the lower vowel', 'ก\u0e49\u0e38', 'ก\u0e38\u0e49'],
    ['right-to-left marks', '\u202eก\u202c', 'ก'],
    ['a soft hyphen', 'ก\u00adข', 'กข'],
    ['half of an emoji', 'ก\ud83d', 'ก\ufffd'],
  ])('are cleaned of %s', (_, typed, clean) => {
    expect(normaliseText(typed)).toBe(clean)
  })

  it('stays the same when cleaned twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const once = normaliseText(typed)
        expect(normaliseText(once)).toBe(once)
      }),
    )
  })

  it('is cleaned the same whether or not it looks plain at first sight', () => {
    const thai = fc.integer({ min: 0x0e01, max: 0x0e5b }).map((code) => String.fromCharCode(code))
    const suspect = fc.constantFrom(' ', 'a', '1', '.', '\u0e48', '\u0e38', '\u0e40', '\u0e33')
    const text = fc.array(fc.oneof(thai, suspect)).map((characters) => characters.join(''))
    fc.assert(
      fc.property(text, (typed) => {
        expect(normaliseText(typed)).toBe(normaliseText(`\u200b${typed}`))
      }),
      { numRuns: 2000 },
    )
  })

  it('has Thai and full-width digits read as 0-9, and nothing else changed', () => {
    expect(toArabicDigits('๐๑๒๓๔๕๖๗๘๙')).toBe('0123456789')
    expect(toArabicDigits('０９ก')).toBe('09ก')
  })

  it('has every dash read as the one on the keyboard', () => {
    expect(plainDashes('1‐2‑3–4—5−6')).toBe('1-2-3-4-5-6')
  })

  it('is compared without spaces, dots and case', () => {
    expect(wordKey(' ด. ช. ')).toBe('ดช')
    expect(wordKey('G-Code')).toBe('g-code')
  })
})
