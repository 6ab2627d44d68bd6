/** The instants of a round; all "due" and "closes" instants are exclusive (R12..R17). Epoch ms. */
export type RoundInstants = {
  recordingOpensAt: number
  confirmingOpensAt: number
  institutionDueAt: number
  laoDueAt: number
  otherCountsDueAt: number
  provinceDueAt: number
  recordingClosesAt: number
  closesAt: number
  archivedAt: number | null
}

export type Phase = 'draft' | 'recording' | 'confirming' | 'recording_closed' | 'closed' | 'archived'

/** Phase of the round from the clock alone (domain.md section 8); extensions are asked for per unit. */
export function phaseOf(round: RoundInstants, now: number): Phase {
  if (round.archivedAt !== null && now >= round.archivedAt) return 'archived'
  if (now >= round.closesAt) return 'closed'
  if (now >= round.recordingClosesAt) return 'recording_closed'
  if (now >= round.confirmingOpensAt) return 'confirming'
  if (now >= round.recordingOpensAt) return 'recording'
  return 'draft'
}

export type WindowComponent = 'roster' | 'overview' | 'other_counts' | 'province'

export type ConfirmWindow = {
  opensAt: number
  dueAt: number
  closesAt: number
  /** The close was moved by an extension. */
  extended: boolean
  state: 'not_yet' | 'open' | 'after_due' | 'closed'
}

/**
 * When `component` may be confirmed (R12..R17): after its due instant and before its close it still may, stamped ยืนยันหลังกำหนด.
 * `extendedUntil` (exclusive, epoch ms) never shortens a window; archiving the round ends all of them.
 */
export function confirmWindow(input: {
  round: RoundInstants
  component: WindowComponent
  now: number
  extendedUntil: number | null
}): ConfirmWindow {
  const { round, component, now, extendedUntil } = input
  const dueAt = dueOf(round, component)
  const ownClose = component === 'province' ? round.closesAt : round.recordingClosesAt
  const extended = extendedUntil !== null && extendedUntil > ownClose
  const closesAt = Math.min(extended ? extendedUntil : ownClose, round.archivedAt ?? Number.POSITIVE_INFINITY)
  const opensAt = round.confirmingOpensAt
  if (now < opensAt) return { opensAt, dueAt, closesAt, extended, state: 'not_yet' }
  if (now >= closesAt) return { opensAt, dueAt, closesAt, extended, state: 'closed' }
  return { opensAt, dueAt, closesAt, extended, state: now >= dueAt ? 'after_due' : 'open' }
}

export function dueOf(round: RoundInstants, component: WindowComponent): number {
  switch (component) {
    case 'roster':
      return round.institutionDueAt
    case 'overview':
      return round.laoDueAt
    case 'other_counts':
      return round.otherCountsDueAt
    case 'province':
      return round.provinceDueAt
  }
}

/** How long after the close a tap made in time may still arrive (domain.md section 7). */
export const TAP_GRACE_MS = 60_000

/**
 * Which instant dates a chat act: the tap, when it was received within a minute; a tap made before the close and received
 * later than that is held for the department, and dated by the tap again once the department has `accepted` it.
 */
export function dateTap(input: { tappedAt: number; receivedAt: number; closesAt: number; accepted?: boolean }): {
  at: number
  held: boolean
} {
  const tappedAt = Math.min(input.tappedAt, input.receivedAt)
  if (input.accepted) return { at: tappedAt, held: false }
  const inTime = tappedAt < input.closesAt
  const late = input.receivedAt - tappedAt > TAP_GRACE_MS
  if (inTime && input.receivedAt >= input.closesAt && late) return { at: input.receivedAt, held: true }
  return { at: tappedAt, held: false }
}

/**
 * The instant of a sheet's last edit when it is at or after the close: it counts for nothing (domain.md section 7). Null when
 * it came in time, or when the sheet still says what was confirmed (sorting is an edit too).
 */
export function editedAfterClose(input: {
  editedAt: number | null
  closesAt: number
  asConfirmed: boolean
}): number | null {
  const { editedAt, closesAt, asConfirmed } = input
  return editedAt !== null && editedAt >= closesAt && !asConfirmed ? editedAt : null
}
