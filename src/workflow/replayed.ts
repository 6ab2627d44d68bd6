import type { AppointmentId, Instant, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Component, RequestState, UnitLevel } from '../db/schema.ts'

/**
 * What the log alone says of everything that was decided: the tables must say the same. Keys are the tables' own. What people typed is
 * not in the log, and what was read from sheets is there as counts and hashes only.
 */
export type Replayed = {
  rounds: Map<RoundId, { active: boolean; closesAt: Instant; archivedAt: Instant | null }>
  units: Map<UnitId, ReplayedUnit>
  appointments: Map<AppointmentId, ReplayedAppointment>
  /** By `componentKey`. */
  components: Map<string, ReplayedComponent>
  /** By receipt number. */
  confirmations: Map<string, ReplayedConfirmation>
  /** By `markKey`. */
  marks: Map<string, { shownHash: string; appointmentId: AppointmentId | null; at: Instant }>
  requests: Map<number, ReplayedRequest>
  steps: Map<number, ReplayedStep>
  holds: Map<number, ReplayedHold>
  extensions: Map<number, ReplayedExtension>
  heldActs: Map<
    number,
    { roundId: RoundId | null; state: 'waiting' | 'accepted' | 'refused'; aboveUntil: Instant | null }
  >
  submissions: Map<number, ReplayedSubmission>
  around: ReplayedAround
  /** The hold and the submission that wait, by round and unit: at most one of each. */
  openHolds: Map<string, number>
  waitingSubmissions: Map<string, number>
}

type Signed = { personId: PersonId | null; appointmentId: AppointmentId | null; at: Instant }
type Placed = { roundId: RoundId | null; unitId: UnitId | null }

/** What stands around the chain and decides nothing in it by itself. */
export type ReplayedAround = {
  /** In the order in which they were made. */
  attestations: Map<number, Placed & Signed & { component: string; contentHash: string; counted: number }>
  drifts: Map<number, Placed & { component: string; contentHash: string; putBack: boolean }>
  findings: Map<
    number,
    Placed & Signed & { snapshotId: number; row: number | null; pupilHash: string | null; foundOn: string }
  >
  agreements: Map<number, Placed & { proposedBy: string; dueAt: Instant; state: string }>
  spotChecks: Map<number, Placed & Signed & { number: number; method: string; seed: string; frameHash: string }>
  /** By `spotKey`. */
  spotPupils: Map<string, { unitId: UnitId; result: string | null; byAppointmentId: AppointmentId | null }>
  /** What was said and decided about pupils in two institutions, by question and place among its steps. */
  sharedSteps: Map<string, Signed & { unitId: UnitId | null; act: string; keeperId: UnitId | null }>
  sharedStepCounts: Map<number, number>
}

export type ReplayedUnit = {
  level: UnitLevel
  kind: string
  parentId: UnitId | null
  closedAt: Instant | null
  mergedIntoId: UnitId | null
  certifierRequired: boolean
}
export type ReplayedAppointment = {
  personId: PersonId | null
  unitId: UnitId | null
  role: string
  validFrom: Instant
  validTo: Instant | null
  suspendedAt: Instant | null
}
export type ReplayedComponent = {
  state: 'open' | 'confirmed' | 'not_required'
  version: number
  receiptNumber: string | null
  reportedReceiptNumber: string | null
  reopenedTimes: number
  changedAt: Instant
}
export type ReplayedConfirmation = {
  roundId: RoundId | null
  unitId: UnitId | null
  component: Component
  personId: PersonId | null
  appointmentId: AppointmentId | null
  datedAt: Instant
  committedAt: Instant
  afterDueAt: Instant | null
  eventSeq: number
  headHash: string
  snapshotHash: string
  counted: number
  cancelledAt: Instant | null
}
export type ReplayedRequest = {
  unitId: UnitId | null
  component: Component
  state: RequestState
  waitingAtUnitId: UnitId | null
  version: number
}
export type ReplayedHold = {
  roundId: RoundId | null
  unitId: UnitId | null
  state: 'open' | 'released' | 'refused' | 'resolved'
}
export type ReplayedExtension = {
  roundId: RoundId | null
  unitId: UnitId | null
  until: Instant
  grantedAt: Instant
  endedAt: Instant | null
}
export type ReplayedStep = {
  requestId: number
  /** Of the event that wrote it. */
  type: string
  personId: PersonId | null
  appointmentId: AppointmentId | null
  at: Instant
}
export type ReplayedSubmission = {
  roundId: RoundId | null
  unitId: UnitId | null
  state: 'waiting' | 'certified' | 'sent_back' | 'overtaken'
}

export const componentKey = (ref: { roundId: number | null; unitId: number | null; component: string }): string =>
  `${ref.roundId}/${ref.unitId}/${ref.component}`
export const spotKey = (draw: { roundId: number | null; unitId: number | null }, number: number): string =>
  `${draw.roundId}/${draw.unitId}/${number}`
export const markKey = (ref: { roundId: number | null; laoId: number | null }): string => `${ref.roundId}/${ref.laoId}`
/** One unit in one round. */
export const unitKey = (ref: { roundId: number | null; unitId: number | null }): string =>
  `${ref.roundId}/${ref.unitId}`

export function emptyReplay(): Replayed {
  return {
    rounds: new Map(),
    units: new Map(),
    appointments: new Map(),
    components: new Map(),
    confirmations: new Map(),
    marks: new Map(),
    requests: new Map(),
    steps: new Map(),
    holds: new Map(),
    extensions: new Map(),
    heldActs: new Map(),
    submissions: new Map(),
    around: {
      attestations: new Map(),
      drifts: new Map(),
      findings: new Map(),
      agreements: new Map(),
      spotChecks: new Map(),
      spotPupils: new Map(),
      sharedSteps: new Map(),
      sharedStepCounts: new Map(),
    },
    openHolds: new Map(),
    waitingSubmissions: new Map(),
  }
}
