import type { CalendarDate } from './calendar.ts'
import type { CarriedPupils } from './carried-pupils.ts'
import { cellText } from './cell-value.ts'
import { columnHeader, type InstitutionKind, rosterColumns } from './columns.ts'
import { isMarkedExisting } from './existence-mark.ts'
import { type Grade, gradeMeant, isUsualAt, readGrade } from './grade.ts'
import { judgeAge, judgeBirth, judgeEnteredOn } from './judge-birth.ts'
import { judgeNewcomer } from './judge-newcomer.ts'
import { judgeNumber, judgeSeries } from './judge-number.ts'
import { readNationality } from './nationality.ts'
import { type Prefix, prefixMeant, readPrefix, readSex, type Sex } from './prefix.ts'
import type { Problem } from './problem.ts'
import { cellWords, personWords } from './problem-words.ts'
import { type Pupil, waitingKey } from './pupil.ts'
import { cellOf, isFormula, optionalText, type RawRow, type RowFindings, report, requiredText } from './row-findings.ts'
import type { RowTrace } from './same-pupil.ts'
import { type PupilStatus, readStatus, statusCounts, statusMeant } from './status.ts'

export type JudgeContext = {
  kind: InstitutionKind
  /** BE. */
  schoolYear: number
  /** The round's as-of date, CE. */
  asOf: CalendarDate
  /** Keys of the pupils that the last round counted, in a round that carries them forward (R11, R26). */
  carried?: CarriedPupils
}

/** `typed` is the number as typed, for finding duplicates. `pupil` is null when the row has errors. */
export type JudgedRow = { row: number; problems: Problem[]; typed: string | null; pupil: Pupil | null; trace: RowTrace }

/** Judges one row by itself (R26-R29; section 9 of the domain's rules). Duplicates are found over all rows. */
export function judgeRow(raw: RawRow, context: JudgeContext): JudgedRow {
  const { row } = raw
  const explanation = explanationOf(raw)
  const problems: Problem[] = []
  const findings: RowFindings = { raw, kind: context.kind, problems, explained: /\p{L}/u.test(explanation) }
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
  const trace = { row, firstName: firstName ?? '', lastName: lastName ?? '', birthDate: birth }
  judgeSeries(findings, { number, nationality, birthYear: birth?.year ?? null })
  if (birth !== null) judgeAge(findings, { birth, prefix, grade }, context)
  const exists = isMarkedExisting(cellOf(findings, 'exists'))
  judgeExistence(findings, { status, exists })
  if (context.carried !== undefined) judgeNewcomer(findings, { status, number, trace }, context.carried)

  if (number === null || prefix === null || sex === null || firstName === null || lastName === null)
    return { row, problems, typed, pupil: null, trace }
  if (birth === null || nationality === null || grade === null || status === null || problems.some(isError))
    return { row, problems, typed, pupil: null, trace }
  const pupil: Pupil = {
    row,
    key: number.number ?? waitingKey({ firstName, lastName, birthDate: birth }),
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
  return { row, problems, typed, pupil, trace }
}

function explanationOf({ cells }: RawRow): string {
  return cells.explanation?.kind === 'formula' ? '' : cellText(cells.explanation)
}

function isError({ severity }: Problem): boolean {
  return severity === 'error'
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
    const suggestion = statusMeant(typed) ?? undefined
    report(findings, {
      column: 'status',
      code: 'status_unknown',
      message: personWords.statusUnknown(typed),
      suggestion,
    })
  }
  return status
}

function judgePrefix(findings: RowFindings): Prefix | null {
  const typed = requiredText(findings, 'prefix')
  const prefix = typed === null ? null : readPrefix(typed)
  if (typed !== null && prefix === null) {
    const suggestion = prefixMeant(typed) ?? undefined
    report(findings, {
      column: 'prefix',
      code: 'prefix_unknown',
      message: personWords.prefixUnknown(typed),
      suggestion,
    })
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

function judgeNationality(findings: RowFindings): string | null {
  const typed = requiredText(findings, 'nationality')
  const nationality = typed === null ? null : readNationality(typed)
  if (typed !== null && nationality === null) {
    const message = personWords.nationalityUnknown(typed)
    report(findings, { column: 'nationality', code: 'nationality_unknown', message })
  }
  return nationality
}

function judgeGrade(findings: RowFindings): Grade | null {
  const typed = requiredText(findings, 'grade')
  const grade = typed === null ? null : readGrade(typed)
  if (typed !== null && grade === null) {
    const suggestion = gradeMeant(typed)?.name
    report(findings, { column: 'grade', code: 'grade_unknown', message: personWords.gradeUnknown(typed), suggestion })
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
