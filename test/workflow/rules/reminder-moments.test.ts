import { describe, expect, it } from 'vitest'
import { momentNow, reminderMoments } from '../../../src/workflow/rules/reminder-moments.ts'

const bangkok = (local: string): number => Date.parse(`${local}+07:00`)
const inBangkok = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 16)
const nameOf = (key: string | undefined) => key?.split(':')[1]

describe('the moments at which those who owe are reminded', () => {
  it('a due instant at midnight belongs to the day before', () => {
    expect(reminderMoments(bangkok('2024-06-11T00:00')).map(({ key, at }) => [nameOf(key), inBangkok(at)])).toEqual([
      ['7d', '2024-06-03T08:30'],
      ['3d', '2024-06-07T08:30'],
      ['1d', '2024-06-09T08:30'],
      ['0d', '2024-06-10T08:30'],
      ['3h', '2024-06-10T13:30'],
      ['30m', '2024-06-10T16:00'],
    ])
  })

  it('a due time within office hours is announced 3 hours and 30 minutes before', () => {
    expect(reminderMoments(bangkok('2024-06-11T17:00')).map(({ key, at }) => [nameOf(key), inBangkok(at)])).toEqual([
      ['7d', '2024-06-04T08:30'],
      ['3d', '2024-06-08T08:30'],
      ['1d', '2024-06-10T08:30'],
      ['0d', '2024-06-11T08:30'],
      ['3h', '2024-06-11T14:00'],
      ['30m', '2024-06-11T16:30'],
    ])
  })

  it('keys name the due instant, so that an extension makes new moments', () => {
    const first = reminderMoments(bangkok('2024-06-11T00:00')).map((moment) => moment.key)
    const second = reminderMoments(bangkok('2024-06-14T00:00')).map((moment) => moment.key)
    expect(first.filter((key) => second.includes(key))).toEqual([])
  })
})

describe('the one moment that is due now', () => {
  const dueAt = bangkok('2024-06-11T00:00')
  const opensAt = bangkok('2024-04-29T00:00')
  const now = (local: string, ms = 0) => nameOf(momentNow({ dueAt, opensAt, now: bangkok(local) + ms })?.key)

  it('comes to the millisecond and ends with the due instant', () => {
    expect(now('2024-06-03T08:30', -1)).toBeUndefined()
    expect(now('2024-06-03T08:30')).toBe('7d')
    expect(now('2024-06-10T13:30', -1)).toBe('0d')
    expect(now('2024-06-10T13:30')).toBe('3h')
    expect(now('2024-06-11T00:00', -1)).toBe('30m')
    expect(now('2024-06-11T00:00')).toBeUndefined()
  })

  it('after a weekend of downtime only the latest moment counts, and none that is older than a day', () => {
    expect(now('2024-06-10T15:00')).toBe('3h')
    expect(now('2024-06-04T08:30')).toBe('7d')
    expect(now('2024-06-04T08:30', 1)).toBeUndefined()
  })

  it('a moment that came before the window opened is not made up for', () => {
    const opened = bangkok('2024-06-10T12:00')
    expect(momentNow({ dueAt, opensAt: opened, now: bangkok('2024-06-10T12:30') })).toBeNull()
    expect(nameOf(momentNow({ dueAt, opensAt: opened, now: bangkok('2024-06-10T13:30') })?.key)).toBe('3h')
  })
})
