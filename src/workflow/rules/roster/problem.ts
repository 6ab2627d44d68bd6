import type { RosterColumn } from './columns.ts'

export type Severity = 'error' | 'warning'

/**
 * Every finding about a roster or the counts of other affiliations. Codes are kept for good: people filter by them. An error
 * blocks confirming; a warning needs an explanation in คำชี้แจง.
 */
export const problemSeverity = {
  header_missing: 'error',
  header_ambiguous: 'error',
  cell_formula: 'error',
  required_blank: 'error',
  id_rounded: 'error',
  id_lost_zero: 'error',
  id_length: 'error',
  id_characters: 'error',
  id_placeholder: 'error',
  id_first_digit_9: 'error',
  id_check_digit: 'error',
  id_not_thai_series: 'warning',
  id_old_series: 'warning',
  gcode_old_form: 'warning',
  gcode_waiting: 'warning',
  number_duplicate: 'error',
  prefix_unknown: 'error',
  prefix_age: 'warning',
  sex_missing: 'error',
  sex_unknown: 'error',
  birth_unreadable: 'error',
  birth_year_unclear: 'error',
  birth_year_out_of_range: 'error',
  birth_no_such_day: 'error',
  birth_serial_before_1970: 'error',
  birth_after_as_of: 'error',
  birth_under_one: 'error',
  nationality_unknown: 'error',
  grade_unknown: 'error',
  grade_unusual: 'warning',
  age_off_grade: 'warning',
  age_over_30: 'warning',
  status_unknown: 'error',
  exists_missing: 'error',
  new_not_moved_in: 'warning',
  entered_on_unreadable: 'warning',
  count_not_whole: 'error',
  count_zero_unexplained: 'error',
  count_unchecked: 'error',
  count_changed: 'warning',
  count_institution_unknown: 'error',
  count_institution_twice: 'error',
} as const satisfies Record<string, Severity>

export type ProblemCode = keyof typeof problemSeverity
export const problemCodes = Object.keys(problemSeverity) as ProblemCode[]

export type Problem<Column extends string = RosterColumn> = {
  /** 1-based row of the sheet. */
  row: number
  /** Null when it is about the whole row (or the header as a whole). */
  column: Column | null
  severity: Severity
  code: ProblemCode
  /** Thai; what it is and what to do. Numbers are masked, so it may leave the sheet. */
  message: string
  /** What to type instead. For the sheet only: it may hold a whole number. */
  suggestion?: string
  /** Set on a warning whose row has an explanation: it stays listed and blocks no more. */
  explained?: true
}

/** Makes a problem with the severity that belongs to its code. */
export function problem<Column extends string = RosterColumn>(
  at: { row: number; column: Column | null; suggestion?: string | undefined },
  code: ProblemCode,
  message: string,
): Problem<Column> {
  const { suggestion, row, column } = at
  const made: Problem<Column> = { row, column, severity: problemSeverity[code], code, message }
  if (suggestion !== undefined) made.suggestion = suggestion
  return made
}
