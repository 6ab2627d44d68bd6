import type Database from 'better-sqlite3'
import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { Role, UnitLevel } from '../db/schema.ts'
import { type Agreement, agreementsOf } from './agreements.ts'
import { extensionInstants } from './extension-reach.ts'
import type { Owes } from './notice.ts'
import { departmentOwes, laoOwes, OWES_NOTHING, provinceOwes } from './remind.ts'
import { type Round, windowOf } from './rounds.ts'
import type { ReminderSpan } from './rules/reminders/moments.ts'
import { confirmWindow, type WindowComponent } from './rules/round-window.ts'
import { type LaoLine, laoLines } from './structure.ts'
import { childrenOf } from './unit.ts'

/** A unit that owes something, to whom there it is told, and the spans whose moments count for it. */
export type Owing = {
  unitId: UnitId
  level: UnitLevel
  role: Extract<Role, 'officer' | 'executive'>
  owes: Owes
  /** What is left of it once the round is over: an edit after the close counts for nothing. */
  owesClosed: Owes | null
  spans: ReminderSpan[]
}

/** Everything that owes in one province: its institutions, LAOs with their executives, and itself. One read of what is incomplete. */
export function owingInProvince(tx: Tx, input: { round: Round; provinceId: UnitId }, now: Instant): Owing[] {
  const { round, provinceId } = input
  const laos = childrenOf(tx, { unitId: provinceId, level: 'lao' }, now)
  const done = completeLaos(tx, { roundId: round.id, laoIds: laos.map(({ id }) => id) })
  const lines = laoLines(tx, { roundId: round.id, laos: laos.filter(({ id }) => !done.has(id)) }, now)
  const spanOf = spanReader(tx, round, now)
  const open = lines.flatMap((line) => line.institutions.filter((child) => child.state === 'open'))
  const agreements = agreementsOf(tx, { roundId: round.id, institutionIds: open.map(({ id }) => id) })
  const institutions = open.map((child): Owing => {
    const owes = { ...OWES_NOTHING, roster: true }
    const span = { ...spanOf(child.id, 'roster'), agreed: agreedOf(agreements.get(child.id)) }
    return { unitId: child.id, level: 'institution', role: 'officer', owes, owesClosed: owes, spans: [span] }
  })
  return [...institutions, ...lines.flatMap((line) => owingLao(line, spanOf)), ...owingProvince()]

  function owingProvince(): Owing[] {
    const owes = provinceOwes(tx, { round, provinceId, lines })
    if (!owes) return []
    const spans = [{ ...spanOf(provinceId, 'province'), below: owes.units.length > 0 }]
    return [{ unitId: provinceId, level: 'province', role: 'officer', owes, owesClosed: owes, spans }]
  }
}

/** The department, while a province owes. */
export function owingDepartment(tx: Tx, input: { round: Round; departmentId: UnitId }, now: Instant): Owing[] {
  const { round, departmentId } = input
  const owes = departmentOwes(tx, { round, departmentId }, now)
  if (!owes) return []
  const span = { ...spanReader(tx, round, now)(departmentId, 'province'), below: true, onlyBelow: true }
  return [{ unitId: departmentId, level: 'department', role: 'officer', owes, owesClosed: owes, spans: [span] }]
}

type SpanReader = (unitId: UnitId, component: WindowComponent) => ReminderSpan

function owingLao(line: LaoLine, spanOf: SpanReader): Owing[] {
  const owes = laoOwes(line)
  if (!owes) return []
  const spans: ReminderSpan[] = []
  const below = owes.units.length > 0
  if (owes.overview || below) spans.push({ ...spanOf(line.id, 'overview'), below })
  if (owes.otherCounts) spans.push(spanOf(line.id, 'other_counts'))
  const about = { unitId: line.id, level: 'lao', owes, owesClosed: laoOwes(line, { closed: true }) } as const
  return [
    { ...about, role: 'officer', spans },
    { ...about, role: 'executive', spans: spans.map((span) => ({ ...span, executive: true })) },
  ]
}

/** Windows of many units of one round: without any extension they are the round's own, and nothing is asked. */
function spanReader(tx: Tx, round: Round, now: Instant): SpanReader {
  const extensions = extensionInstants(tx, round).length > 0
  const { recordingOpensAt, confirmingOpensAt } = round
  return (unitId, component) => {
    const window = extensions
      ? windowOf(tx, { round, unitId, component }, now)
      : confirmWindow({ round, component, now, extendedUntil: null })
    const { dueAt, closesAt } = window
    const extendedAt = window.extended ? grantedAt(tx, { round, until: closesAt }) : null
    return { recordingOpensAt, confirmingOpensAt, dueAt, closesAt, extendedAt, agreed: null, below: false }
  }
}

/** When time until then was first given; of what a late act opened that is not known, and the close is near anyway. */
export function grantedAt(tx: Tx, input: { round: Round; until: Instant }): Instant {
  const { round, until } = input
  return preparedOn(tx, statements).granted.get({ roundId: round.id, until }) ?? round.recordingClosesAt
}

function agreedOf(agreement: Agreement | undefined): ReminderSpan['agreed'] {
  const row = agreement?.agreed
  return row ? { dueAt: row.dueAt, since: row.answeredAt ?? row.createdAt } : null
}

/** Known to owe nothing: the kept figure is forgotten in the transaction that changes anything about it (docs/decisions/0013). */
function completeLaos(tx: Tx, input: { roundId: RoundId; laoIds: readonly UnitId[] }): Set<UnitId> {
  const ids = JSON.stringify(input.laoIds)
  return new Set(preparedOn(tx, statements).complete.all({ roundId: input.roundId, ids }))
}

/** For every province at every moment: see docs/decisions/0009. */
function statements(raw: Database.Database) {
  return {
    complete: raw
      .prepare<[{ roundId: RoundId; ids: string }], UnitId>(
        `SELECT f.lao_id FROM json_each(@ids) asked
         CROSS JOIN lao_figures f ON f.round_id = @roundId AND f.lao_id = asked.value WHERE f.complete`,
      )
      .pluck(),
    granted: raw
      .prepare<[{ roundId: RoundId; until: Instant }], Instant | null>(
        'SELECT min(created_at) FROM extensions WHERE round_id = @roundId AND until = @until',
      )
      .pluck(),
  }
}
