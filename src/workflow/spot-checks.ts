import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Instant, PupilId, RoundId, SpotCheckId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { events, people, pupils, spotCheckInstitutions, spotCheckPupils, spotChecks, units } from '../db/schema.ts'
import { maskId } from './rules/roster/mask-id.ts'
import type { Pupil } from './rules/roster/pupil.ts'
import { type RiskReason, riskOf } from './rules/spot-risk.ts'
import { drawFromFrame, hashOfFrame, type SpotCheckRow } from './spot-check-draw.ts'
import type { SpotFrame } from './spot-check-frame.ts'

/** One pupil of the list as people are shown it: never a name, never a whole number. */
export type SpotPupil = {
  number: number
  /** Where the pupil stands in the sheet now; null when the row is gone. */
  row: number | null
  /** Null while the child waits for a G-Code. */
  masked: string | null
  result: 'found' | 'not_found' | null
  note: string | null
  /** Taken out of the count since, by row or by status. */
  settled: boolean
}

export type SpotInstitution = {
  id: UnitId
  name: string
  laoId: UnitId | null
  reasons: RiskReason[]
  note: string | null
  pupils: SpotPupil[]
}

export type SpotCheck = {
  id: SpotCheckId
  number: number
  seed: string
  drawnAt: Instant
  /** Null: the department's operator. */
  by: string | null
  institutions: SpotInstitution[]
}

/** Every draw of a province in a round, the first one first, with what was found so far. */
export function spotChecksOf(tx: Tx, where: { roundId: RoundId; provinceId: UnitId }): SpotCheck[] {
  const draws = tx
    .select({ draw: spotChecks, by: people.name })
    .from(spotChecks)
    .leftJoin(people, eq(people.id, spotChecks.personId))
    .where(and(eq(spotChecks.roundId, where.roundId), eq(spotChecks.provinceId, where.provinceId)))
    .orderBy(asc(spotChecks.number))
    .all()
  const ids = draws.map(({ draw }) => draw.id)
  if (ids.length === 0) return []
  const places = tx
    .select({ place: spotCheckInstitutions, name: units.name, laoId: units.parentId })
    .from(spotCheckInstitutions)
    .innerJoin(units, eq(units.id, spotCheckInstitutions.institutionId))
    .where(inArray(spotCheckInstitutions.spotCheckId, ids))
    .orderBy(asc(spotCheckInstitutions.position))
    .all()
  const found = pupilsOf(tx, ids)
  return draws.map(({ draw, by }) => {
    const facts = new Map(frameOf(draw).institutions.map((one) => [one.id, one]))
    return {
      id: draw.id,
      number: draw.number,
      seed: draw.seed,
      drawnAt: draw.drawnAt,
      by,
      institutions: places
        .filter(({ place }) => place.spotCheckId === draw.id)
        .map(({ place, name, laoId }) => {
          const known = facts.get(place.institutionId)
          return {
            id: place.institutionId,
            name,
            laoId,
            reasons: known ? riskOf(known).reasons.map(({ reason }) => reason) : [],
            note: place.note,
            pupils: found
              .filter((row) => row.spotCheckId === draw.id && row.institutionId === place.institutionId)
              .map((row) => row.shown),
          }
        }),
    }
  })
}

/** These numbers of one draw, for telling people about them. */
export function spotPupils(
  tx: Tx,
  input: { spotCheckId: SpotCheckId; institutionId: UnitId; numbers: readonly number[] },
): SpotPupil[] {
  return pupilsOf(tx, [input.spotCheckId])
    .filter((row) => row.institutionId === input.institutionId && input.numbers.includes(row.shown.number))
    .map((row) => row.shown)
}

function pupilsOf(tx: Tx, ids: SpotCheckId[]) {
  return tx
    .select({
      spotCheckId: spotCheckPupils.spotCheckId,
      institutionId: spotCheckPupils.institutionId,
      number: spotCheckPupils.number,
      result: spotCheckPupils.result,
      note: spotCheckPupils.note,
      row: pupils.row,
      data: pupils.data,
      counts: pupils.counts,
      goneAt: pupils.goneAt,
    })
    .from(spotCheckPupils)
    .innerJoin(pupils, eq(pupils.id, spotCheckPupils.pupilId))
    .where(inArray(spotCheckPupils.spotCheckId, ids))
    .orderBy(asc(spotCheckPupils.number))
    .all()
    .map(({ spotCheckId, institutionId, row, data, counts, goneAt, ...said }) => {
      const { number } = data as Pupil
      const shown: SpotPupil = {
        ...said,
        row: goneAt === null ? row : null,
        masked: number === null ? null : maskId(number),
        settled: goneAt !== null || !counts,
      }
      return { spotCheckId, institutionId, shown }
    })
}

export type Redrawn = {
  draw: SpotCheckRow
  institutions: { id: UnitId; name: string; pupils: { id: PupilId; number: number; masked: string | null }[] }[]
  faults: ('frame-changed' | 'not-in-log' | 'list-differs')[]
}

/** Draws again from what was recorded with this seed and holds it against the list and the log; null when no draw has it. */
export function redrawSpotCheck(tx: Tx, seed: string): Redrawn | null {
  const draw = tx.select().from(spotChecks).where(eq(spotChecks.seed, seed.trim())).get()
  if (!draw) return null
  const faults: Redrawn['faults'] = []
  if (hashOfFrame(draw.frame) !== draw.frameHash) faults.push('frame-changed')
  if (!isLogged(tx, draw)) faults.push('not-in-log')
  const again = drawFromFrame(frameOf(draw), draw.seed)
  const listed = tx
    .select()
    .from(spotCheckPupils)
    .where(eq(spotCheckPupils.spotCheckId, draw.id))
    .orderBy(asc(spotCheckPupils.number))
    .all()
  const places = tx
    .select()
    .from(spotCheckInstitutions)
    .where(eq(spotCheckInstitutions.spotCheckId, draw.id))
    .orderBy(asc(spotCheckInstitutions.position))
    .all()
  const asListed = JSON.stringify([
    places.map((row) => row.institutionId),
    listed.map((row) => [row.number, row.institutionId, row.pupilId]),
  ])
  const asDrawn = JSON.stringify([
    again.map((one) => one.id),
    again.flatMap((one) => one.pupils.map((pupil) => [pupil.number, one.id, pupil.id])),
  ])
  if (asListed !== asDrawn) faults.push('list-differs')
  return {
    draw,
    faults,
    institutions: again.map((one) => ({
      id: one.id,
      name: tx.select({ name: units.name }).from(units).where(eq(units.id, one.id)).get()?.name ?? '',
      pupils: one.pupils.map((pupil) => ({ ...pupil, masked: maskedNumber(tx, pupil.id) })),
    })),
  }
}

/** The log is append-only: a draw that it does not hold with this very seed and frame was made up or changed. */
function isLogged(tx: Tx, draw: SpotCheckRow): boolean {
  return tx
    .select({ data: events.data })
    .from(events)
    .where(and(eq(events.type, 'spot-check-drawn'), eq(events.unitId, draw.provinceId)))
    .all()
    .some(({ data }) => {
      const said = JSON.parse(data) as { spotCheckId?: number; seed?: string; frameHash?: string }
      return said.spotCheckId === draw.id && said.seed === draw.seed && said.frameHash === draw.frameHash
    })
}

function maskedNumber(tx: Tx, id: PupilId): string | null {
  const row = tx.select({ data: pupils.data }).from(pupils).where(eq(pupils.id, id)).get()
  const number = (row?.data as Pupil | undefined)?.number ?? null
  return number === null ? null : maskId(number)
}

const frameOf = (draw: SpotCheckRow): SpotFrame => JSON.parse(draw.frame) as SpotFrame
