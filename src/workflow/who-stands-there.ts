import type { RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { judgeRoster } from './rules/roster/judge-roster.ts'
import { samePupils } from './rules/roster/same-pupil.ts'
import { formerNumbers, personsOf, type StoredPupil } from './stored-pupils.ts'

export type WhoStandsThere = {
  /** How many stood in the roster before this read. */
  before: number
  /** Who is known under another number than the one in the sheet now, by the number in the sheet. */
  renumbered: Map<string, StoredPupil>
  /** Two stored pupils turn out to be one: `former` ends, and the one with the number in the sheet goes on. */
  merged: Map<string, StoredPupil>
  /** Who stands in no row any more. */
  missing: StoredPupil[]
}

type Input = {
  roundId: RoundId
  institutionId: UnitId
  judged: ReturnType<typeof judgeRoster>
  stored: ReadonlyMap<string, StoredPupil>
}

/**
 * Holds a read against who stood in the roster before. A row with an error still shows that its pupil was not taken out; a
 * child who got a number in place of a G-Code is the same child (R27); a former number that comes back, as when a version of
 * the sheet is restored, is that child's again. People are compared only when somebody is missing: few reads.
 */
export function whoStandsThere(tx: Tx, input: Input): WhoStandsThere {
  const { judged, stored } = input
  const standing = new Set(judged.keysInErrorRows)
  for (const { key } of judged.pupils) standing.add(key)
  let before = 0
  const absent: StoredPupil[] = []
  for (const pupil of stored.values()) {
    if (pupil.goneAt !== null) continue
    before += 1
    if (!standing.has(pupil.key)) absent.push(pupil)
  }
  const found: WhoStandsThere = { before, renumbered: new Map(), merged: new Map(), missing: absent }
  return absent.length === 0 ? found : withoutThoseFound(tx, { ...input, found })
}

function withoutThoseFound(tx: Tx, input: Input & { found: WhoStandsThere }): WhoStandsThere {
  const { judged, stored, found } = input
  const arrived = judged.pupils.filter(({ key }) => stored.get(key)?.goneAt !== null)
  if (arrived.length === 0 && judged.tracesInErrorRows.length === 0) return found
  const absent = new Map(found.missing.map((pupil) => [pupil.id as number, pupil]))
  const renumbered = new Map<string, StoredPupil>()
  const merged = new Map<string, StoredPupil>()
  const pair = (id: number, key: string): void => {
    const pupil = absent.get(id)
    if (!pupil) return
    absent.delete(id)
    if (stored.has(key)) merged.set(key, pupil)
    else renumbered.set(key, pupil)
  }
  const arrivedKeys = new Set(arrived.map(({ key }) => key))
  for (const { id, formerKey } of formerNumbers(tx, input)) {
    if (absent.has(id) && arrivedKeys.delete(formerKey)) pair(id, formerKey)
  }
  const same = samePupils({
    missing: personsOf(tx, [...absent.values()]),
    added: arrived.filter(({ key }) => arrivedKeys.has(key)),
    errorRows: judged.tracesInErrorRows,
  })
  for (const { id, key } of same.renumbered) pair(id, key)
  for (const id of same.present) absent.delete(id)
  return { before: found.before, renumbered, merged, missing: [...absent.values()] }
}
