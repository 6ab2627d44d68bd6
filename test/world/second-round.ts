import type { SourceRound } from '../../src/workflow/source-rounds.ts'

const HALF_A_YEAR = 180 * 86_400_000
const INSTANTS = [
  'recordingOpensAt',
  'confirmingOpensAt',
  'institutionDueAt',
  'laoDueAt',
  'otherCountsDueAt',
  'provinceDueAt',
  'recordingClosesAt',
  'closesAt',
] as const

/** An invented round 2 of the same school year, half a year after `first`, that carries it forward (R11). */
export function secondRound(first: SourceRound, change: Partial<SourceRound> = {}): SourceRound {
  const moved = Object.fromEntries(INSTANTS.map((name) => [name, first[name] + HALF_A_YEAR]))
  const code = `${first.schoolYear}/2`
  return { ...first, ...moved, code, term: 2, carries: first.code, asOf: '2024-12-06', baselineDate: null, ...change }
}
