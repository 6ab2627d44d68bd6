import type { Role } from '../db/schema.ts'
import type { DutyChange } from '../workflow/appointment-changes.ts'

export type ConfirmWhat = 'roster' | 'overview' | 'other_counts' | 'province'

/** What a typed text asks for. */
export type Command =
  | { kind: 'status'; unit: string | null }
  | { kind: 'left' }
  | { kind: 'drift'; unit: string | null }
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
  | { kind: 'in-charge'; unit: string | null }
  | {
      kind: 'invite'
      unit: string | null
      role: Role
      /** As typed. */
      order: { number: string; date: string | null } | null
      /** Name of the one who is replaced. */
      replaces: string | null
    }
  | { kind: 'invitations' }
  | { kind: 'revoke-invitation'; number: number | null }
  | { kind: 'change-duty'; change: DutyChange; name: string | null }
  | { kind: 'certifier'; on: boolean; unit: string | null }
  | { kind: 'switch-duty'; number: number | null }
  | { kind: 'accept' }
  | { kind: 'decline' }
  | { kind: 'join-code'; code: string }
  | { kind: 'join' }
  | { kind: 'email'; email: string | null }
  | { kind: 'name'; name: string | null }
  | { kind: 'hold'; decision: 'release' | 'refuse' }
  | { kind: 'shared-pupils' }
  | { kind: 'ask-release'; number: number | null; all: boolean }
  | { kind: 'state-evidence'; number: number | null; word: string | null }
  | { kind: 'keep-at'; number: number | null; unit: string | null }
  | { kind: 'agree-deadline'; rest: string | null }
  | { kind: 'accept-deadline'; unit: string | null }
  | { kind: 'spot-check'; institutions: number | null }
  | { kind: 'spot-result'; result: 'found' | 'not_found'; numbers: number[]; note: string | null }
  | { kind: 'spot-note'; number: number | null; rest: string | null }
  | { kind: 'extend'; rest: string | null }
  | { kind: 'extend-sure' }
  | { kind: 'end-extension'; rest: string | null }
  | { kind: 'end-extension-sure' }
  | { kind: 'late-taps' }
  | { kind: 'decide-late'; accept: boolean; number: number | null; word: string | null }
  | { kind: 'found-later'; rest: string | null }
  | { kind: 'found-sure' }
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
