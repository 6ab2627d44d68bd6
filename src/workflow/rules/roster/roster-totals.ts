import { grades } from './grade.ts'
import type { Problem } from './problem.ts'
import type { Pupil } from './pupil.ts'
import type { RoundChanges } from './round-changes.ts'
import { type PupilStatus, waitingStatus } from './status.ts'

export type RosterTotals = {
  /** Rows with anything in them: counted + notCounted + errors. */
  rows: number
  counted: number
  notCounted: number
  /** Part of `counted`, also shown apart. */
  waitingGCode: number
  /** Boys and girls among the counted. */
  male: number
  female: number
  /** Rows with at least one error, or with at least one warning. */
  errors: number
  warnings: number
  /** Problems that block confirming. */
  blockingErrors: number
  unexplainedWarnings: number
  byGrade: { grade: string; male: number; female: number }[]
  byStatus: Partial<Record<PupilStatus, number>>
  movedIn: number
  movedOut: number
  notExisting: number
  /** In a round that carries the last one forward (R26). */
  changes?: RoundChanges
}

/** The figures of a judged roster. Only rows without errors are counted as pupils. */
export function rosterTotals(judged: {
  rows: number
  pupils: readonly Pupil[]
  problems: readonly Problem[]
}): RosterTotals {
  const { rows, pupils, problems } = judged
  const { byGrade, byStatus } = countPupils(pupils)
  const male = byGrade.reduce((sum, line) => sum + line.male, 0)
  const female = byGrade.reduce((sum, line) => sum + line.female, 0)
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity === 'warning')
  return {
    rows,
    counted: male + female,
    notCounted: pupils.length - male - female,
    waitingGCode: byStatus[waitingStatus] ?? 0,
    male,
    female,
    errors: new Set(errors.map(({ row }) => row)).size,
    warnings: new Set(warnings.map(({ row }) => row)).size,
    blockingErrors: errors.length,
    unexplainedWarnings: warnings.filter(({ explained }) => explained !== true).length,
    byGrade,
    byStatus,
    movedIn: byStatus.ย้ายเข้า ?? 0,
    movedOut: byStatus.ย้ายออก ?? 0,
    notExisting: byStatus.ไม่มีตัวตน ?? 0,
  }
}

/** Grades of the counted, youngest first, and statuses of all. */
function countPupils(pupils: readonly Pupil[]): Pick<RosterTotals, 'byGrade' | 'byStatus'> {
  const byName = new Map(grades.map(({ name }) => [name, { grade: name, male: 0, female: 0 }]))
  const byStatus: Partial<Record<PupilStatus, number>> = {}
  for (const { status, counts, grade, sex } of pupils) {
    byStatus[status] = (byStatus[status] ?? 0) + 1
    const line = counts ? byName.get(grade) : undefined
    if (line !== undefined) line[sex === 'm' ? 'male' : 'female'] += 1
  }
  return { byGrade: [...byName.values()].filter(({ male, female }) => male + female > 0), byStatus }
}
