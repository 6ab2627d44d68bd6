export type ConfirmWhat = 'roster' | 'overview' | 'other_counts' | 'province'

/** What a typed text asks for. */
export type Command =
  | { kind: 'status'; unit: string | null }
  | { kind: 'left' }
  | { kind: 'confirm'; what: ConfirmWhat | null; count: number | null }
  | { kind: 'attest'; count: number | null }
  | { kind: 'not-yet' }
  | { kind: 'mark-checked'; count: number | null; unit: string | null }
  | { kind: 'not-required'; unit: string | null }
  | { kind: 'ask-reopening'; what: ConfirmWhat | null; reason: string | null }
  | { kind: 'withdraw' }
  | { kind: 'requests' }
  | { kind: 'pass-on'; number: number | null; rest: string | null }
  | { kind: 'send-back'; number: number | null; rest: string | null }
  | { kind: 'cancel'; unit: string | null }
  | { kind: 'deadlines' }
  | { kind: 'help' }
  | { kind: 'in-charge' }
  | { kind: 'invite'; unit: string | null; executive: boolean }
  | { kind: 'switch-duty'; number: number | null }
  | { kind: 'accept' }
  | { kind: 'decline' }
  | { kind: 'join-code'; code: string }
  | { kind: 'join' }
  | { kind: 'email'; email: string | null }
  | { kind: 'name'; name: string | null }
  | { kind: 'hold'; decision: 'release' | 'refuse' }
  | { kind: 'greeting' }
  | { kind: 'thanks' }
  | { kind: 'stop' }
  | { kind: 'unknown'; near: NearCommand[] }

/** Commands that may be offered to somebody who was not understood. */
export type NearCommand =
  | 'status'
  | 'confirm'
  | 'askReopening'
  | 'requests'
  | 'deadlines'
  | 'help'
  | 'left'
  | 'inCharge'
