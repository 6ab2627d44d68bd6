import type Database from 'better-sqlite3'
import type { Instant, RoundId, SharedPupilId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import { holderOf } from './rules/shared-pupil.ts'

export type SharedFigures = { open: number; blocking: number }

/** For each of these institutions, or those of these LAOs, that has any: how many of its pupils are claimed elsewhere too, and how many of them block it. */
export function sharedFigures(
  tx: Tx,
  input: { roundId: RoundId } & ({ laoIds: UnitId[] } | { institutionIds: UnitId[] }),
  now: Instant,
): Map<UnitId, SharedFigures> {
  const figures = new Map<UnitId, SharedFigures>()
  const { below, of } = preparedOn(tx, claimStatements)
  const { roundId } = input
  const rows =
    'laoIds' in input
      ? below.all({ roundId, ids: JSON.stringify(input.laoIds), now })
      : of.all({ roundId, ids: JSON.stringify(input.institutionIds), now })
  for (const claims of Map.groupBy(rows, (row) => row.id).values()) {
    if (claims.length < 2) continue
    const holder = holderOf({ claims, keeperId: claims[0]?.keeperId ?? null })
    for (const claim of claims) {
      const before = figures.get(claim.institutionId) ?? { open: 0, blocking: 0 }
      const blocking = before.blocking + (claim === holder ? 0 : 1)
      figures.set(claim.institutionId, { open: before.open + 1, blocking })
    }
  }
  return figures
}

type ClaimRow = { id: SharedPupilId; institutionId: UnitId; since: Instant; keeperId: UnitId | null }

type Asked = { roundId: RoundId; ids: string; now: Instant }

/** Every standing claim in a question that one of the institutions `u` has a part in. */
const claimsWith = (institutions: string): string =>
  `WITH here AS MATERIALIZED (
     SELECT DISTINCT own.shared_pupil_id AS id FROM json_each(@ids) asked CROSS JOIN ${institutions}
     CROSS JOIN shared_pupil_claims own INDEXED BY shared_pupil_claims_institution
       ON own.institution_id = u.id AND own.ended_at IS NULL
   )
   SELECT claim.shared_pupil_id AS id, claim.institution_id AS institutionId, claim.since, question.keeper_id AS keeperId
   FROM here
   CROSS JOIN shared_pupils question ON question.id = here.id AND question.round_id = @roundId AND question.state = 'open'
   CROSS JOIN shared_pupil_claims claim ON claim.shared_pupil_id = question.id AND claim.ended_at IS NULL
   CROSS JOIN units c ON c.id = claim.institution_id AND (c.closed_at IS NULL OR c.closed_at > @now)`

/** All begin at the units asked for: left alone, SQLite walks through every question of the round. */
function claimStatements(raw: Database.Database) {
  return {
    below: raw.prepare<[Asked], ClaimRow>(
      claimsWith(`units u INDEXED BY units_parent ON u.parent_id = asked.value AND u.level = 'institution'`),
    ),
    of: raw.prepare<[Asked], ClaimRow>(claimsWith('units u ON u.id = asked.value')),
    waiting: raw
      .prepare<[{ roundId: RoundId; superiorId: UnitId; now: Instant }], number>(
        `SELECT count(*) FROM shared_pupils question INDEXED BY shared_pupils_superior
         WHERE question.superior_id = @superiorId AND question.state = 'open' AND question.round_id = @roundId AND 1 < (
           SELECT count(*) FROM shared_pupil_claims claim CROSS JOIN units u ON u.id = claim.institution_id
           WHERE claim.shared_pupil_id = question.id AND claim.ended_at IS NULL
             AND (u.closed_at IS NULL OR u.closed_at > @now))`,
      )
      .pluck(),
  }
}

/** How many open questions have this unit as their common superior. */
export function sharedPupilsWaitingAt(tx: Tx, input: { roundId: RoundId; superiorId: UnitId }, now: Instant): number {
  return preparedOn(tx, claimStatements).waiting.get({ ...input, now }) ?? 0
}
