import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskId, maskMistyped, maskNumbers } from '../../../../src/workflow/rules/roster/mask-id.ts'

describe('a masked number', () => {
  it.each([
    ['1101700207030', '1-1017-xxxxx-xx-0'],
    ['1-1017-00207-03-0', '1-1017-xxxxx-xx-0'],
    ['๑๑๐๑๗๐๐๒๐๗๐๓๐', '1-1017-xxxxx-xx-0'],
    ['G644200000001', 'G6442-xxxxxxx-1'],
    ['113200420331', '11xxxxxxxxx1'],
    ['G12', 'xxx'],
    ['', ''],
  ])('of %s is %s', (number, masked) => {
    expect(maskId(number)).toBe(masked)
  })

  it.each([
    ['เลข 1-1017-00207-03-0 ของ', 'เลข 1-1017-xxxxx-xx-0 ของ'],
    ['๑ ๑๐๑๗ ๐๐๒๐๗ ๐๓ ๐', '1-1017-xxxxx-xx-0'],
    ['1101700207030/1101700207030', '11xxxxxxxxxxxxxxxxxxxxxxx0'],
    ['g644200000001', 'G6442-xxxxxxx-1'],
    ['1101700\u200b207030', '1-1017-xxxxx-xx-0'],
    ['1\u20601017\u00ad00207030', '1-1017-xxxxx-xx-0'],
    ['1:1017:00207:03:0', '1-1017-xxxxx-xx-0'],
    ['G 6442\u200b00000001', 'G6442-xxxxxxx-1'],
    ['15/05/2560', '15/05/2560'],
    ['ป.1/2', 'ป.1/2'],
  ])('in the text %s gives %s', (text, masked) => {
    expect(maskNumbers(text)).toBe(masked)
  })

  it.each([
    ['11O17OO2O7O3O', '11xxxxxxxxxxO'],
    ['110170A0207030', '11xxxxxxxxxxx0'],
    ['G6442O0000001', 'G6xxxxxxxxxx1'],
    ['G12345', 'G12345'],
    ['ไม่มี', 'ไม่มี'],
  ])('with other characters in it, %s, is %s', (typed, masked) => {
    expect(maskMistyped(typed)).toBe(masked)
  })

  it('never shows a whole national ID, however it was spaced', () => {
    const spaced = fc.tuple(
      fc.stringMatching(/^\d{13}$/),
      fc.constantFrom('', ' ', '-', '.', ' - ', '\u200b', ' \u2060', '–', ':', '·'),
      fc.string(),
    )
    fc.assert(
      fc.property(spaced, ([id, gap, around]) => {
        const shown = maskNumbers(`${around}${id.split('').join(gap)}${around}`)
        expect(shown.replace(/\D/g, '')).not.toContain(id)
      }),
    )
  })
})
