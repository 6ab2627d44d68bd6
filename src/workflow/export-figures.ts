import type Database from 'better-sqlite3'
import type { SnapshotId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { unpackJson } from '../db/packed-json.ts'
import { preparedOn } from '../db/prepared.ts'
import type { ExportedInstitution, ExportedLao } from './export-lines.ts'
import type { Pupil } from './rules/roster/pupil.ts'
import { waitingStatus } from './rules/roster/status.ts'

/** Heads of a confirmed roster, counted anew from the rows of its snapshot. */
export type Heads = {
  counted: number
  male: number
  female: number
  /** Part of `counted`: รอออกรหัส G-Code. */
  waiting: number
  byGrade: Map<string, { male: number; female: number }>
}

export type InstitutionFigures = {
  /** What the receipt says. */
  counted: number
  heads: Heads
  /** What the snapshot's own totals say, for the cross-check. */
  totals: { counted: number; male: number; female: number }
}

export type ConfirmedOther = {
  code: string
  name: string
  affiliation: string
  baseline: number | null
  baselineDate: string | null
  current: number | null
  reason: string | null
}

export type LaoFigures = {
  institutions: Map<UnitId, InstitutionFigures>
  /** What the confirmed overview says of each institution. */
  overview: { unitId: UnitId; counted: number }[] | null
  others: ConfirmedOther[] | null
}

/** Everything confirmed below one LAO, from the snapshots that are reported. Snapshots never change: no common transaction is needed. */
export function laoFigures(tx: Tx, lao: ExportedLao): LaoFigures {
  const institutions = lao.institutions.flatMap((child) => {
    const figures = institutionFigures(tx, child)
    return figures ? [[child.id, figures] as const] : []
  })
  const overview = lao.overview.reported
  const counts = lao.otherCounts.reported
  return {
    institutions: new Map(institutions),
    overview: overview ? overviewOf(tx, overview.snapshotId) : null,
    others: counts ? (snapshotRows(tx, counts.snapshotId) as ConfirmedOther[]) : null,
  }
}

function institutionFigures(tx: Tx, child: ExportedInstitution): InstitutionFigures | null {
  if (!child.reported) return null
  const { snapshotId, counted } = child.reported
  const totals = preparedOn(tx, snapshotStatements).totals.get(snapshotId)
  const said = JSON.parse(totals ?? '{}') as Partial<InstitutionFigures['totals']>
  return {
    counted,
    heads: headsOf(snapshotRows(tx, snapshotId) as Pupil[]),
    totals: { counted: said.counted ?? 0, male: said.male ?? 0, female: said.female ?? 0 },
  }
}

/** The rows of a confirmed roster in the order of its sheet. */
export function confirmedPupils(tx: Tx, snapshotId: SnapshotId): Pupil[] {
  return snapshotRows(tx, snapshotId) as Pupil[]
}

function overviewOf(tx: Tx, snapshotId: SnapshotId): { unitId: UnitId; counted: number }[] {
  const rows = snapshotRows(tx, snapshotId) as { unitId: UnitId; counted: number | null }[]
  return rows.map(({ unitId, counted }) => ({ unitId, counted: counted ?? 0 }))
}

function snapshotRows(tx: Tx, snapshotId: SnapshotId): unknown[] {
  const rows = preparedOn(tx, snapshotStatements).rows.get(snapshotId)
  if (rows === undefined) throw new Error(`snapshot ${snapshotId} is gone`)
  return unpackJson(rows) as unknown[]
}

function snapshotStatements(raw: Database.Database) {
  return {
    rows: raw.prepare<[SnapshotId], Buffer | string>('SELECT rows FROM snapshots WHERE id = ?').pluck(),
    totals: raw.prepare<[SnapshotId], string>('SELECT totals FROM snapshots WHERE id = ?').pluck(),
  }
}

export function noHeads(): Heads {
  return { counted: 0, male: 0, female: 0, waiting: 0, byGrade: new Map() }
}

function headsOf(pupils: readonly Pupil[]): Heads {
  const heads = noHeads()
  for (const { counts, sex, grade, status } of pupils) {
    if (!counts) continue
    const line = heads.byGrade.get(grade) ?? { male: 0, female: 0 }
    line[sex === 'm' ? 'male' : 'female'] += 1
    heads.byGrade.set(grade, line)
    heads[sex === 'm' ? 'male' : 'female'] += 1
    heads.counted += 1
    if (status === waitingStatus) heads.waiting += 1
  }
  return heads
}

/** Adds `more` to `sum` in place. */
export function addHeads(sum: Heads, more: Heads): void {
  sum.counted += more.counted
  sum.male += more.male
  sum.female += more.female
  sum.waiting += more.waiting
  for (const [grade, { male, female }] of more.byGrade) {
    const line = sum.byGrade.get(grade) ?? { male: 0, female: 0 }
    sum.byGrade.set(grade, { male: line.male + male, female: line.female + female })
  }
}
