import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from '../../../src/cli/export/csv-text.ts'

describe('a CSV line of an export', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+66 2 241', "'+66 2 241"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    [' =1', "' =1"],
    ['＝1', "'＝1"],
    ['โรงเรียน=ดี', 'โรงเรียน=ดี'],
  ])('keeps %j from being run as a formula', (text, cell) => {
    expect(csvLine([text])).toBe(`${cell}\r\n`)
  })

  it('leaves numbers alone, negative ones too, and writes nothing for what is not there', () => {
    expect(csvLine([-3, 0, null, 'ก'])).toBe('-3,0,,ก\r\n')
  })

  it('is read back as it was by another reader, quotes, commas and line breaks included', () => {
    const harmless = fc.string({ unit: 'binary' }).filter((text) => !/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text))
    fc.assert(
      fc.property(fc.array(harmless, { minLength: 2, maxLength: 6 }), (cells) => {
        const [read] = parse(csvLine(cells), { record_delimiter: '\r\n' }) as string[][]
        expect(read).toEqual(cells)
      }),
    )
  })
})
