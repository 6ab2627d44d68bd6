import type { LaoFigures } from './export-figures.ts'
import { addHeads, type Heads, noHeads } from './export-figures.ts'
import type { ExportedLao, ExportState } from './export-lines.ts'

type StateCounts = Record<ExportState, number>

/** Sums over institutions and other counts. A sum of figures never stands alone: how many of the units gave one stands beside it. */
export type Sums = {
  laos: number
  institutions: StateCounts
  /** Figures as the receipts say them, and the heads counted anew from the confirmed rows. */
  counted: number
  withFigure: number
  heads: Heads
  otherCounts: StateCounts
  otherCounted: number
  otherWithFigure: number
  late: number
  drifted: number
}

const noStates = (): StateCounts => ({ confirmed: 0, correcting: 0, open: 0, not_required: 0, not_applicable: 0 })

export function noSums(): Sums {
  return {
    laos: 0,
    institutions: noStates(),
    counted: 0,
    withFigure: 0,
    heads: noHeads(),
    otherCounts: noStates(),
    otherCounted: 0,
    otherWithFigure: 0,
    late: 0,
    drifted: 0,
  }
}

/** What is gone is listed in the export and part of no sum. */
export function sumLao(lao: ExportedLao, figures: LaoFigures): Sums {
  const sums = noSums()
  for (const child of lao.institutions) {
    if (child.gone) continue
    sums.institutions[child.state] += 1
    if (child.drifted) sums.drifted += 1
    if (child.reported && child.reported.afterDueAt !== null) sums.late += 1
    const found = figures.institutions.get(child.id)
    if (!found) continue
    sums.withFigure += 1
    sums.counted += found.counted
    addHeads(sums.heads, found.heads)
  }
  sums.laos = 1
  sums.otherCounts[lao.otherCounts.state] += 1
  if (lao.otherCounts.reported) {
    sums.otherWithFigure += 1
    sums.otherCounted += lao.otherCounts.reported.counted
  }
  return sums
}

/** Adds `more` to `sum` in place. */
export function addSums(sum: Sums, more: Sums): void {
  for (const state of Object.keys(sum.institutions) as ExportState[]) {
    sum.institutions[state] += more.institutions[state]
    sum.otherCounts[state] += more.otherCounts[state]
  }
  for (const name of ['laos', 'counted', 'withFigure', 'otherCounted', 'otherWithFigure', 'late', 'drifted'] as const)
    sum[name] += more[name]
  addHeads(sum.heads, more.heads)
}
