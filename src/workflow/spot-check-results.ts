import { and, eq, inArray } from 'drizzle-orm'
import type { Instant, SpotCheckId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { people, spotCheckInstitutions, spotCheckPupils, spotChecks } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import { parentOf, type Round, windowOf } from './rounds.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { hashOfPupil, provinceRefusal } from './spot-check-draw.ts'
import { unitById } from './unit.ts'

export type SpotResult = 'found' | 'not_found'
type Listed = typeof spotCheckPupils.$inferSelect

export type RecordedResults = {
  recorded: number[]
  /** Said before in the same way, by whom and when. */
  already: { number: number; result: SpotResult; by: string; at: Instant }[]
  /** Told of somebody not found, but nobody there can be reached in chat. */
  unreached: string[]
}

/**
 * The province's officer puts on record who was found (พบตัว) and who was not (ไม่พบ), by the numbers of the list, with a note. The
 * last word counts. Of a pupil not found the institution and its LAO are told at once, and again when the pupil was found
 * after all. With one unknown number nothing is recorded.
 */
export function recordSpotResults(
  tx: Tx,
  input: {
    round: Round
    actor: Actor
    numbers: readonly number[]
    result: SpotResult
    note?: string | null
    tap?: Tap | undefined
  },
  now: Instant,
): Decision<RecordedResults> {
  const { round, actor, result } = input
  const at = input.tap ? Math.min(input.tap.tappedAt, input.tap.receivedAt) : now
  const found = listed(tx, { round, actor, numbers: input.numbers, at })
  if (!found.ok) return found
  const note = input.note?.trim() || null
  const same = (row: Listed) => row.result === result && (note === null || note === row.note)
  const changed = found.rows.filter((row) => !same(row))
  for (const row of changed) {
    const set = { result, note: note ?? (row.result === result ? row.note : null), ...signed(actor, at) }
    tx.update(spotCheckPupils).set(set).where(eq(spotCheckPupils.id, row.id)).run()
  }
  const unreached = new Set<string>()
  for (const rows of byPlace(changed)) {
    writeEvent(tx, { round, actor, at, rows, result })
    for (const name of tellOf(tx, { round, actor, rows, result }, now)) unreached.add(name)
  }
  return {
    ok: true,
    recorded: changed.map(({ number }) => number),
    already: found.rows.filter(same).map((row) => ({
      number: row.number,
      result,
      by: nameOf(tx, row),
      at: row.resultAt ?? at,
    })),
    unreached: [...unreached],
  }
}

/** A note on one pupil of the list, or on a whole institution (closed on the day of the visit, say). */
export function noteSpotCheck(
  tx: Tx,
  input: {
    round: Round
    actor: Actor
    about: { number: number } | { institutionId: UnitId }
    note: string
    tap?: Tap | undefined
  },
  now: Instant,
): Decision {
  const { round, actor, about } = input
  const at = input.tap ? Math.min(input.tap.tappedAt, input.tap.receivedAt) : now
  const note = input.note.trim()
  const numbers = 'number' in about ? [about.number] : []
  const found = listed(tx, { round, actor, numbers, at })
  if (!found.ok) return found
  if (note === '') return refuse({ why: 'no-reason' })
  const [row] = found.rows
  if (row) tx.update(spotCheckPupils).set({ note }).where(eq(spotCheckPupils.id, row.id)).run()
  const place = 'institutionId' in about ? lastDrawOf(tx, { round, actor, institutionId: about.institutionId }) : null
  if (place) {
    tx.update(spotCheckInstitutions)
      .set({ note, noteAt: at, noteByAppointmentId: actor.appointmentId })
      .where(
        and(
          eq(spotCheckInstitutions.spotCheckId, place.spotCheckId),
          eq(spotCheckInstitutions.institutionId, place.institutionId),
        ),
      )
      .run()
  }
  const noted = row ?? place
  if (!noted) return refuse({ why: 'spot-check-unknown', numbers: [] })
  const { spotCheckId, institutionId } = noted
  appendEvent(tx, {
    at,
    type: 'spot-check-note',
    roundId: round.id,
    unitId: institutionId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    // The note is what a person typed: it stands in the list, where it can be erased.
    data: { spotCheckId, ...(row ? { number: row.number, pupil: hashOfPupil(tx, row.pupilId) } : {}) },
  })
  return { ok: true }
}

/** The rows of these numbers, when this person may say something about them now. */
function listed(
  tx: Tx,
  input: { round: Round; actor: Actor; numbers: readonly number[]; at: Instant },
): Decision<{ rows: Listed[] }> {
  const { round, actor, at } = input
  const refusal = provinceRefusal(actor, actor.unitId) ?? closedRefusal(tx, { round, actor, at })
  if (refusal) return refuse(refusal)
  const numbers = [...new Set(input.numbers)]
  const rows = tx
    .select({ row: spotCheckPupils })
    .from(spotCheckPupils)
    .innerJoin(spotChecks, eq(spotChecks.id, spotCheckPupils.spotCheckId))
    .where(
      and(
        eq(spotChecks.roundId, round.id),
        eq(spotChecks.provinceId, actor.unitId),
        inArray(spotCheckPupils.number, numbers),
      ),
    )
    .orderBy(spotCheckPupils.number)
    .all()
    .map(({ row }) => row)
  const unknown = numbers.filter((number) => !rows.some((row) => row.number === number))
  return unknown.length > 0 ? refuse({ why: 'spot-check-unknown', numbers: unknown }) : { ok: true, rows }
}

/** What a visit found may still be put on record until the province's own window closes. */
function closedRefusal(tx: Tx, input: { round: Round; actor: Actor; at: Instant }): Refusal | null {
  const { round, actor, at } = input
  const { closesAt } = windowOf(tx, { round, unitId: actor.unitId, component: 'province' }, at)
  return at < closesAt ? null : { why: 'spot-check-closed', opensAt: round.recordingOpensAt, closesAt }
}

function lastDrawOf(
  tx: Tx,
  input: { round: Round; actor: Actor; institutionId: UnitId },
): { spotCheckId: SpotCheckId; institutionId: UnitId } | null {
  const rows = tx
    .select({ spotCheckId: spotCheckInstitutions.spotCheckId, institutionId: spotCheckInstitutions.institutionId })
    .from(spotCheckInstitutions)
    .innerJoin(spotChecks, eq(spotChecks.id, spotCheckInstitutions.spotCheckId))
    .where(
      and(
        eq(spotChecks.roundId, input.round.id),
        eq(spotChecks.provinceId, input.actor.unitId),
        eq(spotCheckInstitutions.institutionId, input.institutionId),
      ),
    )
    .orderBy(spotChecks.number)
    .all()
  return rows.at(-1) ?? null
}

const signed = (actor: Actor, at: Instant) => ({
  resultAt: at,
  resultByPersonId: actor.personId,
  resultByAppointmentId: actor.appointmentId,
})

const byPlace = (rows: Listed[]): Listed[][] => [
  ...Map.groupBy(rows, (row) => `${row.spotCheckId}:${row.institutionId}`).values(),
]

function writeEvent(
  tx: Tx,
  input: { round: Round; actor: Actor; at: Instant; rows: Listed[]; result: SpotResult },
): void {
  const { round, actor, at, rows, result } = input
  const [first] = rows
  if (!first) return
  const listed = rows.map((row) => ({ number: row.number, pupil: hashOfPupil(tx, row.pupilId), former: row.result }))
  appendEvent(tx, {
    at,
    type: 'spot-check-result',
    roundId: round.id,
    unitId: first.institutionId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: { spotCheckId: first.spotCheckId, result, pupils: listed },
  })
}

/** Tells institution and LAO; returns the names of those where nobody can be reached. */
function tellOf(
  tx: Tx,
  input: { round: Round; actor: Actor; rows: Listed[]; result: SpotResult },
  now: Instant,
): string[] {
  const { round, actor, result } = input
  // A first "found" is no news; one after "not found" takes back what was told.
  const rows =
    result === 'not_found'
      ? input.rows.filter((row) => row.result !== 'not_found')
      : input.rows.filter((row) => row.result === 'not_found')
  const [first] = rows
  if (!first) return []
  const { spotCheckId, institutionId } = first
  const laoId = parentOf(tx, institutionId)
  const what = result === 'not_found' ? ('not_found' as const) : ('found_after_all' as const)
  const numbers = rows.map(({ number }) => number)
  return [institutionId, ...(laoId === null ? [] : [laoId])].flatMap((unitId) => {
    const notice = {
      type: 'spot-check-news',
      what,
      roundId: round.id,
      spotCheckId,
      institutionId,
      unitId,
      numbers,
    } as const
    const told = noticeUnit(tx, { unitId, notice, urgency: URGENCY.actNow, except: actor.personId }, now)
    return told > 0 ? [] : [unitById(tx, unitId).name]
  })
}

function nameOf(tx: Tx, row: Listed): string {
  if (row.resultByPersonId === null) return ''
  return tx.select({ name: people.name }).from(people).where(eq(people.id, row.resultByPersonId)).get()?.name ?? ''
}
