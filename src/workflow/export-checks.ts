import type { LaoFigures } from './export-figures.ts'
import type { ExportedComponent, ExportedInstitution, ExportedLao, ExportedProvince } from './export-lines.ts'
import type { Sums } from './export-sums.ts'
import { grades } from './rules/roster/grade.ts'

export type CheckWhat =
  | 'rows'
  | 'totals'
  | 'sexes'
  | 'grades'
  | 'log'
  | 'overview-unit'
  | 'overview'
  | 'other-rows'
  | 'province'
  | 'sum'

/** Why two figures may rightly differ: the level above confirmed before it was opened again, or before a unit came or went. */
export type KnownCause = 'correcting' | 'units-changed'

export type Difference = {
  code: string
  name: string
  what: CheckWhat
  /** The figure on record, and the one that the export comes to. */
  recorded: number | null
  found: number
  /** Null: nothing explains it. */
  cause: KnownCause | null
}

export type Checks = { compared: number; differences: Difference[] }

type Place = { code: string; name: string }
type Pair = { what: CheckWhat; recorded: number | null; found: number; cause?: KnownCause | null }

function compare(checks: Checks, place: Place, pair: Pair): void {
  checks.compared += 1
  if (pair.recorded === pair.found) return
  const { code, name } = place
  checks.differences.push({ code, name, cause: null, ...pair })
}

const gradeNames: ReadonlySet<string> = new Set(grades.map((grade) => grade.name))

/** Receipts against snapshot rows, snapshot totals, the log and the level above, for one LAO. */
export function checkLao(checks: Checks, input: { lao: ExportedLao; figures: LaoFigures; sums: Sums }): void {
  const { lao, figures, sums } = input
  for (const child of lao.institutions) checkInstitution(checks, child, figures)
  checkOverview(checks, input)
  const counts = lao.otherCounts.reported
  if (counts) {
    const found = (figures.others ?? []).reduce((sum, row) => sum + (row.current ?? 0), 0)
    compare(checks, lao, { what: 'other-rows', recorded: counts.counted, found })
    compare(checks, lao, { what: 'log', recorded: counts.loggedCounted, found: counts.counted })
  }
  const listed = lao.institutions
    .filter((child) => !child.gone)
    .reduce((sum, child) => sum + (child.reported?.counted ?? 0), 0)
  compare(checks, lao, { what: 'sum', recorded: listed, found: sums.counted })
}

function checkInstitution(checks: Checks, child: ExportedInstitution, figures: LaoFigures): void {
  const found = figures.institutions.get(child.id)
  if (!found || !child.reported) return
  const { heads, totals } = found
  const byGrade = [...heads.byGrade].filter(([grade]) => gradeNames.has(grade))
  const inGrades = byGrade.reduce((sum, [, { male, female }]) => sum + male + female, 0)
  compare(checks, child, { what: 'rows', recorded: found.counted, found: heads.counted })
  compare(checks, child, { what: 'totals', recorded: totals.counted, found: heads.counted })
  compare(checks, child, { what: 'sexes', recorded: totals.male, found: heads.male })
  compare(checks, child, { what: 'sexes', recorded: totals.female, found: heads.female })
  compare(checks, child, { what: 'grades', recorded: found.counted, found: inGrades })
  compare(checks, child, { what: 'log', recorded: child.reported.loggedCounted, found: found.counted })
}

function checkOverview(checks: Checks, input: { lao: ExportedLao; figures: LaoFigures; sums: Sums }): void {
  const { lao, figures, sums } = input
  const { reported } = lao.overview
  if (!reported) return
  const units = figures.overview ?? []
  const cause = causeOf(lao.overview, !lao.overview.covers)
  const parts = units.reduce((sum, unit) => sum + unit.counted, 0)
  compare(checks, lao, { what: 'log', recorded: reported.loggedCounted, found: reported.counted })
  compare(checks, lao, { what: 'rows', recorded: reported.counted, found: parts })
  compare(checks, lao, { what: 'overview', recorded: reported.counted, found: sums.counted, cause })
  if (cause !== null) return
  const recorded = new Map(units.map(({ unitId, counted }) => [unitId, counted] as const))
  for (const child of lao.institutions) {
    if (child.gone || !child.reported) continue
    const pair = { recorded: recorded.get(child.id) ?? null, found: child.reported.counted }
    compare(checks, child, { what: 'overview-unit', ...pair })
  }
}

const causeOf = (component: ExportedComponent, unitsChanged: boolean): KnownCause | null => {
  if (component.state === 'correcting') return 'correcting'
  return unitsChanged ? 'units-changed' : null
}

/** The province's confirmed figure against its LAOs, and the sums against what was listed. */
export function checkProvince(
  checks: Checks,
  input: { province: ExportedProvince; sums: Sums; listed: { counted: number; otherCounted: number } },
): void {
  const { province, sums, listed } = input
  compare(checks, province, { what: 'sum', recorded: listed.counted, found: sums.counted })
  compare(checks, province, { what: 'sum', recorded: listed.otherCounted, found: sums.otherCounted })
  const { reported } = province.confirmation
  if (!reported) return
  const unitsChanged = province.laos.some((lao) => lao.gone || !lao.overview.covers)
  const cause = causeOf(province.confirmation, unitsChanged)
  compare(checks, province, { what: 'province', recorded: reported.counted, found: sums.counted, cause })
  compare(checks, province, { what: 'log', recorded: reported.loggedCounted, found: reported.counted })
}

export function checkNation(checks: Checks, input: { name: string; provinces: Sums[]; sums: Sums }): void {
  const { name, provinces, sums } = input
  const counted = provinces.reduce((sum, one) => sum + one.counted, 0)
  const otherCounted = provinces.reduce((sum, one) => sum + one.otherCounted, 0)
  compare(checks, { code: '', name }, { what: 'sum', recorded: counted, found: sums.counted })
  compare(checks, { code: '', name }, { what: 'sum', recorded: otherCounted, found: sums.otherCounted })
}
