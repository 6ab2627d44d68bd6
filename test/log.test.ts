import { describe, expect, it } from 'vitest'
import { inventedId } from '../src/demo/demo-roster.ts'
import { openLog } from '../src/log.ts'

const ID = inventedId(4711)
const MASKED = `${ID[0]}-${ID.slice(1, 5)}-xxxxx-xx-${ID[12]}`

function logged(write: (log: ReturnType<typeof openLog>) => void): string {
  const lines: string[] = []
  write(openLog('trace', (line) => lines.push(line)))
  return lines.join('')
}

describe('log lines', () => {
  it.each([
    ['in the message', (log: ReturnType<typeof openLog>) => log.info(`row of ${ID} refused`)],
    ['in a field', (log: ReturnType<typeof openLog>) => log.info({ id: ID }, 'x')],
    ['deep in an object', (log: ReturnType<typeof openLog>) => log.info({ row: { cells: [ID] } }, 'x')],
    ['in an error', (log: ReturnType<typeof openLog>) => log.error({ err: new Error(`bad ${ID}`) }, 'x')],
    [
      'grouped with dashes, as people write it',
      (log: ReturnType<typeof openLog>) => log.info(ID.replace(/(.)(.{4})(.{5})(..)(.)/, '$1-$2-$3-$4-$5')),
    ],
  ])('never hold a whole national id: %s', (_name, write) => {
    const line = logged(write)
    expect(line.replaceAll('-', '')).not.toContain(ID)
    expect(line).toContain(MASKED)
    expect(() => JSON.parse(line)).not.toThrow()
  })

  it('never hold one as a number either, and stay JSON', () => {
    const line = logged((log) => log.info({ number: Number(ID), list: [Number(ID), Number(ID)] }, 'x'))
    expect(line).not.toContain(ID)
    expect(() => JSON.parse(line)).not.toThrow()
  })

  it('stay JSON when they hold instants, whatever digits these end in', () => {
    for (let at = 1718000000000; at < 1718000000050; at += 1) {
      const line = logged((log) => log.info({ at, list: [at, at] }, 'x'))
      expect(() => JSON.parse(line), line).not.toThrow()
    }
  })

  it('leave other long numbers alone', () => {
    expect(logged((log) => log.info({ code: '12345678901234', short: '123456789012' }, 'x'))).toContain(
      '12345678901234',
    )
  })
})
