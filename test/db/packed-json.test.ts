import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packJson, unpackJson } from '../../src/db/packed-json.ts'

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))
const large = Array.from({ length: 2_000 }, (_, row) => ({ row, firstName: 'กานต์', lastName: `ทองสุข ${row}` }))

describe('JSON as a snapshot keeps it', () => {
  it('stays text that SQL can look into while it is short', () => {
    expect(packJson(bytesOf([{ row: 2, firstName: 'กานต์' }]))).toBe('[{"row":2,"firstName":"กานต์"}]')
  })

  it('is gzip that any tool opens when it is large, in a tenth of the room', () => {
    const packed = packJson(bytesOf(large))
    expect(Buffer.isBuffer(packed) && gunzipSync(packed).equals(bytesOf(large))).toBe(true)
    expect(packed.length).toBeLessThan(bytesOf(large).length / 10)
  })

  it('comes back as it was, short or large', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ row: fc.nat(), words: fc.string({ unit: 'grapheme' }) })), (rows) => {
        expect(unpackJson(packJson(bytesOf(rows)))).toEqual(rows)
      }),
    )
    expect(unpackJson(packJson(bytesOf(large)))).toEqual(large)
  })

  it('is refused, not misread, when a byte of it was damaged', () => {
    const packed = Buffer.from(packJson(bytesOf(large)))
    const middle = Math.floor(packed.length / 2)
    packed[middle] = (packed[middle] ?? 0) ^ 1
    expect(() => unpackJson(packed)).toThrow()
  })
})
