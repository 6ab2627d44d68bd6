import type Database from 'better-sqlite3'
import { aliasedTable, and, asc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import type { Instant, RoundId, SharedPupilId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { componentStates, pupils, sharedPupilClaims, sharedPupilSteps, sharedPupils, units } from '../db/schema.ts'
import { maskId } from './rules/roster/mask-id.ts'
import { type BlockedPupil, holderOf } from './rules/shared-pupil.ts'
import { unitById } from './unit.ts'

type UnitRef = { id: UnitId; name: string }
type Step = typeof sharedPupilSteps.$inferSelect

export type SharedClaim = {
  institutionId: UnitId
  institution: UnitRef
  lao: UnitRef
  province: UnitRef
  since: Instant
  /** Where the pupil stands in this institution's own sheet; null when it stands in its confirmed figure only. */
  row: number | null
  /** Its roster is confirmed: it must be reopened before the pupil can be taken out. */
  confirmed: boolean
  /** Counts the pupil rightly as things stand: the first claimant, or whom the superior named. */
  holds: boolean
  evidence: { word: string; at: Instant } | null
  askedAt: Instant | null
}

/** An open question as people are shown it: the number masked, the one who holds the pupil first. */
export type SharedPupil = {
  id: SharedPupilId
  roundId: RoundId
  number: string
  version: number
  superiorId: UnitId
  openedAt: Instant
  decided: { keeperId: UnitId; reason: string; at: Instant; by: UnitRef } | null
  claims: SharedClaim[]
}

/** The open questions about pupils whom this institution counts, oldest first. */
export function sharedPupilsOf(
  tx: Tx,
  input: { roundId: RoundId; institutionId: UnitId },
  now: Instant,
): SharedPupil[] {
  const rows = preparedOn(tx, questionStatements).claimed.all(input)
  return described(tx, rows, now)
}

/** For every institution's card and act, mostly for nothing: see docs/decisions/0009. */
function questionStatements(raw: Database.Database) {
  return {
    claimed: raw.prepare<[{ roundId: RoundId; institutionId: UnitId }], { id: SharedPupilId }>(
      `SELECT question.id FROM shared_pupil_claims claim INDEXED BY shared_pupil_claims_institution
       CROSS JOIN shared_pupils question ON question.id = claim.shared_pupil_id
       WHERE claim.institution_id = @institutionId AND claim.ended_at IS NULL AND question.round_id = @roundId
         AND question.state = 'open'`,
    ),
  }
}

/** The open questions for which this unit is the lowest common superior, oldest first. */
export function sharedPupilsAt(tx: Tx, input: { roundId: RoundId; superiorId: UnitId }, now: Instant): SharedPupil[] {
  const rows = tx
    .select({ id: sharedPupils.id })
    .from(sharedPupils)
    .where(
      and(
        eq(sharedPupils.superiorId, input.superiorId),
        eq(sharedPupils.state, 'open'),
        eq(sharedPupils.roundId, input.roundId),
      ),
    )
    .all()
  return described(tx, rows, now)
}

/** These questions as they stand, oldest first; those that are over are left out. */
export function openSharedPupils(tx: Tx, ids: readonly SharedPupilId[], now: Instant): SharedPupil[] {
  return described(
    tx,
    ids.map((id) => ({ id })),
    now,
  )
}

export function openSharedPupil(tx: Tx, id: SharedPupilId, now: Instant): SharedPupil | null {
  return openSharedPupils(tx, [id], now)[0] ?? null
}

/** What keeps this institution from confirming: pupils whom another one counted first or was decided for. */
export function blockedPupilsOf(
  tx: Tx,
  input: { roundId: RoundId; institutionId: UnitId },
  now: Instant,
): BlockedPupil[] {
  return sharedPupilsOf(tx, input, now).flatMap((question) => {
    const own = question.claims.find((claim) => claim.institutionId === input.institutionId)
    const holder = question.claims.find((claim) => claim.holds)
    if (!own || !holder || own.holds) return []
    const { institution, lao } = holder
    return [
      {
        row: own.row,
        number: question.number,
        at: institution.name,
        lao: lao.name,
        decided: question.decided !== null,
        ...(question.decided ? { decidedBy: question.decided.by.name } : {}),
      },
    ]
  })
}

const AT_ONCE = 500

function described(tx: Tx, rows: readonly { id: SharedPupilId }[], now: Instant): SharedPupil[] {
  const ids = rows.map((row) => row.id).sort((a, b) => a - b)
  const made: SharedPupil[] = []
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    made.push(...describe(tx, ids.slice(start, start + AT_ONCE), now))
  }
  return made
}

function describe(tx: Tx, ids: SharedPupilId[], now: Instant): SharedPupil[] {
  const asked = { ids: JSON.stringify(ids), now }
  const found = preparedOn(tx, describeStatements)
  const questions = found.questions.all(asked)
  if (questions.length === 0) return []
  const claims = Map.groupBy(found.claims.all(asked), (row) => row.sharedPupilId)
  const steps = Map.groupBy(found.steps.all(asked), (row) => row.sharedPupilId)
  return questions.flatMap((question) => {
    const own = claims.get(question.id) ?? []
    if (own.length < 2) return []
    const holder = holderOf({ claims: own, keeperId: question.keeperId })
    const said = steps.get(question.id) ?? []
    const { id, roundId, version, superiorId, openedAt } = question
    const shown = own.map((row) => claimShown(row, { holder: row === holder, said, openedAt }))
    return [
      {
        id,
        roundId,
        number: maskId(question.key),
        version,
        superiorId,
        openedAt,
        decided: decisionOf(tx, question, said),
        claims: shown.sort((a, b) => Number(b.holds) - Number(a.holds) || a.since - b.since),
      },
    ]
  })
}

type ClaimRow = ReturnType<ReturnType<typeof describeStatements>['claims']['all']>[number]

/** For every card of an institution that shares a pupil: see docs/decisions/0009. */
function describeStatements(_raw: Database.Database, tx: Tx) {
  const ids = sql`(select value from json_each(${sql.placeholder('ids')}))`
  const laos = aliasedTable(units, 'laos')
  const provinces = aliasedTable(units, 'provinces')
  return {
    questions: tx
      .select()
      .from(sharedPupils)
      .where(and(inArray(sharedPupils.id, ids), eq(sharedPupils.state, 'open')))
      .orderBy(asc(sharedPupils.id))
      .prepare(),
    claims: tx
      .select({
        sharedPupilId: sharedPupilClaims.sharedPupilId,
        institutionId: sharedPupilClaims.institutionId,
        since: sharedPupilClaims.since,
        name: units.name,
        laoId: laos.id,
        laoName: laos.name,
        provinceId: provinces.id,
        provinceName: provinces.name,
        row: pupils.row,
        goneAt: pupils.goneAt,
        confirmationId: componentStates.confirmationId,
      })
      .from(sharedPupilClaims)
      .innerJoin(sharedPupils, eq(sharedPupils.id, sharedPupilClaims.sharedPupilId))
      .innerJoin(units, eq(units.id, sharedPupilClaims.institutionId))
      .innerJoin(laos, eq(laos.id, units.parentId))
      .innerJoin(provinces, eq(provinces.id, laos.parentId))
      .leftJoin(
        pupils,
        and(
          eq(pupils.roundId, sharedPupils.roundId),
          eq(pupils.institutionId, sharedPupilClaims.institutionId),
          eq(pupils.key, sharedPupils.key),
        ),
      )
      .leftJoin(
        componentStates,
        and(
          eq(componentStates.roundId, sharedPupils.roundId),
          eq(componentStates.unitId, sharedPupilClaims.institutionId),
          eq(componentStates.component, 'roster'),
        ),
      )
      .where(
        and(
          inArray(sharedPupilClaims.sharedPupilId, ids),
          isNull(sharedPupilClaims.endedAt),
          or(isNull(units.closedAt), gt(units.closedAt, sql.placeholder('now'))),
        ),
      )
      .prepare(),
    steps: tx
      .select()
      .from(sharedPupilSteps)
      .where(inArray(sharedPupilSteps.sharedPupilId, ids))
      .orderBy(asc(sharedPupilSteps.id))
      .prepare(),
  }
}

function claimShown(row: ClaimRow, input: { holder: boolean; said: Step[]; openedAt: Instant }): SharedClaim {
  const own = input.said.filter((step) => step.unitId === row.institutionId)
  const word = own.findLast((step) => step.act === 'evidence')
  // Asked again when the question comes back.
  const asked = own.findLast((step) => step.act === 'release_asked' && step.at >= input.openedAt)
  return {
    institutionId: row.institutionId,
    institution: { id: row.institutionId, name: row.name },
    lao: { id: row.laoId, name: row.laoName },
    province: { id: row.provinceId, name: row.provinceName },
    since: row.since,
    row: row.goneAt === null ? row.row : null,
    confirmed: row.confirmationId !== null,
    holds: input.holder,
    evidence: word?.word ? { word: word.word, at: word.at } : null,
    askedAt: asked?.at ?? null,
  }
}

function decisionOf(tx: Tx, question: typeof sharedPupils.$inferSelect, said: readonly Step[]): SharedPupil['decided'] {
  if (question.keeperId === null) return null
  const step = said.findLast((one) => one.act === 'decided' && one.keeperId === question.keeperId)
  const { id, name } = unitById(tx, step?.unitId ?? question.superiorId)
  const { keeperId, openedAt } = question
  return { keeperId, reason: step?.word ?? '', at: step?.at ?? openedAt, by: { id, name } }
}

/** Of these questions the masked numbers of those that are over for a unit: resolved, or it no longer counts the pupil. */
export function overForUnit(tx: Tx, input: { ids: readonly SharedPupilId[]; unitId: UnitId }, now: Instant): string[] {
  const open = openSharedPupils(tx, input.ids, now)
  const still = open.filter((question) => question.claims.some((claim) => claim.institutionId === input.unitId))
  const stillIds = new Set(still.map((question) => question.id))
  const ids = input.ids.filter((id) => !stillIds.has(id))
  if (ids.length === 0) return []
  return tx
    .select({ key: sharedPupils.key })
    .from(sharedPupils)
    .where(inArray(sharedPupils.id, ids))
    .all()
    .map((row) => maskId(row.key))
}
