import type { CalendarDate } from './calendar.ts'
import { columnHeader, type InstitutionKind, rosterColumns } from './columns.ts'
import { isMarkedExisting } from './existence-mark.ts'
import { type Grade, isUsualAt, readGrade } from './grade.ts'
import { judgeAge, judgeBirth, judgeEnteredOn } from './judge-birth.ts'
import { judgeNumber, judgeSeries } from './judge-number.ts'
import { type Prefix, readPrefix, readSex, type Sex } from './prefix.ts'
import type { Problem } from './problem.ts'
import { cellWords, personWords } from './problem-words.ts'
import type { Pupil } from './pupil.ts'
import { cellOf, isFormula, optionalText, type RawRow, type RowFindings, report, requiredText } from './row-findings.ts'
import { type PupilStatus, readStatus, statusCounts } from './status.ts'

export type JudgeContext = {
  kind: InstitutionKind
  /** BE. */
  schoolYear: number
  /** The round's as-of date, CE. */
  asOf: CalendarDate
}

/** `typed` is the number as typed, for finding duplicates. `pupil` is null when the row has errors. */
export type JudgedRow = { row: number; problems: Problem[]; pupil: Pupil | null; typed: string | null }

/** Judges one row by itself (R26-R29; section 9 of the domain's rules). Duplicates are found over all rows. */
export function judgeRow(raw: RawRow, context: JudgeContext): JudgedRow {
  const findings: RowFindings = { raw, kind: context.kind, problems: [] }
  reportFormulas(findings)
  const status = judgeStatus(findings)
  const { judged: number, typed } = judgeNumber(findings, status)
  const prefix = judgePrefix(findings)
  const firstName = requiredText(findings, 'firstName')
  const lastName = requiredText(findings, 'lastName')
  const sex = judgeSex(findings, prefix)
  const birth = judgeBirth(findings, context.asOf)
  const nationality = judgeNationality(findings)
  const grade = judgeGrade(findings)
  const enteredOn = judgeEnteredOn(findings, context.asOf)
  judgeSeries(findings, { number, nationality, birthYear: birth?.year ?? null })
  if (birth !== null) judgeAge(findings, { birth, prefix, grade }, context)
  const exists = isMarkedExisting(cellOf(findings, 'exists'))
  judgeExistence(findings, { status, exists })

  const explanation = optionalText(findings, 'explanation')
  const problems = findings.problems.map((found) => withExplanation(found, explanation))
  const row = { row: raw.row, problems, typed }
  if (problems.some((found) => found.severity === 'error')) return { ...row, pupil: null }
  if (number === null || prefix === null || firstName === null || lastName === null || sex === null)
    return { ...row, pupil: null }
  if (birth === null || nationality === null || grade === null || status === null) return { ...row, pupil: null }
  const waitingKey = `waiting:${firstName}:${lastName}:${birth.year}-${birth.month ?? 0}-${birth.day ?? 0}`
  const pupil: Pupil = {
    row: raw.row,
    key: number.number ?? waitingKey,
    numberKind: number.kind,
    number: number.number,
    pupilNumber: optionalText(findings, 'pupilNumber'),
    prefix: prefix.name,
    firstName,
    lastName,
    sex,
    birthDate: birth,
    nationality,
    grade: grade.name,
    room: optionalText(findings, 'room'),
    enteredOn,
    status,
    counts: statusCounts(status),
    exists,
    explanation,
  }
  return { ...row, pupil }
}

function reportFormulas(findings: RowFindings): void {
  for (const column of rosterColumns) {
    if (!isFormula(findings, column)) continue
    report(findings, { column, code: 'cell_formula', message: cellWords.formula(columnHeader(column, findings.kind)) })
  }
}

function judgeStatus(findings: RowFindings): PupilStatus | null {
  const typed = requiredText(findings, 'status')
  const status = typed === null ? null : readStatus(typed)
  if (typed !== null && status === null) {
    report(findings, { column: 'status', code: 'status_unknown', message: personWords.statusUnknown(typed) })
  }
  return status
}

function judgePrefix(findings: RowFindings): Prefix | null {
  const typed = requiredText(findings, 'prefix')
  const prefix = typed === null ? null : readPrefix(typed)
  if (typed !== null && prefix === null) {
    report(findings, { column: 'prefix', code: 'prefix_unknown', message: personWords.prefixUnknown(typed) })
  }
  return prefix
}

/** Read from the prefix; เพศ is looked at only where the prefix does not tell. */
function judgeSex(findings: RowFindings, prefix: Prefix | null): Sex | null {
  if (prefix === null || prefix.sex !== null) return prefix?.sex ?? null
  if (isFormula(findings, 'sex')) return null
  const typed = optionalText(findings, 'sex')
  if (typed === '') {
    report(findings, { column: 'sex', code: 'sex_missing', message: personWords.sexMissing(prefix.name) })
    return null
  }
  const sex = readSex(typed)
  if (sex === null) report(findings, { column: 'sex', code: 'sex_unknown', message: personWords.sexUnknown(typed) })
  return sex
}

/** There is no list of nationalities to hold it against; a word it must be. */
function judgeNationality(findings: RowFindings): string | null {
  const typed = requiredText(findings, 'nationality')
  if (typed === null) return null
  if (!/\p{L}/u.test(typed)) {
    const message = personWords.nationalityUnknown(typed)
    report(findings, { column: 'nationality', code: 'nationality_unknown', message })
    return null
  }
  return /^(?:สัญชาติ)?\s*(?:ไทย|thai)$/i.test(typed) ? 'ไทย' : typed
}

function judgeGrade(findings: RowFindings): Grade | null {
  const typed = requiredText(findings, 'grade')
  const grade = typed === null ? null : readGrade(typed)
  if (typed !== null && grade === null) {
    report(findings, { column: 'grade', code: 'grade_unknown', message: personWords.gradeUnknown(typed) })
  }
  if (grade !== null && !isUsualAt(grade, findings.kind)) {
    const message = personWords.gradeUnusual(grade.name, findings.kind)
    report(findings, { column: 'grade', code: 'grade_unusual', message })
  }
  return grade
}

function judgeExistence(findings: RowFindings, pupil: { status: PupilStatus | null; exists: boolean }): void {
  if (pupil.exists || isFormula(findings, 'exists')) return
  if (pupil.status === null || !statusCounts(pupil.status)) return
  report(findings, { column: 'exists', code: 'exists_missing', message: personWords.existsMissing(findings.kind) })
}

function withExplanation(found: Problem, explanation: string): Problem {
  const explained = found.severity === 'warning' && /\p{L}/u.test(explanation)
  return explained ? { ...found, explained: true } : found
}
