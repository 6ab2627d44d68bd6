import { buddhistOffset } from './calendar.ts'
import type { NationalIdFault } from './national-id.ts'
import { gCodeMeant, numberMeant } from './number-meant.ts'
import type { ProblemCode } from './problem.ts'
import { nationalIdWords, numberWords } from './problem-words.ts'
import { readPupilNumber } from './pupil-number.ts'
import { cellOf, isFormula, type RowFindings, report } from './row-findings.ts'
import { type PupilStatus, waitingStatus } from './status.ts'

export type JudgedNumber = { kind: 'national_id' | 'g_code'; number: string } | { kind: 'waiting'; number: null }

const codeOf: Record<NationalIdFault['why'], ProblemCode> = {
  rounded: 'id_rounded',
  'lost-zero': 'id_lost_zero',
  length: 'id_length',
  characters: 'id_characters',
  placeholder: 'id_placeholder',
  'first-digit-9': 'id_first_digit_9',
  'check-digit': 'id_check_digit',
}

/**
 * The number of a pupil (R27): a national ID or a G-Code, or none while a G-Code is awaited. `typed` is what stands in the
 * cell, right or wrong, for finding duplicates; it is null when there is nothing to compare.
 */
export function judgeNumber(
  findings: RowFindings,
  status: PupilStatus | null,
): { judged: JudgedNumber | null; typed: string | null } {
  if (isFormula(findings, 'nationalId')) return { judged: null, typed: null }
  const reading = readPupilNumber(cellOf(findings, 'nationalId'))
  switch (reading.kind) {
    case 'none':
      return { judged: judgeMissing(findings, status), typed: null }
    case 'national_id':
      return { judged: { kind: 'national_id', number: reading.number }, typed: reading.number }
    case 'g_code':
      if (reading.oldForm) reportOldForm(findings, reading.number)
      return { judged: { kind: 'g_code', number: reading.number }, typed: reading.number }
    case 'bad':
      reportFault(findings, reading.fault, reading.bare)
      return { judged: null, typed: isComparable(reading.fault) ? reading.bare : null }
  }
}

// A rounded number has lost what tells pupils apart; a word is no number.
function isComparable(fault: NationalIdFault): boolean {
  return fault.why !== 'rounded' && fault.why !== 'characters'
}

function judgeMissing(findings: RowFindings, status: PupilStatus | null): JudgedNumber | null {
  if (status !== waitingStatus) {
    report(findings, { column: 'nationalId', code: 'required_blank', message: numberWords.blank })
    return null
  }
  report(findings, { column: 'nationalId', code: 'gcode_waiting', message: numberWords.waiting })
  return { kind: 'waiting', number: null }
}

function reportOldForm(findings: RowFindings, number: string): void {
  const message = numberWords.gcodeOldForm(number)
  report(findings, { column: 'nationalId', code: 'gcode_old_form', message, suggestion: gCodeMeant(number) })
}

function reportFault(findings: RowFindings, fault: NationalIdFault, bare: string): void {
  report(findings, {
    column: 'nationalId',
    code: codeOf[fault.why],
    message: nationalIdWords(fault, bare),
    suggestion: numberMeant(bare, fault),
  })
}

// Numbers that begin with 3 or 4 belong to people registered before every birth was given its number in BE 2527.
const lastOldSeriesBirth = 2527

/** What the first digit of a valid national ID says against nationality and birth. */
export function judgeSeries(
  findings: RowFindings,
  pupil: { number: JudgedNumber | null; nationality: string | null; birthYear: number | null },
): void {
  if (pupil.number?.kind !== 'national_id') return
  const { number } = pupil.number
  const first = number.charAt(0)
  if ('067'.includes(first) && pupil.nationality === 'ไทย') {
    report(findings, { column: 'nationalId', code: 'id_not_thai_series', message: numberWords.notThaiSeries(number) })
  }
  const bornLater = pupil.birthYear !== null && pupil.birthYear + buddhistOffset > lastOldSeriesBirth
  if ('34'.includes(first) && bornLater) {
    report(findings, { column: 'nationalId', code: 'id_old_series', message: numberWords.oldSeries(number) })
  }
}
