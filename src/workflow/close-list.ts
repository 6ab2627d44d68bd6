import { and, eq, gt, isNotNull, isNull, or } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type Component, componentStates, confirmations, snapshots, units } from '../db/schema.ts'
import { findingsOf, type ShownFinding } from './findings.ts'
import { heldActsWaiting, type ShownHeldAct } from './late-taps.ts'
import type { Round } from './rounds.ts'
import { type InstitutionLine, type LaoLine, laoLines } from './structure.ts'
import { codeOf, type Unit } from './unit.ts'
import { baseMoment, laosOf } from './units-at.ts'

export type CloseLine = {
  unitId: UnitId
  code: string | null
  name: string
  /** The LAO of an institution; else null. */
  lao: string | null
  province: string
  component: Component
}

/** The figure that stands although the unit was reopened and never confirmed again. */
export type FellBack = CloseLine & { receiptNumber: string; counted: number }
export type AfterDue = CloseLine & { receiptNumber: string; confirmedAt: Instant; dueAt: Instant }

/** What the department wants to know of a round that closes. */
export type CloseList = {
  /** Required, and never confirmed; `undeclared`: neither institutions nor other counts, and not declared not required. */
  neverConfirmed: (CloseLine & { undeclared: boolean })[]
  fellBack: FellBack[]
  /** Confirmed, but no longer all there is: a unit came, went or changed afterwards. */
  uncovered: CloseLine[]
  drifted: CloseLine[]
  afterDue: AfterDue[]
  notRequired: (CloseLine & { reason: string })[]
  lateTaps: ShownHeldAct[]
  findings: ShownFinding[]
}

/** Everything that is not plainly confirmed in time, for the nation or one province. Read it outside a write transaction. */
export function closeList(tx: Tx, input: { round: Round; provinceId?: UnitId }, now: Instant): CloseList {
  const { round, provinceId } = input
  const list: CloseList = {
    neverConfirmed: [],
    fellBack: [],
    uncovered: [],
    drifted: [],
    afterDue: [],
    notRequired: [],
    lateTaps: heldActsWaiting(tx, round.id),
    findings: findingsOf(tx, { roundId: round.id }),
  }
  const facts = factsOf(tx, round)
  const within = new Set<UnitId>()
  for (const province of provincesOf(tx, provinceId, baseMoment(tx, round.id, now))) {
    within.add(province.id)
    const laos = laosOf(tx, { roundId: round.id, provinceId: province.id }, now)
    const add = adder(tx, { list, facts, province: province.name })
    add.component({ unit: province, lao: null, component: 'province' })
    for (const line of laoLines(tx, { roundId: round.id, laos }, now)) {
      within.add(line.id)
      for (const child of line.institutions) {
        within.add(child.id)
        add.institution(child, line.name)
      }
      add.lao(line)
    }
  }
  if (provinceId === undefined) return list
  list.lateTaps = list.lateTaps.filter((act) => within.has(act.unitId))
  list.findings = list.findings.filter((finding) => within.has(finding.institutionId))
  return list
}

type Fact = {
  state: 'open' | 'confirmed' | 'not_required'
  notRequiredReason: string | null
  receiptNumber: string | null
  counted: number | null
  confirmedAt: Instant | null
  afterDueAt: Instant | null
}
type Facts = Map<string, Fact>

const keyOf = (unitId: UnitId, component: Component): string => `${unitId} ${component}`

function factsOf(tx: Tx, round: Round): Facts {
  const rows = tx
    .select({
      unitId: componentStates.unitId,
      component: componentStates.component,
      state: componentStates.state,
      notRequiredReason: componentStates.notRequiredReason,
      receiptNumber: confirmations.receiptNumber,
      counted: snapshots.counted,
      confirmedAt: confirmations.tappedAt,
      afterDueAt: confirmations.afterDueAt,
    })
    .from(componentStates)
    .leftJoin(confirmations, eq(confirmations.id, componentStates.reportedConfirmationId))
    .leftJoin(snapshots, eq(snapshots.id, confirmations.snapshotId))
    .where(
      and(
        eq(componentStates.roundId, round.id),
        or(isNotNull(componentStates.reportedConfirmationId), eq(componentStates.state, 'not_required')),
      ),
    )
    .all()
  return new Map(rows.map(({ unitId, component, ...fact }) => [keyOf(unitId, component), fact]))
}

function adder(tx: Tx, input: { list: CloseList; facts: Facts; province: string }) {
  const { list, facts, province } = input
  const lineOf = (unit: { id: UnitId; name: string }, lao: string | null, component: Component): CloseLine => ({
    unitId: unit.id,
    code: codeOf(tx, unit.id),
    name: unit.name,
    lao,
    province,
    component,
  })
  const component = (of: { unit: { id: UnitId; name: string }; lao: string | null; component: Component }): void => {
    const fact = facts.get(keyOf(of.unit.id, of.component))
    const line = () => lineOf(of.unit, of.lao, of.component)
    const receiptNumber = fact?.receiptNumber ?? null
    if (!fact || receiptNumber === null) {
      list.neverConfirmed.push({ ...line(), undeclared: false })
      return
    }
    if (fact.state !== 'confirmed') list.fellBack.push({ ...line(), receiptNumber, counted: fact.counted ?? 0 })
    if (fact.afterDueAt !== null) {
      list.afterDue.push({ ...line(), receiptNumber, confirmedAt: fact.confirmedAt ?? 0, dueAt: fact.afterDueAt })
    }
  }
  const notRequired = (unit: { id: UnitId; name: string }, lao: string | null, which: Component): void => {
    const reason = facts.get(keyOf(unit.id, which))?.notRequiredReason ?? ''
    list.notRequired.push({ ...lineOf(unit, lao, which), reason })
  }
  return {
    component,
    institution(child: InstitutionLine, lao: string): void {
      if (child.state === 'not_required') {
        notRequired(child, lao, 'roster')
        return
      }
      component({ unit: child, lao, component: 'roster' })
      if (child.drifted) list.drifted.push(lineOf(child, lao, 'roster'))
    },
    lao(line: LaoLine): void {
      if (line.overview === 'not_required' && line.otherCounts === 'not_required') {
        notRequired(line, null, 'overview')
        return
      }
      if (line.overview === 'not_applicable' && line.otherCounts === 'not_applicable') {
        list.neverConfirmed.push({ ...lineOf(line, null, 'overview'), undeclared: true })
        return
      }
      for (const [which, state] of [
        ['overview', line.overview],
        ['other_counts', line.otherCounts],
      ] as const) {
        if (state === 'open' || state === 'confirmed') component({ unit: line, lao: null, component: which })
      }
      if (!line.overviewCovers) list.uncovered.push(lineOf(line, null, 'overview'))
      if (!line.countsCover) list.uncovered.push(lineOf(line, null, 'other_counts'))
      if (line.countsDrifted) list.drifted.push(lineOf(line, null, 'other_counts'))
    },
  }
}

function provincesOf(tx: Tx, provinceId: UnitId | undefined, now: Instant): Unit[] {
  const open = or(isNull(units.closedAt), gt(units.closedAt, now))
  const which = provinceId === undefined ? undefined : eq(units.id, provinceId)
  return tx
    .select()
    .from(units)
    .where(and(eq(units.level, 'province'), open, which))
    .orderBy(units.id)
    .all()
}
