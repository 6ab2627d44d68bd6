import { describe, expect, it } from 'vitest'
import { DEFAULT_POLICY } from '../../../../src/workflow/rules/reminders/policy.ts'
import { isLastDay, mayWriteFrom, type OwnQuiet, quietUntil } from '../../../../src/workflow/rules/reminders/quiet.ts'

const bangkok = (local: string): number => Date.parse(`${local}+07:00`)
const inBangkok = (at: number | null) =>
  at === null ? 'now' : new Date(at + 7 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ')
const at = (local: string, given: { until?: string; lastDay?: boolean; own?: OwnQuiet } = {}) =>
  inBangkok(
    quietUntil(DEFAULT_POLICY, {
      now: bangkok(`2024-06-${local}`),
      until: bangkok(`2024-06-${given.until ?? '28T00:00'}`),
      lastDay: given.lastDay ?? false,
      own: given.own ?? null,
    }),
  )

describe('quiet hours', () => {
  it.each([
    ['05T19:59', 'now'],
    ['05T20:00', '06-06 07:00'],
    ['06T00:00', '06-06 07:00'],
    ['06T06:59', '06-06 07:00'],
    ['06T07:00', 'now'],
  ])('%s: %s', (local, expected) => {
    expect(at(local)).toBe(expected)
  })

  it('are none on the last day, and on no other whatever is over before they end', () => {
    expect(at('05T21:00', { lastDay: true })).toBe('now')
    expect(at('05T21:00', { until: '06T07:00' })).toBe('06-06 07:00')
  })

  it("a person's own are kept on the last day too, unless the close would pass before they end", () => {
    const own = { from: 12 * 60, to: 15 * 60 }
    expect(at('05T13:30', { own })).toBe('06-05 15:00')
    expect(at('05T13:30', { own, lastDay: true })).toBe('06-05 15:00')
    expect(at('05T13:30', { own, lastDay: true, until: '05T15:00' })).toBe('now')
    expect(at('05T15:00', { own })).toBe('now')
  })

  it('may run over midnight, and equal ends are none', () => {
    const own = { from: 18 * 60, to: 8 * 60 }
    expect(at('05T18:00', { own })).toBe('06-06 08:00')
    expect(at('06T07:59', { own })).toBe('06-06 08:00')
    expect(at('06T08:00', { own })).toBe('now')
    expect(at('06T10:00', { own: { from: 600, to: 600 } })).toBe('now')
  })
})

describe('who is written to unasked by a person', () => {
  const DUE = bangkok('2024-06-11T00:00')
  const CLOSE = bangkok('2024-06-11T17:00')
  const from = (local: string) => inBangkok(mayWriteFrom(DEFAULT_POLICY, { now: bangkok(local), ends: [DUE, CLOSE] }))

  it.each([
    ['2024-06-05T06:59:59.999', '06-05 07:00'],
    ['2024-06-05T07:00', 'now'],
    ['2024-06-05T19:59:59.999', 'now'],
    ['2024-06-05T20:00', '06-06 07:00'],
    ['2024-06-05T23:59', '06-06 07:00'],
    ['2024-06-06T00:00', '06-06 07:00'],
  ])('at %s: %s', (local, expected) => {
    expect(from(local)).toBe(expected)
  })

  it.each(['2024-06-10T00:00', '2024-06-10T23:59', '2024-06-11T03:00', '2024-06-11T16:59'])(
    'at %s, on a last day, at any hour',
    (local) => {
      expect(from(local)).toBe('now')
    },
  )

  it('the last day ends with what it is the last day of, and one before the morning is the day before', () => {
    const last = (local: string, end: number) => isLastDay(DEFAULT_POLICY, { now: bangkok(local), ends: [end] })
    expect([last('2024-06-11T16:59', CLOSE), last('2024-06-11T17:00', CLOSE)]).toEqual([true, false])
    expect([last('2024-06-10T23:59', DUE), last('2024-06-11T00:00', DUE)]).toEqual([true, false])
    const early = bangkok('2024-06-11T06:00')
    expect([last('2024-06-10T21:00', early), last('2024-06-11T05:00', early)]).toEqual([true, true])
  })
})
