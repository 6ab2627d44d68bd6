import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  confirmWindow,
  dateTap,
  dueOf,
  phaseOf,
  TAP_GRACE_MS,
  type WindowComponent,
} from '../../../src/workflow/rules/round-window.ts'
import { SOURCE_ROUNDS } from '../../../src/workflow/source-rounds.ts'

const bangkok = (local: string): number => Date.parse(`${local}+07:00`)
const roundOf = (code: string) => {
  const found = SOURCE_ROUNDS.find((round) => round.code === code)
  if (!found) throw new Error(`no round ${code}`)
  return { ...found, archivedAt: null }
}
const COMPONENTS: WindowComponent[] = ['roster', 'overview', 'other_counts', 'province']
const stateAt = (code: string, component: WindowComponent, now: number, extendedUntil: number | null = null) =>
  confirmWindow({ round: roundOf(code), component, now, extendedUntil }).state

describe('the phase of a round follows from the clock alone, to the millisecond', () => {
  it.each([
    ['2563/2', '2020-11-03T00:00', 'draft', 'recording'],
    ['2563/2', '2020-12-21T00:00', 'recording', 'confirming'],
    ['2563/2', '2020-12-26T00:00', 'confirming', 'closed'],
    ['2567/1', '2024-04-29T00:00', 'draft', 'confirming'],
    ['2567/1', '2024-06-11T17:00', 'confirming', 'recording_closed'],
    ['2567/1', '2024-06-12T00:00', 'recording_closed', 'closed'],
  ])('%s turns at %s from %s to %s (R12 R15 R17)', (code, local, before, from) => {
    const at = bangkok(local)
    expect(phaseOf(roundOf(code), at - 1)).toBe(before)
    expect(phaseOf(roundOf(code), at)).toBe(from)
  })

  it('an archived round is archived whatever its instants say', () => {
    const archivedAt = bangkok('2024-07-01T00:00')
    const round = { ...roundOf('2567/1'), archivedAt }
    expect(phaseOf(round, archivedAt - 1)).toBe('closed')
    expect(phaseOf(round, archivedAt)).toBe('archived')
  })
})

describe('when a component may be confirmed', () => {
  it('2563/2: confirming opens on 21 December, later than recording (R12)', () => {
    const opens = bangkok('2020-12-21T00:00')
    for (const component of COMPONENTS) {
      expect(stateAt('2563/2', component, opens - 1)).toBe('not_yet')
      expect(stateAt('2563/2', component, opens)).toBe('open')
    }
  })

  it('2563/2: institutions, LAOs and other counts are due with the end of 24 December and close with the 25th (R13, section 7)', () => {
    const due = bangkok('2020-12-25T00:00')
    const closes = bangkok('2020-12-26T00:00')
    for (const component of ['roster', 'overview', 'other_counts'] as const) {
      expect(stateAt('2563/2', component, due - 1)).toBe('open')
      expect(stateAt('2563/2', component, due)).toBe('after_due')
      expect(stateAt('2563/2', component, closes - 1)).toBe('after_due')
      expect(stateAt('2563/2', component, closes)).toBe('closed')
    }
  })

  it('2563/2: the province confirms by 25 December (R14)', () => {
    const closes = bangkok('2020-12-26T00:00')
    expect(stateAt('2563/2', 'province', closes - 1)).toBe('open')
    expect(stateAt('2563/2', 'province', closes)).toBe('closed')
  })

  it('2567/1: institutions and LAOs are due with the end of 10 June; 11 June 17:00:00.000 itself is too late (R16 R17)', () => {
    const due = bangkok('2024-06-11T00:00')
    const closes = bangkok('2024-06-11T17:00')
    for (const component of ['roster', 'overview', 'other_counts'] as const) {
      expect(stateAt('2567/1', component, due - 1)).toBe('open')
      expect(stateAt('2567/1', component, due)).toBe('after_due')
      expect(stateAt('2567/1', component, closes - 1)).toBe('after_due')
      expect(stateAt('2567/1', component, closes)).toBe('closed')
    }
  })

  it('2567/1: the province may still confirm between 17:00 and midnight of 11 June (R17, section 7)', () => {
    expect(stateAt('2567/1', 'province', bangkok('2024-06-11T17:00'))).toBe('open')
    expect(stateAt('2567/1', 'province', bangkok('2024-06-12T00:00') - 1)).toBe('open')
    expect(stateAt('2567/1', 'province', bangkok('2024-06-12T00:00'))).toBe('closed')
  })

  it('an extension moves the close, never the due instant, and never shortens a window', () => {
    const round = roundOf('2567/1')
    fc.assert(
      fc.property(
        fc.constantFrom(...COMPONENTS),
        fc.integer({ min: round.recordingOpensAt - 1e9, max: round.closesAt + 1e9 }),
        fc.integer({ min: round.recordingOpensAt - 1e9, max: round.closesAt + 2e9 }),
        (component, now, extendedUntil) => {
          const plain = confirmWindow({ round, component, now, extendedUntil: null })
          const extended = confirmWindow({ round, component, now, extendedUntil })
          expect(extended.closesAt).toBe(Math.max(plain.closesAt, extendedUntil))
          expect(extended.dueAt).toBe(dueOf(round, component))
          expect(extended.extended).toBe(extendedUntil > plain.closesAt)
          if (plain.state === 'open' || plain.state === 'after_due') expect(extended.state).toBe(plain.state)
          expect(extended.state === 'closed').toBe(now >= extended.closesAt)
        },
      ),
    )
  })

  it('nothing can be confirmed in an archived round, not even under an extension', () => {
    const archivedAt = bangkok('2024-07-01T00:00')
    const round = { ...roundOf('2567/1'), archivedAt }
    const extendedUntil = bangkok('2024-08-01T00:00')
    for (const component of COMPONENTS) {
      expect(confirmWindow({ round, component, now: archivedAt - 1, extendedUntil }).state).not.toBe('closed')
      expect(confirmWindow({ round, component, now: archivedAt, extendedUntil }).state).toBe('closed')
    }
  })
})

describe('which instant dates a tap (section 7: what instant counts for a chat act)', () => {
  const closesAt = bangkok('2024-06-11T17:00')

  it.each([
    ['tapped and received before the close', -5000, -4000, -5000, false],
    ['tapped before the close, received just within a minute', -1, TAP_GRACE_MS - 1, -1, false],
    ['received exactly a minute later', -1, -1 + TAP_GRACE_MS, -1, false],
    ['received a minute and a millisecond later', -1, TAP_GRACE_MS, TAP_GRACE_MS, true],
    ['tapped long before, received in the millisecond of the close', -600_000, 0, 0, true],
    ['tapped long before, received one millisecond before the close', -600_000, -1, -600_000, false],
    ['tapped at the close itself', 0, 0, 0, false],
    ['tapped after the close', 1, 100, 1, false],
    ['a phone whose clock runs ahead counts by our receipt', 5000, -1000, -1000, false],
  ])('%s', (_name, tapped, received, at, held) => {
    expect(dateTap({ tappedAt: closesAt + tapped, receivedAt: closesAt + received, closesAt })).toEqual({
      at: closesAt + at,
      held,
    })
  })

  it('a tap is never dated after its receipt, and held only when it crosses the close late', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: -1e6, max: 1e6 }), (tapped, received) => {
        const dated = dateTap({ tappedAt: closesAt + tapped, receivedAt: closesAt + received, closesAt })
        expect(dated.at).toBeLessThanOrEqual(closesAt + received)
        expect(dated.held).toBe(tapped < 0 && received >= 0 && received - tapped > TAP_GRACE_MS)
      }),
    )
  })
})

describe('the two rounds of the source documents', () => {
  it.each(['2563/2', '2567/1'])('%s names every instant either by its clause or as assumed', (code) => {
    const round = roundOf(code)
    const instants = [
      'recordingOpensAt',
      'confirmingOpensAt',
      'institutionDueAt',
      'laoDueAt',
      'otherCountsDueAt',
      'provinceDueAt',
      'recordingClosesAt',
      'closesAt',
    ]
    const unnamed = instants.filter((name) => !(name in round.clauses) && !round.assumed.includes(name))
    expect(unnamed).toEqual([])
  })

  it('2563/2 rests on its letter, its dated baseline and its help desk (R11 R23 R42)', () => {
    expect(roundOf('2563/2')).toMatchObject({
      letterNumber: 'มท ๐๘๑๖.๒/ว ๓๔๐๐',
      letterDate: '2020-11-03',
      baselineDate: '2020-08-07',
      helpDesk: expect.stringContaining('0 2241 9021-3 ต่อ 302, 306'),
      assumed: expect.arrayContaining(['recordingOpensAt']),
    })
  })

  it('2567/1: the opening of confirming is marked as assumed (R15)', () => {
    expect(roundOf('2567/1').assumed).toContain('confirmingOpensAt')
  })
})
