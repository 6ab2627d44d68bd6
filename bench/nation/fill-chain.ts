import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { hashOfShown } from '../../src/workflow/write-confirmation.ts'
import type { RawConfirmation } from './confirm-raw.ts'
import type { FilledRoster } from './fill-rosters.ts'
import { insertInto } from './insert-into.ts'
import { HOUR, NOW } from './nation-size.ts'
import type { PlacedLao, Places } from './place-units.ts'
import { seeded } from './seeded.ts'

type Input = {
  roundId: number
  places: Places
  rosters: readonly FilledRoster[]
  confirm: (given: RawConfirmation) => number
}

/** Other-affiliation counts, overviews and marks of the LAOs, as far as their institutions let them. */
export function fillChain(raw: Database.Database, input: Input): void {
  const { roundId, confirm } = input
  const random = seeded(4)
  const byLao = Map.groupBy(input.rosters, (roster) => roster.institution.laoId)
  const writeCounts = countsWriter(raw, roundId)
  const mark = insertInto(raw, 'lao_marks', ['round_id', 'lao_id', 'shown_hash', 'appointment_id', 'at'])
  for (const province of input.places.provinces) {
    for (const lao of province.laos) {
      const children = (byLao.get(lao.id) ?? []).sort((a, b) => a.institution.id - b.institution.id)
      const others = random.chance(0.4) ? 1 + random.below(4) : 0
      const counts = others > 0 ? writeCounts(lao, others) : null
      const allIn = children.length > 0 && children.every((child) => child.confirmationId !== null && !child.drifted)
      const overviewId = allIn && random.chance(0.7) ? confirm(overviewOf(lao, children)) : null
      const countsId =
        counts && random.chance(0.6)
          ? confirm({ unitId: lao.id, officer: lao.officer, component: 'other_counts', ...counts })
          : null
      const complete = (overviewId !== null || children.length === 0) && (countsId !== null || others === 0)
      if (!complete || children.length + others === 0 || random.chance(0.5)) continue
      const shown = hashOfShown([
        [lao.id, overviewId, countsId, others],
        ...children.map((child) => [child.institution.id, child.confirmationId] as const),
      ])
      mark(roundId, lao.id, shown, province.officer.appointmentId, NOW - HOUR)
    }
  }
}

function overviewOf(lao: PlacedLao, children: readonly FilledRoster[]): RawConfirmation {
  return {
    unitId: lao.id,
    officer: lao.officer,
    component: 'overview',
    hash: hashOfShown(children.map((child) => [child.institution.id, child.confirmationId, child.hash])),
    counted: children.reduce((sum, child) => sum + child.counted, 0),
    rows: JSON.stringify(
      children.map((child) => ({
        unitId: child.institution.id,
        confirmationId: child.confirmationId,
        snapshotHash: child.hash,
        counted: child.counted,
      })),
    ),
  }
}

function countsWriter(raw: Database.Database, roundId: number) {
  const other = insertInto(raw, 'other_institutions', ['lao_id', 'code', 'name', 'affiliation'])
  const count = insertInto(raw, 'other_counts', [
    'round_id',
    'other_institution_id',
    'baseline',
    'baseline_date',
    'current',
    'checked',
    'read_at',
  ])
  const lao = ['round_id', 'lao_id']
  const figures = ['version', 'content_hash', 'errors', 'unexplained_warnings', 'unchecked', 'total', 'rows', 'read_at']
  const sheet = insertInto(raw, 'count_sheets', [...lao, ...figures])
  const file = insertInto(raw, 'sheet_files', ['unit_id', 'round_id', 'kind', 'spreadsheet_id', 'state', 'created_at'])
  return ({ id }: PlacedLao, others: number) => {
    const at = NOW - 90 * HOUR
    const rows = Array.from({ length: others }, (_, index) => {
      const code = `10${String(id).padStart(6, '0')}${index}`
      const name = `โรงเรียนสังกัดอื่น ${id}-${index}`
      count(roundId, other(id, code, name, 'สพฐ.'), 100, '2020-08-07', 100 + index, 1, at)
      return {
        code,
        name,
        affiliation: 'สพฐ.',
        baseline: 100,
        baselineDate: '2020-08-07',
        current: 100 + index,
        reason: null,
      }
    })
    const hash = createHash('sha256').update(`counts ${id}`).digest('hex')
    const counted = rows.reduce((sum, row) => sum + row.current, 0)
    sheet(roundId, id, 1, hash, 0, 0, 0, counted, others, at)
    file(id, roundId, 'counts', `bench-counts-${id}`, 'ok', 0)
    return { hash, counted, rows: JSON.stringify(rows) }
  }
}
