import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { watchDrift } from './drift-watch.ts'
import { appendEvent, pupilHash } from './event-log.ts'
import {
  closeHold,
  isRefusedFor,
  keepHold,
  lastHoldOf,
  type OpenHold,
  openOf,
  rowsToHoldAgainst,
  wereSaidToStay,
} from './roster-holds.ts'
import { keepProblems } from './roster-problems.ts'
import { isSameFigures, rosterBefore, touchRead, wasEverConfirmed, writeRoster } from './roster-row.ts'
import { missingNeedsHold } from './rules/missing-guard.ts'
import type { judgeRoster } from './rules/roster/judge-roster.ts'
import { storedPupils } from './stored-pupils.ts'
import { type WhoStandsThere, whoStandsThere } from './who-stands-there.ts'
import { markGone, moveRows, type ReadFacts, writePupils } from './write-pupils.ts'

export type RecordedRoster = {
  changed: boolean
  added: number
  updated: number
  gone: number
  hold: OpenHold | null
}

/**
 * Records one complete read of an institution's roster: the whole of it or, by throwing, nothing of it.
 * Rows missing beyond the guard are held: additions and changes go in, nobody is removed, the officer is asked (google.md,
 * Two-way safety). While they are held, `rosters` says what the sheet says, which is the figure that could be confirmed if the
 * rows are released; the missing stay among `pupils`; and nothing can be confirmed, so that the two never meet in a snapshot.
 * Who was first seen, changed or gone between which reads is kept per pupil (R39), also through a change of number (R27).
 */
export function recordRoster(
  tx: Tx,
  input: {
    roundId: RoundId
    institutionId: UnitId
    contentHash: string
    judged: ReturnType<typeof judgeRoster>
    read: ReadFacts
  },
  now: Instant,
): RecordedRoster {
  const { roundId, institutionId, judged, read } = input
  const before = rosterBefore(tx, input)
  const lastHold = lastHoldOf(tx, input)
  const stored = storedPupils(tx, input)
  if (before?.contentHash === input.contentHash && isSameFigures(before, judged.totals)) {
    touchRead(tx, input)
    moveRows(tx, { pupils: judged.pupils, stored })
    keepProblems(tx, { roundId, unitId: institutionId, problems: judged.problems })
    return { changed: false, added: 0, updated: 0, gone: 0, hold: openOf(lastHold) }
  }
  const previousReadAt = before?.readAt ?? null
  const found = whoStandsThere(tx, { ...input, stored })
  const written = writePupils(tx, { ...input, stored, found, previousReadAt })
  const provenance = { readAt: read.readAt, previousReadAt, lastEditor: read.lastEditor }
  const { missing } = found
  const mustHold =
    missingNeedsHold({ before: rowsToHoldAgainst(lastHold, found), missing: missing.length }) ||
    wereSaidToStay(lastHold, missing)
  const asks = mustHold && !isRefusedFor(lastHold, input.contentHash)
  const hold = asks ? keepHold(tx, { ...input, missing, outOf: found.before, lastHold }, now) : null
  const gone = mustHold ? [] : missing
  const ended = [...found.merged.values(), ...gone].map(({ id }) => id)
  markGone(tx, { pupilIds: ended, ...provenance })
  if (!mustHold && lastHold?.state === 'open') closeHold(tx, lastHold.id, 'resolved', now)
  writeRoster(tx, { ...input, version: (before?.version ?? 0) + 1, previousReadAt })
  keepProblems(tx, { roundId, unitId: institutionId, problems: judged.problems })
  appendEvent(tx, {
    at: now,
    type: 'roster-read',
    roundId,
    unitId: institutionId,
    data: {
      contentHash: input.contentHash,
      counted: judged.totals.counted,
      errors: judged.totals.errors,
      added: written.added,
      updated: written.updated,
      gone: gone.map(({ key }) => pupilHash(tx, key)),
      ...newNumbers(tx, found),
      held: mustHold ? missing.length : 0,
    },
  })
  if (wasEverConfirmed(tx, input)) {
    const readableKeys = new Set(judged.pupils.map((pupil) => pupil.key))
    const ref = { roundId, unitId: institutionId, component: 'roster' } as const
    watchDrift(tx, { ...ref, contentHash: input.contentHash, readableKeys }, now)
  }
  return { changed: true, added: written.added, updated: written.updated, gone: gone.length, hold }
}

/** Which keyed hash goes on as which, so that a pupil can be followed through the log; left out where nobody's number changed. */
function newNumbers(tx: Tx, found: WhoStandsThere): { renumbered?: { from: string; to: string }[] } {
  const renumbered = [...found.renumbered, ...found.merged].map(([key, former]) => ({
    from: pupilHash(tx, former.key),
    to: pupilHash(tx, key),
  }))
  return renumbered.length > 0 ? { renumbered } : {}
}
