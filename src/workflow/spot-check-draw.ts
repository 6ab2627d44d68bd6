import { createHash } from 'node:crypto'
import { and, desc, eq, max } from 'drizzle-orm'
import type { Instant, PupilId, RoundId, SpotCheckId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { pupils, spotCheckInstitutions, spotCheckPupils, spotChecks } from '../db/schema.ts'
import type { Tap } from './act-time.ts'
import type { Actor } from './actor.ts'
import { appendEvent, logHead, pupilHash } from './event-log.ts'
import { type Round, windowOf } from './rounds.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'
import { institutionWeight, pupilsToDraw, pupilWeight } from './rules/spot-risk.ts'
import { drawSample, SAMPLE_METHOD } from './rules/spot-sample.ts'
import { framedInstitutions, framedPupils, type SpotFrame } from './spot-check-frame.ts'

export type SpotCheckRow = typeof spotChecks.$inferSelect
export type DrawnInstitution = { id: UnitId; pupils: { id: PupilId; number: number }[] }

export const MOST_INSTITUTIONS = 50

/**
 * The province draws institutions and in each of them pupils to be looked for (R40), weighted by risk; several times a round, while
 * recording is open. `actor` null: the department's operator. Without a `seed` it is made from the log's head, which nobody
 * chooses and the log keeps; `after` is the last draw that the person knew of.
 */
export function drawSpotCheck(
  tx: Tx,
  input: {
    round: Round
    provinceId: UnitId
    actor: Actor | null
    institutions: number
    seed?: string | undefined
    after?: number | undefined
    tap?: Tap | undefined
  },
  now: Instant,
): Decision<{ id: SpotCheckId; number: number; seed: string; institutions: number; pupils: number }> {
  const { round, provinceId, actor } = input
  const at = input.tap ? Math.min(input.tap.tappedAt, input.tap.receivedAt) : now
  const last = lastNumbers(tx, { roundId: round.id, provinceId })
  const refusal = (actor && provinceRefusal(actor, provinceId)) ?? windowRefusal(tx, { round, provinceId, at })
  if (refusal) return refuse(refusal)
  if (input.after !== undefined && input.after !== last.draw) return refuse({ why: 'changed-since-shown' })
  const number = last.draw + 1
  const seed = input.seed?.trim() || seedFromLog(tx, { round, provinceId, number })
  if (tx.select({ id: spotChecks.id }).from(spotChecks).where(eq(spotChecks.seed, seed)).get())
    return refuse({ why: 'spot-check-seed-used' })
  const wanted = Math.max(1, Math.min(MOST_INSTITUTIONS, Math.floor(input.institutions)))
  const frame = frameOf(tx, { round, provinceId, at, wanted, firstNumber: last.pupil + 1, seed }, now)
  if (frame.institutions.length === 0) return refuse({ why: 'spot-check-nobody' })
  const drawn = drawFromFrame(frame, seed)
  const id = writeDraw(tx, { round, provinceId, actor, number, seed, given: Boolean(input.seed?.trim()), frame, drawn })
  const count = drawn.reduce((sum, one) => sum + one.pupils.length, 0)
  return { ok: true, id, number, seed, institutions: drawn.length, pupils: count }
}

/** The same list again from a frame and a seed: pure, so that an auditor gets what the province got. */
export function drawFromFrame(frame: SpotFrame, seed: string): DrawnInstitution[] {
  let number = frame.firstNumber
  return drawnInstitutions(frame, seed).map(({ id }) => {
    const rows = frame.pupils.find(({ institutionId }) => institutionId === id)?.rows ?? []
    const items = rows.map((pupil) => ({ ...pupil, key: `pupil:${pupil.id}`, weight: pupilWeight(pupil) }))
    const drawn = drawSample(items, { size: pupilsToDraw(rows.length), seed, digest: sha256 })
    // Visited in the order of the sheet.
    const inOrder = drawn.sort((a, b) => a.row - b.row || a.id - b.id)
    return { id, pupils: inOrder.map((pupil) => ({ id: pupil.id, number: number++ })) }
  })
}

function drawnInstitutions(frame: Pick<SpotFrame, 'institutions' | 'wanted'>, seed: string): { id: UnitId }[] {
  const items = frame.institutions.map((one) => ({
    id: one.id,
    key: `institution:${one.id}`,
    weight: institutionWeight(one),
  }))
  return drawSample(items, { size: frame.wanted, seed, digest: sha256 })
}

export const frameText = (frame: SpotFrame): string => JSON.stringify(frame)
export const hashOfFrame = (text: string): string => sha256(text)

/** Only an officer of the province itself; null is yes. */
export function provinceRefusal(actor: Actor, provinceId: UnitId): Refusal | null {
  if (actor.level !== 'province' || actor.unitId !== provinceId) return { why: 'not-yours' }
  return actor.role === 'officer' ? null : { why: 'reads-only' }
}

export function lastNumbers(tx: Tx, where: { roundId: RoundId; provinceId: UnitId }): { draw: number; pupil: number } {
  const inRound = and(eq(spotChecks.roundId, where.roundId), eq(spotChecks.provinceId, where.provinceId))
  const draw =
    tx
      .select({ n: max(spotChecks.number) })
      .from(spotChecks)
      .where(inRound)
      .get()?.n ?? 0
  const pupil =
    tx
      .select({ n: spotCheckPupils.number })
      .from(spotCheckPupils)
      .innerJoin(spotChecks, eq(spotChecks.id, spotCheckPupils.spotCheckId))
      .where(inRound)
      .orderBy(desc(spotCheckPupils.number))
      .limit(1)
      .get()?.n ?? 0
  return { draw, pupil }
}

/** While recording is open, extensions included. */
function windowRefusal(tx: Tx, input: { round: Round; provinceId: UnitId; at: Instant }): Refusal | null {
  const { round, provinceId, at } = input
  const { closesAt } = windowOf(tx, { round, unitId: provinceId, component: 'overview' }, at)
  const opensAt = round.recordingOpensAt
  return at >= opensAt && at < closesAt ? null : { why: 'spot-check-closed', opensAt, closesAt }
}

function seedFromLog(tx: Tx, input: { round: Round; provinceId: UnitId; number: number }): string {
  return sha256([logHead(tx).hash, input.round.code, input.provinceId, input.number].join('\n')).slice(0, 32)
}

function frameOf(
  tx: Tx,
  input: { round: Round; provinceId: UnitId; at: Instant; wanted: number; firstNumber: number; seed: string },
  now: Instant,
): SpotFrame {
  const { round, provinceId, at, wanted, firstNumber, seed } = input
  const institutions = framedInstitutions(tx, { round, provinceId }, now)
  const chosen = drawnInstitutions({ institutions, wanted }, seed)
  return {
    method: SAMPLE_METHOD,
    roundId: round.id,
    provinceId,
    drawnAt: at,
    wanted,
    firstNumber,
    institutions,
    pupils: chosen.map(({ id }) => ({ institutionId: id, rows: framedPupils(tx, { round, institutionId: id }) })),
  }
}

function writeDraw(
  tx: Tx,
  input: {
    round: Round
    provinceId: UnitId
    actor: Actor | null
    number: number
    seed: string
    given: boolean
    frame: SpotFrame
    drawn: DrawnInstitution[]
  },
): SpotCheckId {
  const { round, provinceId, actor, number, seed, frame, drawn } = input
  const text = frameText(frame)
  const frameHash = hashOfFrame(text)
  const seedFrom = input.given ? 'given' : 'log'
  const who = { personId: actor?.personId ?? null, appointmentId: actor?.appointmentId ?? null }
  const { id } = tx
    .insert(spotChecks)
    .values({
      roundId: round.id,
      provinceId,
      number,
      method: frame.method,
      seed,
      seedFrom,
      frame: text,
      frameHash,
      ...who,
      drawnAt: frame.drawnAt,
    })
    .returning({ id: spotChecks.id })
    .get()
  drawn.forEach((one, index) => {
    tx.insert(spotCheckInstitutions)
      .values({ spotCheckId: id, institutionId: one.id, position: index + 1 })
      .run()
    for (const pupil of one.pupils) {
      tx.insert(spotCheckPupils)
        .values({ spotCheckId: id, institutionId: one.id, pupilId: pupil.id, number: pupil.number })
        .run()
    }
  })
  const institutions = drawn.map((one) => ({
    id: one.id,
    pupils: one.pupils.map((pupil) => ({ number: pupil.number, pupil: hashOfPupil(tx, pupil.id) })),
  }))
  appendEvent(tx, {
    at: frame.drawnAt,
    type: 'spot-check-drawn',
    roundId: round.id,
    unitId: provinceId,
    ...who,
    data: {
      spotCheckId: id,
      number,
      method: frame.method,
      seed,
      seedFrom,
      frameHash,
      institutions,
      ...(actor ? {} : { by: 'operator' }),
    },
  })
  return id
}

/** How a pupil is named in the log. */
export function hashOfPupil(tx: Tx, id: PupilId): string {
  return pupilHash(tx, tx.select({ key: pupils.key }).from(pupils).where(eq(pupils.id, id)).get()?.key ?? '')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
