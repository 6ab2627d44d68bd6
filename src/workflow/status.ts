import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { Component } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { type Confirmation, confirmationOf } from './component-state.ts'
import { overviewRefusal, overviewShown } from './confirm-overview.ts'
import { provinceRefusal, provinceShown } from './confirm-province.ts'
import { countsOf, rosterOf, sheetRefusal } from './confirm-sheet.ts'
import type { ReopeningRequest } from './reopening.ts'
import { openRequestOf, requestsWaitingAt } from './reopening-requests.ts'
import { blockingHold } from './roster-holds.ts'
import { type Round, windowOf } from './rounds.ts'
import { guardWindow } from './rules/confirm-guards.ts'
import type { Refusal } from './rules/refusal.ts'
import type { RosterTotals } from './rules/roster/roster-totals.ts'
import { type ConfirmWindow, type Phase, phaseOf } from './rules/round-window.ts'
import { type InstitutionLine, institutionLines, type LaoLine, laoLines } from './structure.ts'
import { childrenOf, type Unit, unitById } from './unit.ts'

import { type Agreement, agreementOf, problemsOf, type SheetRef, type ShownProblem, sheetOf } from './unit-facts.ts'

/** What the caller may do now: null is yes, else why not. */
export type May = Refusal | null

export type InstitutionStatus = {
  unit: Unit
  lao: Unit
  phase: Phase
  window: ConfirmWindow
  line: InstitutionLine
  totals: RosterTotals | null
  problems: ShownProblem[]
  hold: { id: number; missing: number; outOf: number; refused: boolean } | null
  agreement: Agreement | null
  request: ReopeningRequest | null
  confirmation: Confirmation | null
  sheet: SheetRef | null
  may: { confirm: May; requestReopening: May }
}

/** สถานะ of one institution: state, figures, problems, and what this person may do now or why not. */
export function institutionStatus(
  tx: Tx,
  input: { round: Round; institutionId: UnitId; actor: Actor },
  now: Instant,
): InstitutionStatus {
  const { round, institutionId, actor } = input
  const unit = unitById(tx, institutionId)
  if (!unit.parentId) throw new Error(`institution ${institutionId} has no LAO`)
  const lao = unitById(tx, unit.parentId)
  const line = institutionLines(tx, { roundId: round.id, laoIds: [lao.id] }, now).find(
    (row) => row.id === institutionId,
  )
  if (!line) throw new Error(`institution ${institutionId} is closed`)
  const roster = rosterOf(tx, round.id, institutionId)
  const window = windowOf(tx, { round, unitId: institutionId, component: 'roster' }, now)
  return {
    unit,
    lao,
    phase: phaseOf(round, now),
    window,
    line,
    totals: (roster?.totals as RosterTotals | undefined) ?? null,
    problems: problemsOf(tx, { roundId: round.id, unitId: institutionId }),
    hold: roster ? blockingHold(tx, { roundId: round.id, institutionId, contentHash: roster.contentHash }) : null,
    agreement: agreementOf(tx, { roundId: round.id, institutionId }),
    request: openRequestOf(tx, { round, unitId: institutionId, component: 'roster' }),
    confirmation: confirmationOf(tx, { roundId: round.id, unitId: institutionId, component: 'roster' }),
    sheet: sheetOf(tx, { roundId: round.id, unitId: institutionId }),
    may: {
      confirm: sheetRefusal(tx, { round, actor, unitId: institutionId, component: 'roster' }, now),
      requestReopening: mayAskReopening(tx, { round, actor, unitId: institutionId, component: 'roster' }, now),
    },
  }
}

export type LaoStatus = {
  unit: Unit
  phase: Phase
  window: ConfirmWindow
  line: LaoLine
  /** Sum of the institutions' reported figures. */
  counted: number
  counts: ReturnType<typeof countsOf>
  countProblems: ShownProblem[]
  overview: Confirmation | null
  otherCounts: Confirmation | null
  requestsWaiting: number
  ownRequests: ReopeningRequest[]
  sheet: SheetRef | null
  may: { confirmOverview: May; confirmOtherCounts: May; reopenOverview: May; reopenOtherCounts: May }
}

export function laoStatus(tx: Tx, input: { round: Round; laoId: UnitId; actor: Actor }, now: Instant): LaoStatus {
  const { round, laoId, actor } = input
  const unit = unitById(tx, laoId)
  const line = laoLines(tx, { roundId: round.id, laos: [unit] }, now)[0]
  if (!line) throw new Error(`LAO ${laoId} is closed`)
  const own = (component: Component) => openRequestOf(tx, { round, unitId: laoId, component })
  return {
    unit,
    phase: phaseOf(round, now),
    window: windowOf(tx, { round, unitId: laoId, component: 'overview' }, now),
    line,
    counted: overviewShown(tx, { round, laoId }, now).counted,
    counts: countsOf(tx, round.id, laoId),
    countProblems: problemsOf(tx, { roundId: round.id, unitId: laoId }),
    overview: confirmationOf(tx, { roundId: round.id, unitId: laoId, component: 'overview' }),
    otherCounts: confirmationOf(tx, { roundId: round.id, unitId: laoId, component: 'other_counts' }),
    requestsWaiting: requestsWaitingAt(tx, laoId).length,
    ownRequests: [own('overview'), own('other_counts')].filter((request) => request !== null),
    sheet: sheetOf(tx, { roundId: round.id, unitId: laoId }),
    may: {
      confirmOverview: overviewRefusal(tx, { round, actor }, now),
      confirmOtherCounts:
        line.otherCounts === 'not_applicable'
          ? { why: 'nothing-to-confirm' }
          : sheetRefusal(tx, { round, actor, unitId: laoId, component: 'other_counts' }, now),
      reopenOverview: mayAskReopening(tx, { round, actor, unitId: laoId, component: 'overview' }, now),
      reopenOtherCounts: mayAskReopening(tx, { round, actor, unitId: laoId, component: 'other_counts' }, now),
    },
  }
}

export type ProvinceStatus = {
  unit: Unit
  phase: Phase
  window: ConfirmWindow
  laos: LaoLine[]
  counted: number
  otherCounted: number
  shownHash: string
  confirmation: Confirmation | null
  requestsWaiting: number
  may: { confirm: May; requestReopening: May }
}

export function provinceStatus(
  tx: Tx,
  input: { round: Round; provinceId: UnitId; actor: Actor },
  now: Instant,
): ProvinceStatus {
  const { round, provinceId, actor } = input
  const shown = provinceShown(tx, { round, provinceId }, now)
  return {
    unit: unitById(tx, provinceId),
    phase: phaseOf(round, now),
    window: windowOf(tx, { round, unitId: provinceId, component: 'province' }, now),
    laos: shown.laos,
    counted: shown.counted,
    otherCounted: shown.otherCounted,
    shownHash: shown.hash,
    confirmation: confirmationOf(tx, { roundId: round.id, unitId: provinceId, component: 'province' }),
    requestsWaiting: requestsWaitingAt(tx, provinceId).length,
    may: {
      confirm: provinceRefusal(tx, { round, actor }, now),
      requestReopening: mayAskReopening(tx, { round, actor, unitId: provinceId, component: 'province' }, now),
    },
  }
}

export type NationStatus = {
  phase: Phase
  provinces: { id: UnitId; name: string; laos: number; complete: number; confirmed: boolean; counted: number }[]
  requestsWaiting: number
}

export function nationStatus(tx: Tx, input: { round: Round; departmentId: UnitId }, now: Instant): NationStatus {
  const { round } = input
  const provinces = childrenOf(tx, { unitId: input.departmentId, level: 'province' }, now).map((province) => {
    const shown = provinceShown(tx, { round, provinceId: province.id }, now)
    return {
      id: province.id,
      name: province.name,
      laos: shown.laos.length,
      complete: shown.laos.filter((lao) => lao.complete).length,
      confirmed: confirmationOf(tx, { roundId: round.id, unitId: province.id, component: 'province' }) !== null,
      counted: shown.counted,
    }
  })
  return { phase: phaseOf(round, now), provinces, requestsWaiting: requestsWaitingAt(tx, input.departmentId).length }
}

function mayAskReopening(
  tx: Tx,
  input: { round: Round; actor: Actor; unitId: UnitId; component: Component },
  now: Instant,
): May {
  const { round, actor, unitId, component } = input
  if (actor.unitId !== unitId) return { why: 'not-yours' }
  if (actor.role !== 'officer') return { why: 'reads-only' }
  if (!confirmationOf(tx, { roundId: round.id, unitId, component })) return { why: 'not-confirmed' }
  const open = openRequestOf(tx, { round, unitId, component })
  if (open?.waitingAtUnitId) {
    const at = unitById(tx, open.waitingAtUnitId)
    return { why: 'request-open', waitingAt: { id: at.id, name: at.name } }
  }
  return guardWindow(windowOf(tx, { round, unitId, component }, now))
}
