import { describe, expect, it } from 'vitest'
import {
  lastDayOf,
  momentsNow,
  type ReminderSpan,
  reminderMoments,
} from '../../../../src/workflow/rules/reminders/moments.ts'
import { DEFAULT_POLICY, type ReminderPolicy } from '../../../../src/workflow/rules/reminders/policy.ts'

const bangkok = (local: string): number => Date.parse(`${local}+07:00`)
const inBangkok = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 16)

const G: ReminderSpan = {
  recordingOpensAt: bangkok('2020-11-03T00:00'),
  confirmingOpensAt: bangkok('2020-12-21T00:00'),
  dueAt: bangkok('2020-12-25T00:00'),
  closesAt: bangkok('2020-12-26T00:00'),
  extendedAt: null,
  agreed: null,
  below: false,
}
const L: ReminderSpan = {
  ...G,
  recordingOpensAt: bangkok('2024-04-29T00:00'),
  confirmingOpensAt: bangkok('2024-04-29T00:00'),
  dueAt: bangkok('2024-06-11T00:00'),
  closesAt: bangkok('2024-06-11T17:00'),
}
const table = (span: ReminderSpan, policy: ReminderPolicy = DEFAULT_POLICY) =>
  reminderMoments(policy, span).map(({ key, at }) => [inBangkok(at), key.slice(key.indexOf(':') + 1)])
const now = (span: ReminderSpan, local: string, ms = 0) =>
  momentsNow(DEFAULT_POLICY, reminderMoments(DEFAULT_POLICY, span), bangkok(local) + ms).map(({ key }) =>
    key.slice(key.indexOf(':') + 1),
  )

describe('the moments of the two source rounds, with their real calendars', () => {
  it('2563/2, an institution: seven working days before Thursday 24 December is the 15th, three is the opening day', () => {
    expect(table(G)).toEqual([
      ['2020-11-03T08:30', 'opens'],
      ['2020-12-15T08:30', '7d'],
      ['2020-12-21T08:30', 'confirming'],
      ['2020-12-21T08:30', '3d'],
      ['2020-12-23T08:30', '1d'],
      ['2020-12-24T08:30', '0d'],
      ['2020-12-24T13:30', '13.30'],
      ['2020-12-24T16:00', '16.00'],
      ['2020-12-25T08:30', '0d'],
      ['2020-12-25T08:30', 'missed'],
      ['2020-12-25T13:30', '13.30'],
      ['2020-12-25T16:00', '16.00'],
      ['2020-12-28T08:30', 'closed'],
    ])
  })

  it('2567/1, an institution: 3 June is a holiday, the day before Monday 10 June is Friday, and it closes at 17.00', () => {
    expect(table(L)).toEqual([
      ['2024-04-29T08:30', 'opens'],
      ['2024-04-29T08:30', 'confirming'],
      ['2024-05-29T08:30', '7d'],
      ['2024-06-05T08:30', '3d'],
      ['2024-06-07T08:30', '1d'],
      ['2024-06-10T08:30', '0d'],
      ['2024-06-10T13:30', '13.30'],
      ['2024-06-10T16:00', '16.00'],
      ['2024-06-11T08:30', '0d'],
      ['2024-06-11T08:30', 'missed'],
      ['2024-06-11T14:00', '3h'],
      ['2024-06-11T16:30', '30m'],
      ['2024-06-12T08:30', 'closed'],
    ])
  })

  it('a province that closes when it is due has no time in between', () => {
    const province = { ...G, dueAt: G.closesAt }
    expect(table(province).slice(-4)).toEqual([
      ['2020-12-25T08:30', '0d'],
      ['2020-12-25T13:30', '13.30'],
      ['2020-12-25T16:00', '16.00'],
      ['2020-12-28T08:30', 'closed'],
    ])
  })

  it('digests of levels above come on working mornings, from the opening of confirming at the earliest, while it is open', () => {
    const digests = (span: ReminderSpan) => table({ ...span, below: true }).filter(([, name]) => name === 'digest')
    expect(digests(G).map(([at]) => at)).toEqual([
      '2020-12-21T08:30',
      '2020-12-22T08:30',
      '2020-12-23T08:30',
      '2020-12-24T08:30',
      '2020-12-25T08:30',
    ])
    const early = digests(L).map(([at]) => at)
    expect([early[0], early.length, early.at(-1)]).toEqual(['2024-05-29T08:30', 9, '2024-06-11T08:30'])
    expect(early).not.toContain('2024-06-03T08:30')
  })

  it('the executive of an LAO hears on the afternoon of the last day alone', () => {
    expect(table({ ...G, executive: true })).toEqual([
      ['2020-12-24T13:30', 'executive'],
      ['2020-12-25T13:30', 'executive'],
    ])
    expect(table({ ...L, executive: true })).toEqual([
      ['2024-06-10T13:30', 'executive'],
      ['2024-06-11T14:00', 'executive'],
    ])
  })

  it('the department, which confirms nothing, has digests and what was missed', () => {
    const names = new Set(table({ ...L, below: true, onlyBelow: true }).map(([, name]) => name))
    expect([...names].sort()).toEqual(['closed', 'digest', 'missed'])
  })
})

describe('deadlines at other times of the day', () => {
  it.each([
    ['2024-06-14T08:30', '2024-06-13', ['13.30', '16.00'], 'before work begins it belongs to the day before'],
    ['2024-06-14T08:31', '2024-06-14', ['3h', '30m'], 'the first minute of a day that counts'],
    ['2024-06-14T12:00', '2024-06-14', ['3h', '30m'], 'noon'],
    ['2024-06-14T19:59', '2024-06-14', ['3h', '30m'], 'before the quiet hours'],
    ['2024-06-14T20:00', '2024-06-14', ['13.30', '16.00'], 'in the quiet hours'],
    ['2024-06-15T00:00', '2024-06-14', ['13.30', '16.00'], 'midnight'],
  ])('%s: last day %s, %j (%s)', (local, day, names) => {
    const dueAt = bangkok(local)
    expect(inBangkok(lastDayOf(DEFAULT_POLICY, dueAt)).slice(0, 10)).toBe(day)
    const span = { ...L, dueAt, closesAt: dueAt }
    const found = reminderMoments(DEFAULT_POLICY, span)
      .filter(({ kind, key }) => kind === 'last-day' && !key.endsWith(':0d'))
      .map(({ key }) => key.slice(key.indexOf(':') + 1))
    expect(found).toEqual(names)
  })

  it('three hours before nine in the morning nobody is called out of bed', () => {
    const dueAt = bangkok('2024-06-14T09:00')
    const early = table({ ...L, dueAt, closesAt: dueAt }).filter(([at]) => at?.startsWith('2024-06-14'))
    expect(early).toEqual([
      ['2024-06-14T07:00', '3h'],
      ['2024-06-14T08:30', '0d'],
      ['2024-06-14T08:30', '30m'],
    ])
  })

  it('a deadline on a Sunday is announced on that Sunday, and a day before on Friday', () => {
    const dueAt = bangkok('2024-06-17T00:00')
    const names = Object.fromEntries(table({ ...L, dueAt, closesAt: dueAt }).map(([at, name]) => [name, at]))
    expect([names['1d'], names['0d'], names['closed']]).toEqual([
      '2024-06-14T08:30',
      '2024-06-16T08:30',
      '2024-06-17T08:30',
    ])
  })
})

describe('what changes re-plans at once', () => {
  it('an extension has moments of its own, none before it was granted, and leaves those of the due instant alone', () => {
    const extended = { ...L, closesAt: bangkok('2024-06-14T17:00'), extendedAt: bangkok('2024-06-12T12:00') }
    expect(table(extended).filter(([at]) => (at ?? '') > '2024-06-11')).toEqual([
      ['2024-06-11T08:30', 'missed'],
      ['2024-06-13T08:30', '1d'],
      ['2024-06-14T08:30', '0d'],
      ['2024-06-14T14:00', '3h'],
      ['2024-06-14T16:30', '30m'],
      ['2024-06-17T08:30', 'closed'],
    ])
    const keys = new Set(reminderMoments(DEFAULT_POLICY, L).map(({ key }) => key))
    const anew = reminderMoments(DEFAULT_POLICY, extended).filter(({ key }) => !keys.has(key))
    expect(anew.every(({ key }) => key.startsWith(`${extended.closesAt}:`))).toBe(true)
  })

  it('R18: a date agreed on is told that morning and an hour before, a changed one anew, never before it was agreed', () => {
    const at = (local: string, since: string) =>
      reminderMoments(DEFAULT_POLICY, { ...L, agreed: { dueAt: bangkok(local), since: bangkok(since) } })
        .filter(({ kind }) => kind === 'agreed')
        .map((moment) => inBangkok(moment.at))
    expect(at('2024-06-06T16:30', '2024-05-20T09:00')).toEqual(['2024-06-06T08:30', '2024-06-06T15:30'])
    expect(at('2024-06-06T16:30', '2024-06-06T09:00')).toEqual(['2024-06-06T15:30'])
    expect(at('2024-06-06T16:30', '2024-06-06T15:31')).toEqual([])
    expect(at('2024-06-07T00:00', '2024-05-20T09:00')).toEqual(['2024-06-06T08:30'])
  })

  it('a policy that leaves something out leaves it out', () => {
    const policy = {
      ...DEFAULT_POLICY,
      opening: { recording: false, confirming: false },
      workingDaysBefore: [],
      dayBefore: false,
      lastDayTimes: [],
      missed: { afterDue: false, afterClose: false },
      digestFromWorkingDaysBefore: null,
    }
    expect(table({ ...L, closesAt: L.dueAt, below: true }, policy)).toEqual([['2024-06-10T08:30', '0d']])
    expect(table({ ...L, executive: true }, { ...policy, executiveFrom: null })).toEqual([])
  })
})

describe('the moments to tell now', () => {
  it('come to the millisecond and end with what they led to', () => {
    expect(now(L, '2024-05-29T08:30', -1)).toEqual([])
    expect(now(L, '2024-05-29T08:30')).toEqual(['7d'])
    expect(now(L, '2024-06-10T13:30', -1)).toEqual(['0d'])
    expect(now(L, '2024-06-10T13:30')).toEqual(['13.30'])
    expect(now(L, '2024-06-11T00:00', -1)).toEqual(['16.00'])
    expect(now(L, '2024-06-11T00:00')).toEqual([])
    expect(now(L, '2024-06-11T08:30')).toEqual(['0d', 'missed'])
    expect(now(L, '2024-06-11T17:00', -1)).toEqual(['30m'])
    expect(now(L, '2024-06-11T17:00')).toEqual([])
    expect(now(L, '2024-06-12T08:30')).toEqual(['closed'])
  })

  it('of one instant come together, whichever deadlines they lead to', () => {
    expect(now({ ...G, below: true }, '2020-12-21T09:00')).toEqual(['confirming', '3d', 'digest'])
  })

  it('after downtime the latest alone, and none whose time is over', () => {
    expect(now(L, '2024-06-10T15:00')).toEqual(['13.30'])
    expect(now(L, '2024-05-30T19:59')).toEqual(['7d'])
    expect(now(L, '2024-05-30T20:00')).toEqual([])
    // A Friday's moment may still be told on the Monday after.
    expect(now(G, '2020-11-04T19:59')).toEqual(['opens'])
    expect(now(L, '2024-06-12T08:29')).toEqual([])
    expect(now(L, '2024-06-13T19:59')).toEqual(['closed'])
    expect(now(L, '2024-06-13T20:00')).toEqual([])
  })

  it('a clock that jumps back tells nothing that had not come', () => {
    expect(now(L, '2024-06-10T16:00')).toEqual(['16.00'])
    expect(now(L, '2024-05-28T16:00')).toEqual([])
  })
})
