import { and, eq } from 'drizzle-orm'
import type { Instant, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type SeenState, statusLooks } from '../db/schema.ts'
import type { InstitutionLine } from './structure.ts'

/** How far an institution has come, as far as a change of it is news for its LAO. */
export type LookState = 'confirmed' | 'drifted' | 'reopened' | 'stuck' | 'fix' | 'ready' | 'empty' | 'not_required'

export type LookChange = { name: string; now: LookState | 'new' }

/** Null: this person has not looked at the card in this round before. */
export type StatusLook = { at: Instant; changes: LookChange[] } | null

type Looking = { roundId: RoundId; unitId: UnitId; personId: PersonId; institutions: readonly InstitutionLine[] }

/** What changed since this person last looked at สถานะ, and from now on what is shown now. */
export function lookAtStatus(tx: Tx, input: Looking, now: Instant): StatusLook {
  const { roundId, unitId, personId, institutions } = input
  const own = and(eq(statusLooks.roundId, roundId), eq(statusLooks.unitId, unitId), eq(statusLooks.personId, personId))
  const last = tx.select().from(statusLooks).where(own).get()
  const seen: SeenState[] = institutions.map((line) => ({ unitId: line.id, state: seenState(line) }))
  const set = { seen, at: now }
  tx.insert(statusLooks)
    .values({ roundId, unitId, personId, ...set })
    .onConflictDoUpdate({ target: [statusLooks.roundId, statusLooks.unitId, statusLooks.personId], set })
    .run()
  return last ? { at: last.at, changes: changesOf(institutions, last.seen) } : null
}

function changesOf(institutions: readonly InstitutionLine[], seen: readonly SeenState[]): LookChange[] {
  const before = new Map(seen.map(({ unitId, state }) => [unitId, state]))
  return institutions.flatMap((line): LookChange[] => {
    const known = before.get(line.id)
    if (known === undefined) return [{ name: line.name, now: 'new' }]
    return known === seenState(line) ? [] : [{ name: line.name, now: lookState(line) }]
  })
}

/** A confirmation is told apart from the one before it. */
function seenState(line: InstitutionLine): string {
  const state = lookState(line)
  return state === 'confirmed' ? `${state} ${line.confirmationId}` : state
}

function lookState(line: InstitutionLine): LookState {
  if (line.state === 'not_required') return 'not_required'
  if (line.drifted) return 'drifted'
  if (line.state === 'confirmed') return 'confirmed'
  if (line.sheetTrouble !== null || line.hold !== null) return 'stuck'
  if (line.errors > 0 || line.unexplainedWarnings > 0 || line.shared.blocking > 0) return 'fix'
  if (line.reopenedTimes > 0) return 'reopened'
  return line.counted ? 'ready' : 'empty'
}
