import type { Role } from '../db/schema.ts'
import type { DutyChange } from '../workflow/appointment-changes.ts'

export type ConfirmWhat = 'roster' | 'overview' | 'other_counts' | 'province'

/** Minutes of the Bangkok day; the span may go over midnight. */
export type QuietHours = { from: number; to: number }

/** Questions in plain words that no command answers by itself. */
export type Question = 'edit-after' | 'after-confirming' | 'too-late' | 'sheet' | 'rows' | 'g-code'

/** Texts without words that could be a command. */
export type Wordless = 'emoji' | 'digits' | 'pupil-number' | 'link' | 'empty'

/** What a typed text asks for. */
export type Command =
  | { kind: 'status'; unit: string | null }
  | { kind: 'left'; unit?: string; page?: number }
  | { kind: 'nudge'; unit: string | null; all: boolean; page?: number }
  | { kind: 'check-counts'; count: number | null; name: string | null; page?: number }
  | { kind: 'drift'; unit: string | null }
  | { kind: 'confirm'; what: ConfirmWhat | null; count: number | null; page?: number }
  | { kind: 'attest'; count: number | null }
  | { kind: 'not-yet' }
  | { kind: 'mark-checked'; count: number | null; unit: string | null; page?: number }
  | { kind: 'not-required'; unit: string | null }
  | { kind: 'ask-reopening'; what: ConfirmWhat | null; reason: string | null }
  | { kind: 'withdraw' }
  | { kind: 'requests'; page?: number }
  | { kind: 'pass-on'; number: number | null; rest: string | null }
  | { kind: 'send-back'; number: number | null; rest: string | null }
  | { kind: 'cancel'; unit: string | null }
  | { kind: 'deadlines' }
  | { kind: 'help' }
  | { kind: 'in-charge'; unit: string | null; everyone?: true; page?: number }
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
  | { kind: 'history'; unit: string | null; page: number }
  | { kind: 'settings' }
  | { kind: 'thai-numerals'; on: boolean }
  | { kind: 'quiet-hours'; hours: QuietHours | 'unread' | null }
  | { kind: 'question'; about: Question }
  /** A unit is named: whatever the person may see of it. */
  | { kind: 'look-up'; unit: string }
  /** A command for the duty at the named unit, whichever duty is in use. */
  | { kind: 'for-unit'; unit: string; command: Command }
  | { kind: 'wordless'; what: Wordless }
  | { kind: 'announce'; reach: 'all' | 'next' | null; rest: string | null }
  | { kind: 'announce-sure'; reach: 'all' | 'next' | null }
  | { kind: 'acknowledge'; number: number | null }
  | { kind: 'pass-on-announcement'; number: number | null; word: string }
  | { kind: 'who-acknowledged'; number: number | null; page: number }
  | { kind: 'repeat-announcement'; number: number | null }
  | { kind: 'link-group' }
  | { kind: 'unlink-group' }
  | { kind: 'official-reminder' }
  | { kind: 'handover' }
  | { kind: 'leave' }
  | { kind: 'leave-sure' }
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
  | 'history'
  | 'settings'
