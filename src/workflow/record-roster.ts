import { and, eq } from 'drizzle-orm'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { rosterProblems, rosters } from '../db/schema.ts'
import { appendEvent, pupilHash } from './event-log.ts'
import { closeHold, keepHold, lastRefusedHash, type OpenHold, openHoldOf } from './roster-holds.ts'
import { missingNeedsHold } from './rules/missing-guard.ts'
import type { judgeRoster } from './rules/roster/judge-roster.ts'
import { markGone, type ReadFacts, storedPupils, writePupils } from './write-pupils.ts'

type Judged = ReturnType<typeof judgeRoster>

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
 * Two-way safety). Who was first seen, changed or gone between which reads is kept per pupil (R39).
 */
export function recordRoster(
  tx: Tx,
  input: { roundId: RoundId; institutionId: UnitId; contentHash: string; judged: Judged; read: ReadFacts },
  now: Instant,
): RecordedRoster {
  const { roundId, institutionId, judged, read } = input
  const before = tx
    .select()
    .from(rosters)
    .where(and(eq(rosters.roundId, roundId), eq(rosters.institutionId, institutionId)))
    .get()
  const openHold = openHoldOf(tx, { roundId, institutionId })
  if (before?.contentHash === input.contentHash && sameFigures(before, judged)) {
    touchRead(tx, input)
    if (problemsMoved(tx, input)) writeProblems(tx, input)
    return { changed: false, added: 0, updated: 0, gone: 0, hold: openHold }
  }
  const stored = storedPupils(tx, roundId, institutionId)
  const present = [...stored.values()].filter((row) => row.goneAt === null)
  const written = writePupils(tx, { ...input, stored, previousReadAt: before?.readAt ?? null })
  const missing = present.filter((row) => !written.seen.has(row.key))
  const refused = lastRefusedHash(tx, { roundId, institutionId }) === input.contentHash
  const mustHold = missingNeedsHold({ before: present.length, missing: missing.length })
  const hold = mustHold && !refused ? keepHold(tx, { ...input, missing, outOf: present.length, openHold }, now) : null
  if (!mustHold) {
    markGone(tx, { missing, read, previousReadAt: before?.readAt ?? null })
    if (openHold) closeHold(tx, openHold.id, 'resolved', now)
  }
  writeRosterRow(tx, { ...input, version: (before?.version ?? 0) + 1 })
  writeProblems(tx, input)
  const gone = mustHold ? 0 : missing.length
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
      gone: mustHold ? [] : missing.map((row) => pupilHash(tx, row.key)),
      held: mustHold ? missing.length : 0,
    },
  })
  return { changed: true, added: written.added, updated: written.updated, gone, hold }
}

function sameFigures(before: typeof rosters.$inferSelect, judged: Judged): boolean {
  const { errors, counted, unexplainedWarnings } = judged.totals
  return before.errors === errors && before.counted === counted && before.unexplainedWarnings === unexplainedWarnings
}

/** Sorting changes no content, but people are told the rows where their mistakes stand now. */
function problemsMoved(tx: Tx, input: { roundId: RoundId; institutionId: UnitId; judged: Judged }): boolean {
  const rows = tx
    .select({ row: rosterProblems.row, code: rosterProblems.code, message: rosterProblems.message })
    .from(rosterProblems)
    .where(and(eq(rosterProblems.roundId, input.roundId), eq(rosterProblems.unitId, input.institutionId)))
    .orderBy(rosterProblems.id)
    .all()
  const { problems } = input.judged
  const same = (row: (typeof rows)[number], index: number) =>
    row.row === problems[index]?.row && row.code === problems[index]?.code && row.message === problems[index]?.message
  return rows.length !== problems.length || !rows.every(same)
}

function touchRead(tx: Tx, input: { roundId: RoundId; institutionId: UnitId; read: ReadFacts }): void {
  tx.update(rosters)
    .set(input.read)
    .where(and(eq(rosters.roundId, input.roundId), eq(rosters.institutionId, input.institutionId)))
    .run()
}

function writeRosterRow(
  tx: Tx,
  input: {
    roundId: RoundId
    institutionId: UnitId
    contentHash: string
    judged: Judged
    read: ReadFacts
    version: number
  },
): void {
  const { totals } = input.judged
  const values = {
    version: input.version,
    contentHash: input.contentHash,
    counted: totals.counted,
    errors: totals.errors,
    unexplainedWarnings: totals.unexplainedWarnings,
    totals,
    readAt: input.read.readAt,
    editedAt: input.read.editedAt,
    lastEditor: input.read.lastEditor,
    changedAt: input.read.readAt,
  }
  tx.insert(rosters)
    .values({ roundId: input.roundId, institutionId: input.institutionId, ...values })
    .onConflictDoUpdate({ target: [rosters.roundId, rosters.institutionId], set: values })
    .run()
}

function writeProblems(tx: Tx, input: { roundId: RoundId; institutionId: UnitId; judged: Judged }): void {
  const { roundId, institutionId: unitId } = input
  tx.delete(rosterProblems)
    .where(and(eq(rosterProblems.roundId, roundId), eq(rosterProblems.unitId, unitId)))
    .run()
  const rows = input.judged.problems.map((problem) => ({
    roundId,
    unitId,
    row: problem.row,
    columnKey: problem.column,
    severity: problem.severity,
    code: problem.code,
    message: problem.message,
    explained: problem.explained ?? false,
  }))
  for (let start = 0; start < rows.length; start += 500) {
    tx.insert(rosterProblems)
      .values(rows.slice(start, start + 500))
      .run()
  }
}
