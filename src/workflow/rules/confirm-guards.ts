import type { Refusal } from './refusal.ts'
import type { ConfirmWindow } from './round-window.ts'

type UnitRef = { id: number; name: string }

/** Guards of time, common to every confirmation. */
export function guardWindow(window: ConfirmWindow): Refusal | null {
  if (window.state === 'not_yet') return { why: 'not-open-yet', opensAt: window.opensAt }
  if (window.state === 'closed') return { why: 'closed', closedAt: window.closesAt }
  return null
}

/** R25, R28, R29: an institution confirms exactly what it was shown, without errors, every warning explained, existence attested. */
export function guardRoster(input: {
  roster: { counted: number; errors: number; unexplainedWarnings: number; contentHash: string } | null
  hold: { missing: number; outOf: number; refused?: boolean } | null
}): Refusal | null {
  const { roster, hold } = input
  if (!roster) return { why: 'never-read' }
  if (hold)
    return { why: 'hold-open', missing: hold.missing, outOf: hold.outOf, ...(hold.refused ? { refused: true } : {}) }
  if (roster.errors > 0) return { why: 'roster-has-errors', errors: roster.errors }
  if (roster.unexplainedWarnings > 0) return { why: 'warnings-unexplained', warnings: roster.unexplainedWarnings }
  if (roster.counted === 0) return { why: 'roster-empty' }
  return null
}

/** What was seen, attested and read must be one and the same content. */
export function guardSeen(input: { seenHash: string; readHash: string; attestedHash: string | null }): Refusal | null {
  if (input.seenHash !== input.readHash) return { why: 'changed-since-shown' }
  if (input.attestedHash !== input.readHash) return { why: 'not-attested' }
  return null
}

/** R23..R25, R32: every row checked this round, a zero has its reason (an unreasoned zero is an error of the row). */
export function guardOtherCounts(
  counts: { rows: number; errors: number; unexplainedWarnings: number; unchecked: number } | null,
): Refusal | null {
  if (!counts) return { why: 'never-read' }
  if (counts.rows === 0) return { why: 'nothing-to-confirm' }
  if (counts.errors > 0) return { why: 'counts-have-errors', errors: counts.errors }
  if (counts.unchecked > 0) return { why: 'counts-unchecked', unchecked: counts.unchecked }
  if (counts.unexplainedWarnings > 0) return { why: 'warnings-unexplained', warnings: counts.unexplainedWarnings }
  return null
}

/** R31: only when every required institution has confirmed, and none was edited since. */
export function guardOverview(children: { unit: UnitRef; confirmed: boolean; drifted: boolean }[]): Refusal | null {
  if (children.length === 0) return { why: 'nothing-to-confirm' }
  const open = children.filter((child) => !child.confirmed).map((child) => child.unit)
  if (open.length > 0) return { why: 'children-open', units: open }
  const drifted = children.filter((child) => child.drifted).map((child) => child.unit)
  if (drifted.length > 0) return { why: 'children-drifted', units: drifted }
  return null
}

/** R36: the province confirms only when every LAO is complete and marked as checked for what it now reports. */
export function guardProvince(laos: { unit: UnitRef; complete: boolean; marked: boolean }[]): Refusal | null {
  if (laos.length === 0) return { why: 'nothing-to-confirm' }
  const incomplete = laos.filter((lao) => !lao.complete).map((lao) => lao.unit)
  if (incomplete.length > 0) return { why: 'children-incomplete', units: incomplete }
  const unmarked = laos.filter((lao) => !lao.marked).map((lao) => lao.unit)
  if (unmarked.length > 0) return { why: 'not-marked', units: unmarked }
  return null
}
