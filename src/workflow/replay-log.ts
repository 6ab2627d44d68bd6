import type { AppointmentId, Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Component, events, RequestState, UnitLevel } from '../db/schema.ts'
import { APPLY_AROUND, type AroundData } from './replay-around.ts'
import {
  componentKey,
  markKey,
  type Replayed,
  type ReplayedComponent,
  type ReplayedRequest,
  unitKey,
} from './replayed.ts'

type EventRow = typeof events.$inferSelect

/** Applies one event, in the order of the log. Types that decide nothing (reminders, reads, words …) pass (docs/decisions/0022). */
export function replayEvent(all: Replayed, row: EventRow): void {
  const around = APPLY_AROUND[row.type]
  if (around) around(all, row, JSON.parse(row.data) as AroundData)
  const apply = APPLY[row.type]
  if (!apply) return
  const data = JSON.parse(row.data) as Data
  apply(all, row, data)
  if (data.stepId === undefined || data.requestId == null) return
  const { personId, appointmentId, at } = row
  all.steps.set(data.stepId, { requestId: data.requestId, type: row.type, personId, appointmentId, at })
}

/** Fields that any version of any event may carry. */
type Data = {
  closesAt?: Instant
  level?: UnitLevel
  kind?: string
  parentId?: UnitId | null
  after?: { kind: string; parentId: UnitId | null }
  mergedIntoId?: UnitId | null
  leavesRoundId?: RoundId | null
  on?: boolean
  role?: string
  of?: AppointmentId
  component?: Component
  receiptNumber?: string
  hash?: string
  shownHash?: string
  counted?: number
  datedAt?: Instant
  afterDueAt?: Instant | null
  certifier?: unknown
  requestId?: number | null
  stepId?: number
  holdId?: number
  held?: number
  extensionId?: number
  until?: Instant
  heldActId?: number
  submissionId?: number
  components?: { component: Component; receiptNumber: string | null }[]
}

type Apply = (all: Replayed, row: EventRow, data: Data) => void

const APPLY: Partial<Record<string, Apply>> = {
  'round-added': (all, { roundId }, { closesAt = 0 }) => {
    if (roundId !== null) all.rounds.set(roundId, { active: false, closesAt, archivedAt: null })
  },
  'round-activated': (all, { roundId }) => {
    for (const [id, round] of all.rounds) round.active = id === roundId
  },
  'round-archived': (all, { roundId, at }) => change(all.rounds, roundId, { archivedAt: at }),
  'unit-added': (all, { unitId }, { level = 'institution', kind = '', parentId = null }) => {
    const unit = { level, kind, parentId, closedAt: null, mergedIntoId: null, certifierRequired: false }
    if (unitId !== null) all.units.set(unitId, unit)
  },
  'unit-changed': changeUnit,
  'unit-recoded': changeUnit,
  'unit-moved': changeUnit,
  'unit-closed': endUnit,
  'unit-merged': endUnit,
  'unit-reopened': (all, { unitId }) => change(all.units, unitId, { closedAt: null, mergedIntoId: null }),
  'unit-restored-in-round': (all, row, { components = [] }) => {
    for (const { component, receiptNumber } of components)
      setComponent(all, { ...row, component }, { state: receiptNumber === null ? 'open' : 'confirmed', receiptNumber })
  },
  'certifier-switched': (all, { unitId }, { on = false }) => change(all.units, unitId, { certifierRequired: on }),
  'person-appointed': appoint,
  'appointment-suspended': (all, { at }, { of = null }) => change(all.appointments, of, { suspendedAt: at }),
  'appointment-resumed': (all, _row, { of = null }) => change(all.appointments, of, { suspendedAt: null }),
  'appointment-restored': (all, _row, { of = null }) => change(all.appointments, of, { validTo: null }),
  'appointment-ended': (all, { at }, { of = null }) => change(all.appointments, of, { validTo: at }),
  confirmed,
  cancelled,
  'not-required-set': (all, row) => {
    const ofInstitution = all.units.get(row.unitId as UnitId)?.level === 'institution'
    for (const component of ofInstitution ? (['roster'] as const) : (['overview', 'other_counts'] as const))
      setComponent(all, { ...row, component }, { state: 'not_required' })
  },
  'lao-marked': (all, { roundId, unitId, appointmentId, at }, { shownHash = '' }) => {
    all.marks.set(markKey({ roundId, laoId: unitId }), { shownHash, appointmentId, at })
  },
  'reopening-asked': (all, row, { requestId, component = 'roster' }) => {
    if (requestId == null) return
    const waitingAtUnitId = parentOf(all, row.unitId)
    all.requests.set(requestId, { unitId: row.unitId, component, state: 'waiting', waitingAtUnitId, version: 1 })
  },
  'reopening-endorsed': (all, row, { requestId = null }) => {
    const request = all.requests.get(requestId ?? 0)
    const by = row.appointmentId === null ? null : (all.appointments.get(row.appointmentId)?.unitId ?? null)
    if (request) step(request, { state: 'waiting', waitingAtUnitId: parentOf(all, by) })
  },
  'reopening-carried-out': endRequest('carried_out'),
  'reopening-sent-back': endRequest('sent_back'),
  'reopening-withdrawn': endRequest('withdrawn'),
  'reopening-lapsed': endRequest('lapsed'),
  'hold-opened': (all, row, { holdId = 0 }) => {
    resolveHold(all, row)
    all.holds.set(holdId, { roundId: row.roundId, unitId: row.unitId, state: 'open' })
    all.openHolds.set(unitKey(row), holdId)
  },
  'hold-released': endHold('released'),
  'hold-refused': endHold('refused'),
  'roster-read': (all, row, { held = 0 }) => {
    if (held === 0) resolveHold(all, row)
  },
  'extension-granted': (all, { roundId, unitId, at }, { extensionId = 0, until = 0 }) => {
    all.extensions.set(extensionId, { roundId, unitId, until, grantedAt: at, endedAt: null })
  },
  'extension-ended': (all, { at }, { extensionId = 0 }) => change(all.extensions, extensionId, { endedAt: at }),
  'late-tap-held': (all, { roundId }, { heldActId }) => {
    // The first version only noted that a tap came late: nobody could decide on it.
    if (heldActId !== undefined) all.heldActs.set(heldActId, { roundId, state: 'waiting', aboveUntil: null })
  },
  'late-tap-accepted': (all, _row, { heldActId = 0 }) => change(all.heldActs, heldActId, { state: 'accepted' }),
  'late-tap-opened-above': (all, _row, { heldActId = 0, until = 0 }) =>
    change(all.heldActs, heldActId, { aboveUntil: until }),
  'late-tap-refused': (all, _row, { heldActId = 0 }) => change(all.heldActs, heldActId, { state: 'refused' }),
  'confirm-submitted': (all, { roundId, unitId }, { submissionId = 0 }) => {
    all.submissions.set(submissionId, { roundId, unitId, state: 'waiting' })
    all.waitingSubmissions.set(unitKey({ roundId, unitId }), submissionId)
  },
  'submission-sent-back': endSubmission('sent_back'),
  'submission-overtaken': endSubmission('overtaken'),
}

function change<K, V extends object>(of: Map<K, V>, key: K | null, values: Partial<V>): void {
  const known = key === null ? undefined : of.get(key)
  if (known) Object.assign(known, values)
}

const parentOf = (all: Replayed, unitId: UnitId | null): UnitId | null =>
  unitId === null ? null : (all.units.get(unitId)?.parentId ?? null)

/** Newer versions say what the unit is from now on in `after`; the first one named kind and parent alone. */
function changeUnit(all: Replayed, { unitId }: EventRow, data: Data): void {
  const { kind, parentId } = data.after ?? data
  if (kind !== undefined && parentId !== undefined) change(all.units, unitId, { kind, parentId })
}

const COMPONENTS: Record<UnitLevel, Component[]> = {
  institution: ['roster'],
  lao: ['overview', 'other_counts'],
  province: ['province'],
  department: [],
}

/** A unit that ends while a round runs for its LAO owes nothing in it any more. */
function endUnit(all: Replayed, row: EventRow, data: Data): void {
  const unit = all.units.get(row.unitId as UnitId)
  if (!unit) return
  unit.closedAt = row.at
  unit.mergedIntoId = data.mergedIntoId ?? null
  const roundId = data.leavesRoundId === undefined ? runningRound(all, row.at) : data.leavesRoundId
  if (roundId === null) return
  for (const component of COMPONENTS[unit.level])
    setComponent(all, { ...row, roundId, component }, { state: 'not_required', receiptNumber: null })
}

/** Earlier versions did not say which round a unit left: the active one, while any extension of it lasted. */
function runningRound(all: Replayed, at: Instant): RoundId | null {
  const active = [...all.rounds].find(([, round]) => round.active)
  if (!active || active[1].archivedAt !== null) return null
  const [roundId, round] = active
  return at < Math.max(round.closesAt, ...extensionInstants(all, roundId)) ? roundId : null
}

function extensionInstants(all: Replayed, roundId: RoundId): Instant[] {
  const granted = [...all.extensions.values()]
    .filter((extension) => extension.roundId === roundId)
    .map(({ until, endedAt }) => Math.min(until, endedAt ?? until))
  const opened = [...all.heldActs.values()].flatMap((held) =>
    held.roundId === roundId && held.aboveUntil !== null ? [held.aboveUntil] : [],
  )
  return [...granted, ...opened]
}

function appoint(all: Replayed, row: EventRow, { role = '' }: Data): void {
  const { appointmentId, personId, unitId, at } = row
  // A second invitation for a duty that is held already changes nothing.
  if (appointmentId === null || all.appointments.has(appointmentId)) return
  all.appointments.set(appointmentId, { personId, unitId, role, validFrom: at, validTo: null, suspendedAt: null })
}

function setComponent(
  all: Replayed,
  at: Pick<EventRow, 'roundId' | 'unitId' | 'at'> & { component: Component },
  values: Partial<ReplayedComponent>,
): void {
  const key = componentKey(at)
  const known = all.components.get(key) ?? {
    state: 'open',
    version: 0,
    receiptNumber: null,
    reportedReceiptNumber: null,
    reopenedTimes: 0,
    changedAt: 0,
  }
  all.components.set(key, { ...known, ...values, version: known.version + 1, changedAt: at.at })
}

function confirmed(all: Replayed, row: EventRow, data: Data): void {
  const { component = 'roster', receiptNumber = '', hash = '', counted = 0, afterDueAt = null } = data
  const { roundId, unitId, personId, appointmentId } = row
  all.confirmations.set(receiptNumber, {
    roundId,
    unitId,
    component,
    personId,
    appointmentId,
    datedAt: data.datedAt ?? row.at,
    committedAt: row.at,
    afterDueAt,
    eventSeq: row.seq,
    headHash: row.hash,
    snapshotHash: hash,
    counted,
    cancelledAt: null,
  })
  setComponent(all, { ...row, component }, { state: 'confirmed', receiptNumber, reportedReceiptNumber: receiptNumber })
  // That a second person certified is on record as the confirmation itself.
  if (data.certifier) change(all.submissions, all.waitingSubmissions.get(unitKey(row)) ?? null, { state: 'certified' })
}

function cancelled(all: Replayed, row: EventRow, { component = 'roster', receiptNumber = '' }: Data): void {
  change(all.confirmations, receiptNumber, { cancelledAt: row.at })
  const reopenedTimes = (all.components.get(componentKey({ ...row, component }))?.reopenedTimes ?? 0) + 1
  setComponent(all, { ...row, component }, { state: 'open', receiptNumber: null, reopenedTimes })
}

/** A late answer that the department accepted takes the place of the lapse: the version does not move twice. */
function step(request: ReplayedRequest, values: Pick<ReplayedRequest, 'state' | 'waitingAtUnitId'>): void {
  const late = request.state === 'lapsed'
  Object.assign(request, values, { version: late ? request.version : request.version + 1 })
}

function endRequest(state: RequestState): Apply {
  return (all, _row, { requestId = null }) => {
    const request = all.requests.get(requestId ?? 0)
    if (request) step(request, { state, waitingAtUnitId: null })
  }
}

function endHold(state: 'released' | 'refused'): Apply {
  return (all, row, { holdId = 0 }) => {
    change(all.holds, holdId, { state })
    all.openHolds.delete(unitKey(row))
  }
}

/** A read that misses nobody, or a new question, ends the one before without a word of its own. */
function resolveHold(all: Replayed, row: EventRow): void {
  const key = unitKey(row)
  change(all.holds, all.openHolds.get(key) ?? null, { state: 'resolved' })
  all.openHolds.delete(key)
}

function endSubmission(state: 'sent_back' | 'overtaken'): Apply {
  return (all, _row, { submissionId = 0 }) => change(all.submissions, submissionId, { state })
}
