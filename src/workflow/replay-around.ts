import type { Instant, UnitId } from '../db/ids.ts'
import type { events } from '../db/schema.ts'
import { type Replayed, spotKey } from './replayed.ts'

type EventRow = typeof events.$inferSelect
type Apply = (all: Replayed, row: EventRow, data: AroundData) => void

/** Fields of the events that stand around the chain: what people attested, agreed on, looked for and found. */
export type AroundData = {
  component?: string
  contentHash?: string
  counted?: number
  driftId?: number
  findingId?: number
  snapshotId?: number
  row?: number | null
  pupil?: string | null
  foundOn?: string
  agreementId?: number
  by?: string
  dueAt?: Instant
  instead?: number | null
  answer?: string
  spotCheckId?: number
  number?: number
  method?: string
  seed?: string
  frameHash?: string
  institutions?: { id: UnitId; pupils: { number: number }[] }[]
  result?: string
  pupils?: { number: number }[]
  /** Of a question about one pupil in two institutions. */
  id?: number
  keeper?: UnitId
}

export const APPLY_AROUND: Partial<Record<string, Apply>> = {
  'existence-attested': (all, row, { component = '', contentHash = '', counted = 0 }) => {
    const { roundId, unitId, personId, appointmentId, at } = row
    const attestation = { roundId, unitId, component, contentHash, counted, personId, appointmentId, at }
    all.around.attestations.set(all.around.attestations.size + 1, attestation)
  },
  'drift-found': (all, { roundId, unitId }, { driftId = 0, component = '', contentHash = '' }) => {
    all.around.drifts.set(driftId, { roundId, unitId, component, contentHash, putBack: false })
  },
  'drift-gone': (all, _row, { driftId = 0 }) => {
    const drift = all.around.drifts.get(driftId)
    if (drift) drift.putBack = true
  },
  'finding-recorded': (all, event, { findingId = 0, snapshotId = 0, row = null, pupil = null, foundOn = '' }) => {
    const { roundId, unitId, personId, appointmentId, at } = event
    const finding = { roundId, unitId, snapshotId, row, pupilHash: pupil, foundOn, personId, appointmentId, at }
    all.around.findings.set(findingId, finding)
  },
  'agreement-proposed': (all, { roundId, unitId }, { agreementId = 0, by = '', dueAt = 0, instead = null }) => {
    const former = all.around.agreements.get(instead ?? 0)
    if (former) former.state = former.proposedBy === by ? 'replaced' : 'countered'
    all.around.agreements.set(agreementId, { roundId, unitId, proposedBy: by, dueAt, state: 'proposed' })
  },
  'agreement-answered': (all, _row, { agreementId = 0, answer = '', instead = null }) => {
    const former = all.around.agreements.get(instead ?? 0)
    if (former) former.state = 'replaced'
    const agreement = all.around.agreements.get(agreementId)
    if (agreement) agreement.state = answer === 'accepted' ? 'accepted' : 'replaced'
  },
  'spot-check-drawn': (all, row, data) => {
    const { roundId, unitId, personId, appointmentId, at } = row
    const { spotCheckId = 0, number = 0, method = '', seed = '', frameHash = '', institutions = [] } = data
    const drawn = { roundId, unitId, number, method, seed, frameHash, personId, appointmentId, at }
    all.around.spotChecks.set(spotCheckId, drawn)
    for (const { id, pupils } of institutions)
      for (const pupil of pupils)
        all.around.spotPupils.set(spotKey(drawn, pupil.number), { unitId: id, result: null, byAppointmentId: null })
  },
  'spot-check-result': (all, row, { spotCheckId = 0, result = null, pupils = [] }) => {
    const drawn = all.around.spotChecks.get(spotCheckId)
    for (const { number } of drawn ? pupils : []) {
      const pupil = drawn && all.around.spotPupils.get(spotKey(drawn, number))
      if (pupil) Object.assign(pupil, { result, byAppointmentId: row.appointmentId })
    }
  },
  'shared-pupil-evidence': (all, row, { id = 0 }) => sharedStep(all, row, { id, act: 'evidence', keeperId: null }),
  'shared-pupil-decided': (all, row, { id = 0, keeper = null }) =>
    sharedStep(all, row, { id, act: 'decided', keeperId: keeper }),
}

/** Steps of a question are numbered in the order in which they were taken. */
function sharedStep(
  all: Replayed,
  row: EventRow,
  step: { id: number; act: 'evidence' | 'decided'; keeperId: UnitId | null },
): void {
  const { id, act, keeperId } = step
  const { unitId, personId, appointmentId, at } = row
  const taken = (all.around.sharedStepCounts.get(id) ?? 0) + 1
  all.around.sharedStepCounts.set(id, taken)
  all.around.sharedSteps.set(`${id}/${taken}`, { unitId, act, keeperId, personId, appointmentId, at })
}
