import { grades } from './grade.ts'
import type { Problem } from './problem.ts'
import type { Pupil } from './pupil.ts'
import { waitingStatus } from './status.ts'

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
  byStatus: Record<string, number>
  movedIn: number
  movedOut: number
  notExisting: number
}

/** The figures of a judged roster. Only rows without errors are counted as pupils. */
export function rosterTotals(judged: {
  rows: number
  pupils: readonly Pupil[]
  problems: readonly Problem[]
}): RosterTotals {
  const { rows, pupils, problems } = judged
  const counted = pupils.filter((pupil) => pupil.counts)
  const withStatus = (status: string) => pupils.filter((pupil) => pupil.status === status).length
  const ofSeverity = (severity: string) => problems.filter((found) => found.severity === severity)
  const males = (of: readonly Pupil[]) => of.filter((pupil) => pupil.sex === 'm').length
  const male = males(counted)
  return {
    rows,
    counted: counted.length,
    notCounted: pupils.length - counted.length,
    waitingGCode: withStatus(waitingStatus),
    male,
    female: counted.length - male,
    errors: new Set(ofSeverity('error').map((found) => found.row)).size,
    warnings: new Set(ofSeverity('warning').map((found) => found.row)).size,
    blockingErrors: ofSeverity('error').length,
    unexplainedWarnings: ofSeverity('warning').filter((found) => found.explained !== true).length,
    byGrade: countByGrade(counted),
    byStatus: countByStatus(pupils),
    movedIn: withStatus('ย้ายเข้า'),
    movedOut: withStatus('ย้ายออก'),
    notExisting: withStatus('ไม่มีตัวตน'),
  }
}

function countByGrade(counted: readonly Pupil[]): RosterTotals['byGrade'] {
  const byName = new Map(grades.map(({ name }) => [name, { grade: name, male: 0, female: 0 }]))
  for (const { grade, sex } of counted) {
    const line = byName.get(grade)
    if (line !== undefined) line[sex === 'm' ? 'male' : 'female'] += 1
  }
  return [...byName.values()].filter(({ male, female }) => male + female > 0)
}

function countByStatus(pupils: readonly Pupil[]): Record<string, number> {
  const byStatus: Record<string, number> = {}
  for (const { status } of pupils) byStatus[status] = (byStatus[status] ?? 0) + 1
  return byStatus
}
