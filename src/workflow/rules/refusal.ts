type UnitRef = { id: number; name: string }

/** Why an act is refused. Every refusal can be put into words that say what, why, who can change it and the next step. */
export type Refusal =
  | { why: 'no-round' }
  | { why: 'not-open-yet'; opensAt: number }
  | { why: 'closed'; closedAt: number }
  | { why: 'held-late'; tappedAt: number; closedAt: number }
  | { why: 'not-yours' }
  | { why: 'reads-only' }
  | { why: 'already-confirmed'; receiptNumber: string; by: string; at: number }
  | { why: 'not-required'; reason: string }
  | { why: 'never-read' }
  | { why: 'roster-empty' }
  | { why: 'roster-has-errors'; errors: number }
  | { why: 'warnings-unexplained'; warnings: number }
  | { why: 'hold-open'; missing: number; outOf: number }
  | { why: 'not-attested' }
  | { why: 'changed-since-shown' }
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
  | { why: 'no-reason' }
  | { why: 'run-open' }
  | { why: 'sheet-unreadable'; words: string }

export type Decision<T = object> = ({ ok: true } & T) | ({ ok: false } & Refusal)

export function refuse(refusal: Refusal): { ok: false } & Refusal {
  return { ok: false, ...refusal }
}
