import type { PersonId, UnitId } from '../../../src/db/ids.ts'
import type { Tx } from '../../../src/db/open.ts'
import type { reminders } from '../../../src/db/schema.ts'
import { type Round, windowOf } from '../../../src/workflow/rounds.ts'
import { type ReminderSpan, reminderMoments } from '../../../src/workflow/rules/reminders/moments.ts'
import { DEFAULT_POLICY } from '../../../src/workflow/rules/reminders/policy.ts'
import type { ManyUnits, PlacedLao } from '../../world/many-units.ts'
import type { Row } from './played-round.ts'
import { isDown } from './trouble.ts'

type Told = typeof reminders.$inferSelect
type Given = {
  world: ManyUnits & { round: Round; extended: PlacedLao; isExecutive: (personId: PersonId, unitId: UnitId) => boolean }
  rows: readonly Row[]
  told: readonly Told[]
  owedUntil: ReadonlyMap<UnitId, number>
}

/** Every moment that was promised to a unit that owed to the end, and that neither LINE took nor the record excuses. */
export function lackingOf(tx: Tx, given: Given): string[] {
  const { world, told, owedUntil } = given
  const { round } = world
  const { recordingOpensAt, confirmingOpensAt } = round
  const rowOf = new Map(given.rows.map((row) => [row.id, row]))
  const byUnit = Map.groupBy(told, ({ unitId }) => unitId)
  const lacking: string[] = []
  for (const lao of world.provinces.flatMap(({ laos }) => laos)) {
    const open = lao.institutions.filter(({ id }) => !owedUntil.has(id))
    const extendedAt = lao.id === world.extended.id ? extendedSince(tx, round) : null
    for (const { id } of open) check(id, { ...windowFor(id, 'roster'), extendedAt, below: false })
    if (open.length > 0) check(lao.id, { ...windowFor(lao.id, 'overview'), extendedAt, below: true })
    if (open.length > 0) check(lao.id, { ...windowFor(lao.id, 'overview'), extendedAt, below: true, executive: true })
  }
  return lacking

  function windowFor(unitId: UnitId, component: 'roster' | 'overview') {
    const { dueAt, closesAt } = windowOf(tx, { round, unitId, component }, recordingOpensAt)
    return { recordingOpensAt, confirmingOpensAt, dueAt, closesAt, agreed: null }
  }

  function check(unitId: UnitId, span: ReminderSpan): void {
    const own = byUnit.get(unitId) ?? []
    const promised = reminderMoments(DEFAULT_POLICY, span)
    const asExecutive = span.executive ?? false
    const people = new Set(
      own.map(({ personId }) => personId).filter((id) => world.isExecutive(id, unitId) === asExecutive),
    )
    for (const moment of promised)
      for (const personId of people) {
        const found = own.filter((row) => row.moment === moment.key && row.personId === personId)
        const excused = found.length === 1 && fateIsGood(found[0], moment)
        if (!excused) lacking.push(`unit ${unitId}, person ${personId}, ${moment.key}: ${JSON.stringify(found)}`)
      }
    if (people.size === 0 && !span.executive) lacking.push(`unit ${unitId}: nothing at all`)
  }

  function fateIsGood(row: Told | undefined, moment: { at: number; until: number }): boolean {
    if (!row) return false
    if (row.outboxId === null) return row.unreachable !== null
    const sent = rowOf.get(row.outboxId)
    if (sent?.state === 'accepted') return true
    // LINE was down until it was over: given up, and on record as not sent.
    const over = isDown(moment.at) !== null && isDown(moment.until - 1) !== null
    return over && (sent?.state === 'dropped' || sent?.state === 'unknown')
  }
}

function extendedSince(tx: Tx, round: Round): number | null {
  const row = tx.query.extensions.findFirst({ where: (row, { eq }) => eq(row.roundId, round.id) }).sync()
  return row?.createdAt ?? null
}
