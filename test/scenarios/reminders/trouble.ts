import { apiFaults } from '../../../src/sandbox/line/faults.ts'
import type { Round } from '../../../src/workflow/rounds.ts'
import { reminderMoments } from '../../../src/workflow/rules/reminders/moments.ts'
import { DEFAULT_POLICY } from '../../../src/workflow/rules/reminders/policy.ts'
import { bangkok } from '../../world/chain-world.ts'

export const MINUTE = 60_000
/** Every way in which the sandbox's LINE can fail a call. */
export const WAYS_TO_FAIL = apiFaults

/** `gone`: no connection at all; `silent`: LINE answers 500 or nothing. The second lasts two hours across the recording's close. */
const OUTAGES = [
  { how: 'gone', from: bangkok('2024-06-10T08:20'), to: bangkok('2024-06-10T10:20') },
  { how: 'silent', from: bangkok('2024-06-11T15:50'), to: bangkok('2024-06-11T17:50') },
] as const

export const isDown = (at: number): 'gone' | 'silent' | null =>
  OUTAGES.find(({ from, to }) => at >= from && at < to)?.how ?? null

/** Minutes after a moment at which a process lives; in the last ones LINE is well and nobody is killed. */
const AFTER = [0, 2, 7, 24, 27] as const
const CALM_FROM = 24

/** When something may be due, a little later again, and every half hour of the last days. */
export function stepsOf(round: Round, end: number): { at: number; calm: boolean }[] {
  const { recordingOpensAt, confirmingOpensAt } = round
  const spans = [
    { dueAt: round.institutionDueAt, closesAt: round.recordingClosesAt },
    { dueAt: round.provinceDueAt, closesAt: round.closesAt },
    { dueAt: round.institutionDueAt, closesAt: bangkok('2024-06-12T17:00') },
  ]
  const moments = spans.flatMap((span) =>
    reminderMoments(DEFAULT_POLICY, {
      ...span,
      recordingOpensAt,
      confirmingOpensAt,
      extendedAt: null,
      agreed: null,
      below: true,
    }),
  )
  const steps = new Map<number, boolean>()
  for (const { at } of moments) for (const minutes of AFTER) steps.set(at + minutes * MINUTE, minutes >= CALM_FROM)
  for (let at = bangkok('2024-06-10T08:05'); at < bangkok('2024-06-11T19:00'); at += 30 * MINUTE)
    steps.set(at, steps.get(at) ?? false)
  for (let at = bangkok('2024-06-12T19:00'); at < end; at += 6 * 60 * MINUTE) steps.set(at, true)
  return [...steps].map(([at, calm]) => ({ at, calm })).sort((a, b) => a.at - b.at)
}
