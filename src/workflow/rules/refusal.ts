import type { BlockedPupil } from './shared-pupil.ts'

type UnitRef = { id: number; name: string }

/** Why an act is refused. Every refusal can be put into words that say what, why, who can change it and the next step. */
export type Refusal =
  | { why: 'no-round' }
  | { why: 'not-open-yet'; opensAt: number }
  | { why: 'closed'; closedAt: number }
  | { why: 'held-late'; tappedAt: number; closedAt: number }
  /** `only`: the levels whose officers may, where it is not the unit itself or the one above. */
  | { why: 'not-yours'; only?: readonly ('department' | 'province' | 'lao')[] }
  | { why: 'reads-only' }
  | { why: 'already-confirmed'; receiptNumber: string; by: string; at: number }
  | { why: 'not-required'; reason: string }
  | { why: 'never-read' }
  | { why: 'roster-empty' }
  | { why: 'roster-has-errors'; errors: number }
  | { why: 'warnings-unexplained'; warnings: number }
  /** `refused`: the officer has said that they did not leave, and the rows are not back. */
  | { why: 'hold-open'; missing: number; outOf: number; refused?: true }
  | { why: 'not-attested' }
  /** `closedAt`: the window has closed since the tap, so that nothing can be shown and confirmed anew. */
  | { why: 'changed-since-shown'; closedAt?: number }
  /** Rows that count, or might once they are corrected. */
  | { why: 'has-pupils'; rows: number }
  | { why: 'nothing-to-confirm' }
  | { why: 'counts-have-errors'; errors: number }
  | { why: 'counts-unchecked'; unchecked: number }
  | { why: 'children-open'; units: UnitRef[] }
  | { why: 'children-drifted'; units: UnitRef[] }
  | { why: 'children-incomplete'; units: UnitRef[] }
  | { why: 'not-marked'; units: UnitRef[] }
  | { why: 'not-confirmed' }
  | { why: 'request-open'; waitingAt: UnitRef }
  /** `by` and `at`: who ended it and when; null for a lapse. */
  | { why: 'request-ended'; state: string; by: string | null; at: number | null }
  | { why: 'level-above-confirmed'; unit: UnitRef }
  /** `tooShort`: how many letters a reason has at least. */
  | { why: 'no-reason'; tooShort?: number }
  | { why: 'run-open' }
  | { why: 'sheet-unreadable'; words: string }
  /** The duty that the act was begun with is in force no longer. */
  | { why: 'duty-ended' }
  /** The duty that was to be changed is in this state already. */
  | { why: 'duty-state'; state: 'in-force' | 'suspended' | 'ended' }
  | { why: 'invitation-over' }
  /** A second person certifies institutions only. */
  | { why: 'certifies-nothing' }
  | { why: 'certifier-required' }
  | { why: 'no-certifier' }
  /** Switched on, it is switched off by the LAO alone. */
  | { why: 'certifier-stays' }
  | { why: 'certifier-only' }
  | { why: 'submission-over' }
  /** Pupils whom another institution counted first; the first few of `total`. */
  | { why: 'shared-pupils'; total: number; pupils: BlockedPupil[] }
  /** An agreed time lies between now and what is due above. */
  | { why: 'deadline-out-of-range'; asked: number; until: number }
  /** The proposal was answered or replaced. */
  | { why: 'agreement-over' }
  /** Spot checks are drawn while recording is open. */
  | { why: 'spot-check-closed'; opensAt: number; closesAt: number }
  /** Nobody has been read yet who could be drawn. */
  | { why: 'spot-check-nobody' }
  | { why: 'spot-check-seed-used' }
  /** These numbers stand on no list of this province. */
  | { why: 'spot-check-unknown'; numbers: number[] }
  | { why: 'no-letter' }
  | { why: 'in-the-past'; at: number }
  /** An extension that ends before the round does so anyway. */
  | { why: 'extends-nothing'; closesAt: number }
  | { why: 'unknown-unit' }
  /** The extension has run out or was ended before. */
  | { why: 'extension-over' }
  | { why: 'round-archived'; archivedAt: number }
  /** An LAO that has something to confirm is not declared not required. */
  | { why: 'has-something-to-confirm'; institutions: number; others: number }
  /** A late act that its unit could not finish: it needs time first. */
  | { why: 'extension-first'; unit: UnitRef }
  /** Somebody has decided on the late act before. */
  | { why: 'held-decided'; accepted: boolean; by: string; at: number }
  /** R39 is about what is found after the close; before it the confirmation is reopened. */
  | { why: 'not-closed-yet'; closesAt: number }
  | { why: 'pupil-not-in-figure' }
  /** Several confirmed pupils fit the words: their rows. */
  | { why: 'pupil-unclear'; rows: number[] }
  /** Nobody else counts the pupil any more. */
  | { why: 'shared-pupil-over' }
  /** Those who are asked owe nothing (any more). */
  | { why: 'owes-nothing' }
  /** Nobody is written to unasked between 20.00 and 07.00. */
  | { why: 'quiet-hours'; from: number }
  /** Every count of other affiliations is checked, or has no earlier figure that could be unchanged. */
  | { why: 'nothing-to-check' }
  /** No announcement of this number is for this unit. */
  | { why: 'announcement-unknown' }
  | { why: 'announcement-empty' }
  /** It goes to every level by itself. */
  | { why: 'announcement-everywhere' }
  | { why: 'announcement-passed-on'; by: string; at: number }
  /** Nobody who could be written to stands below this unit. */
  | { why: 'nobody-below' }
  /** Those who have not acknowledged are told once a day. */
  | { why: 'told-today'; at: number }
  | { why: 'all-acknowledged' }
  /** Nobody but an officer of the unit that the group is linked to. */
  | { why: 'group-linked'; unit: UnitRef }
  /** Whoever counts the pupil rightly has nobody to ask. */
  | { why: 'shared-pupil-kept' }

export type Decision<T = object> = ({ ok: true } & T) | ({ ok: false } & Refusal)

export function refuse(refusal: Refusal): { ok: false } & Refusal {
  return { ok: false, ...refusal }
}
