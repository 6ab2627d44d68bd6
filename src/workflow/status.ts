import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { Component } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { type Agreement, agreementCounts, agreementOf } from './agreements.ts'
import { type ChangesSince, changesSince } from './changes-since.ts'
import { type Confirmation, confirmationOf } from './component-state.ts'
import { overviewOf, overviewRefusal } from './confirm-overview.ts'
import { provinceRefusal, provinceShown } from './confirm-province.ts'
import { countsOf, rosterOf, sheetRefusal } from './confirm-sheet.ts'
import { confirmedTotals } from './confirmed-figures.ts'
import { type Drift, driftOf } from './drift.ts'
import { provinceFigures } from './lao-figures.ts'
import { readBefore } from './read-before.ts'
import type { ReopeningRequest } from './reopening.ts'
import { openRequestOf, requestsWaitingAt } from './reopening-requests.ts'
import { blockingHold } from './roster-holds.ts'
import { type Round, windowOf } from './rounds.ts'
import { guardWindow } from './rules/confirm-guards.ts'
import type { Refusal } from './rules/refusal.ts'
import type { RosterTotals } from './rules/roster/roster-totals.ts'
import { type ConfirmWindow, editedAfterClose, type Phase, phaseOf } from './rules/round-window.ts'
import { type SharedFigures, sharedPupilsWaitingAt } from './shared-pupils-count.ts'
import { type InstitutionLine, institutionLine, type LaoLine, laoLines } from './structure.ts'
import { type Submission, waitingSubmission } from './submissions.ts'
import { type Unit, unitById } from './unit.ts'
import { problemsOf, type SheetRef, type ShownProblem, sheetOf } from './unit-facts.ts'
import { unitsWithoutOfficer, type VacantUnit } from './vacancies.ts'

/** What the caller may do now: null is yes, else why not. */
export type May = Refusal | null

export type InstitutionStatus = {
  unit: Unit
  lao: Unit
  phase: Phase
  window: ConfirmWindow
  line: InstitutionLine
  /** What the sheet says; of a roster that was edited after confirming, what was confirmed. */
  totals: RosterTotals | null
  /** Edited in the sheet after confirming: what differs. */
  drift: Drift | null
  /** The sheet's last edit, when it came after the close and is no part of what was confirmed. */
  editedAfterClose: Instant | null
  /** Never confirmed and edited after the close: what the last read before it said, where there was one. */
  readBeforeClose: { counted: number; at: Instant } | null
  /** Who came and who left since the round that this one carries forward. */
  changes: ChangesSince | null
  problems: ShownProblem[]
  hold: { id: number; missing: number; outOf: number; refused: boolean } | null
  agreement: Agreement | null
  request: ReopeningRequest | null
  /** Submitted by the officer, waiting for the second person (รอผู้รับรอง). */
  submission: Submission | null
  confirmation: Confirmation | null
  sheet: SheetRef | null
  /** Pupils whom another institution counts too, and those of them who keep this one from confirming. */
  sharedPupils: SharedFigures
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
  const line = institutionLine(tx, { roundId: round.id, institutionId }, now)
  if (!line) throw new Error(`institution ${institutionId} is closed`)
  const roster = rosterOf(tx, round.id, institutionId)
  const window = windowOf(tx, { round, unitId: institutionId, component: 'roster' }, now)
  const ref = { roundId: round.id, unitId: institutionId, component: 'roster' } as const
  const drift = line.drifted ? driftOf(tx, ref) : null
  const tooLate = editedAfterClose({
    editedAt: roster?.editedAt ?? null,
    closesAt: window.closesAt,
    asConfirmed: line.state === 'confirmed' && !line.drifted,
  })
  return {
    unit,
    lao,
    phase: phaseOf(round, now),
    window,
    line,
    totals: drift ? confirmedTotals(tx, drift.confirmation) : ((roster?.totals as RosterTotals | undefined) ?? null),
    drift,
    editedAfterClose: tooLate,
    readBeforeClose: tooLate !== null && line.state === 'open' ? readBefore(tx, { ...ref, at: window.closesAt }) : null,
    changes: changesSince(tx, { round, institutionIds: [institutionId] }),
    problems: problemsOf(tx, { roundId: round.id, unitId: institutionId }),
    hold: roster ? blockingHold(tx, { roundId: round.id, institutionId, contentHash: roster.contentHash }) : null,
    agreement: agreementOf(tx, { roundId: round.id, institutionId }),
    request: openRequestOf(tx, { round, unitId: institutionId, component: 'roster' }),
    submission: line.state === 'open' ? waitingSubmission(tx, { roundId: round.id, unitId: institutionId }) : null,
    confirmation: confirmationOf(tx, { roundId: round.id, unitId: institutionId, component: 'roster' }),
    sheet: sheetOf(tx, { roundId: round.id, unitId: institutionId }),
    sharedPupils: line.shared,
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
  changes: ChangesSince | null
  counts: ReturnType<typeof countsOf>
  countsDrift: Drift | null
  countsEditedAfterClose: Instant | null
  countProblems: ShownProblem[]
  overview: Confirmation | null
  otherCounts: Confirmation | null
  requestsWaiting: number
  /** Institutions that no officer is appointed for. */
  vacant: VacantUnit[]
  /** Open questions about pupils in two institutions for which this unit is the common superior. */
  sharedPupils: number
  /** Internal dates of those institutions that have not confirmed (R18). */
  agreements: { waiting: number; agreed: number }
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
  const counts = countsOf(tx, round.id, laoId)
  const shown = overviewOf(line.institutions)
  return {
    unit,
    phase: phaseOf(round, now),
    window: windowOf(tx, { round, unitId: laoId, component: 'overview' }, now),
    line,
    counted: shown.counted,
    changes: changesSince(tx, { round, institutionIds: line.institutions.map(({ id }) => id) }),
    counts,
    countsDrift: line.countsDrifted
      ? driftOf(tx, { roundId: round.id, unitId: laoId, component: 'other_counts' })
      : null,
    countsEditedAfterClose: editedAfterClose({
      editedAt: counts?.editedAt ?? null,
      closesAt: windowOf(tx, { round, unitId: laoId, component: 'other_counts' }, now).closesAt,
      asConfirmed: line.otherCounts === 'confirmed' && !line.countsDrifted,
    }),
    countProblems: problemsOf(tx, { roundId: round.id, unitId: laoId }),
    overview: confirmationOf(tx, { roundId: round.id, unitId: laoId, component: 'overview' }),
    otherCounts: confirmationOf(tx, { roundId: round.id, unitId: laoId, component: 'other_counts' }),
    requestsWaiting: requestsWaitingAt(tx, laoId).length,
    vacant: unitsWithoutOfficer(tx, { unitId: laoId }, now),
    sharedPupils: sharedPupilsWaitingAt(tx, { roundId: round.id, superiorId: laoId }, now),
    agreements: agreementCounts(tx, {
      roundId: round.id,
      institutionIds: line.institutions.filter(({ state }) => state === 'open').map(({ id }) => id),
    }),
    ownRequests: [own('overview'), own('other_counts')].filter((request) => request !== null),
    sheet: sheetOf(tx, { roundId: round.id, unitId: laoId }),
    may: {
      confirmOverview: overviewRefusal(tx, { round, actor, shown: actor.unitId === laoId ? shown : undefined }, now),
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
  /** LAOs that no officer is appointed for. */
  vacant: VacantUnit[]
  sharedPupils: number
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
    vacant: unitsWithoutOfficer(tx, { unitId: provinceId }, now),
    sharedPupils: sharedPupilsWaitingAt(tx, { roundId: round.id, superiorId: provinceId }, now),
    may: {
      confirm: provinceRefusal(tx, { round, actor, shown: actor.unitId === provinceId ? shown : undefined }, now),
      requestReopening: mayAskReopening(tx, { round, actor, unitId: provinceId, component: 'province' }, now),
    },
  }
}

export type NationStatus = {
  /** Provinces that no officer is appointed for. */
  vacant: VacantUnit[]
  phase: Phase
  provinces: { id: UnitId; name: string; laos: number; complete: number; confirmed: boolean; counted: number }[]
  requestsWaiting: number
  sharedPupils: number
}

export function nationStatus(tx: Tx, input: { round: Round; departmentId: UnitId }, now: Instant): NationStatus {
  const { round } = input
  const { departmentId } = input
  const provinces = provinceFigures(tx, { roundId: round.id, departmentId }, now).map((province) => ({
    ...province,
    confirmed: confirmationOf(tx, { roundId: round.id, unitId: province.id, component: 'province' }) !== null,
  }))
  return {
    phase: phaseOf(round, now),
    provinces,
    requestsWaiting: requestsWaitingAt(tx, input.departmentId).length,
    vacant: unitsWithoutOfficer(tx, { unitId: input.departmentId }, now),
    sharedPupils: sharedPupilsWaitingAt(tx, { roundId: round.id, superiorId: input.departmentId }, now),
  }
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
