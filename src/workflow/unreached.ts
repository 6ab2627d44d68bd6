import type { PersonId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'

export type Unreached = { unitIds: UnitId[]; personIds: PersonId[] }

type Noted = { unitIds: Set<UnitId>; personIds: Set<PersonId> }

const noted = new WeakMap<Tx, Noted>()

/** Whom an act in this transaction ought to tell and could not: whoever acts is told so with the answer. */
export function noteUnreached(tx: Tx, whom: { unitId: UnitId } | { personId: PersonId }): void {
  const known = noted.get(tx) ?? { unitIds: new Set(), personIds: new Set() }
  noted.set(tx, known)
  if ('unitId' in whom) known.unitIds.add(whom.unitId)
  else known.personIds.add(whom.personId)
}

/** What was noted since the last time it was taken. */
export function takeUnreached(tx: Tx): Unreached {
  const known = noted.get(tx)
  noted.delete(tx)
  return { unitIds: [...(known?.unitIds ?? [])], personIds: [...(known?.personIds ?? [])] }
}
