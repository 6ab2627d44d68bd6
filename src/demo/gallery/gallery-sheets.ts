import type { Instant, UnitId } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { contentHash } from '../../sheets/content-hash.ts'
import { advanceRun, commitRun, completeShow, finishUnlock, openRuns, runById } from '../../workflow/confirm-run.ts'
import { otherInstitutionsOf, recordCounts } from '../../workflow/record-counts.ts'
import { recordRoster } from '../../workflow/record-roster.ts'
import type { CellValue } from '../../workflow/rules/roster/cell-value.ts'
import { rosterColumns } from '../../workflow/rules/roster/columns.ts'
import { judgeRoster } from '../../workflow/rules/roster/judge-roster.ts'
import type { RawRow } from '../../workflow/rules/roster/row-findings.ts'
import { refreshSharedPupils } from '../../workflow/shared-pupils-refresh.ts'
import { type DemoRow, demoRoster } from '../demo-roster.ts'
import { DEMO_INSTITUTIONS } from '../demo-units.ts'
import { type GalleryWorld, required } from './gallery-world.ts'

const EVERYTHING = Number.MAX_SAFE_INTEGER

/** Stands for Google: what the sheets hold, and what the reading job does with an open run. */
export function gallerySheets(world: GalleryWorld) {
  const typed = new Map<string, DemoRow[]>(DEMO_INSTITUTIONS.map((one) => [one.code, demoRoster(one)]))
  const checkedBy = new Set<UnitId>()

  const record = (tx: Tx, code: string, now: Instant): string => {
    const { kind } = required(DEMO_INSTITUTIONS.find((one) => one.code === code))
    const rows = required(typed.get(code)).map(rawRow)
    const round = world.round()
    const [year = 0, month = 0, day = 0] = round.asOf.split('-').map(Number)
    const judged = judgeRoster(rows, { kind, schoolYear: round.schoolYear, asOf: { year, month, day } })
    const ref = { roundId: round.id, institutionId: world.unitId(code) }
    const hash = contentHash(rows, { all: rosterColumns, ticks: ['exists'] })
    const read = { readAt: now, editedAt: now, lastEditor: null }
    const recorded = recordRoster(tx, { ...ref, contentHash: hash, judged, read }, now)
    if (recorded.changed) refreshSharedPupils(tx, { ...ref, keysInErrorRows: judged.keysInErrorRows }, now)
    return hash
  }
  const recordCountsOf = (tx: Tx, laoId: UnitId, now: Instant): string => {
    const round = world.round()
    const checked = checkedBy.has(laoId)
    const rows = otherInstitutionsOf(tx, { roundId: round.id, laoId }).map((other, index) => ({
      row: index + 2,
      code: other.code,
      current: other.baseline,
      checked,
      reason: null,
    }))
    const hash = JSON.stringify(rows)
    const read = { readAt: now, editedAt: now, lastEditor: null }
    recordCounts(tx, { roundId: round.id, laoId, contentHash: hash, rows, problems: [], read }, now)
    return hash
  }
  const codeOf = (unitId: UnitId) => DEMO_INSTITUTIONS.find((one) => world.unitId(one.code) === unitId)?.code
  const readOf = (tx: Tx, unitId: UnitId, now: Instant): string => {
    const code = codeOf(unitId)
    return code ? record(tx, code, now) : recordCountsOf(tx, unitId, now)
  }

  return {
    rows: (code: string): DemoRow[] => required(typed.get(code)),
    /** Types into a sheet: `change` gets the rows as they stand. */
    edit(code: string, change: (rows: DemoRow[]) => DemoRow[]): void {
      typed.set(code, change(required(typed.get(code)).map((row) => ({ ...row }))))
    },
    /** Everything corrected: a roster that may be confirmed. */
    correct(code: string): void {
      const one = required(DEMO_INSTITUTIONS.find((given) => given.code === code))
      typed.set(code, demoRoster({ ...one, mistakes: [] }))
    },
    tickCounts: (lao: string): void => void checkedBy.add(world.unitId(lao)),
    read: (code: string, now: Instant): void => void world.act((tx) => readOf(tx, world.unitId(code), now)),
    /** Takes every open run to its end, as the job does. */
    settle(now: Instant): void {
      for (const run of world.act((tx) => openRuns(tx, EVERYTHING))) {
        if (run.purpose === 'show') {
          world.act((tx) => completeShow(tx, run.id, { contentHash: readOf(tx, run.unitId, now) }, now))
          continue
        }
        world.act((tx) => advanceRun(tx, run.id, 'verify'))
        const { step } = world.act((tx) => commitRun(tx, run.id, { contentHash: readOf(tx, run.unitId, now) }, now))
        if (step === 'unlock') world.act((tx) => finishUnlock(tx, runById(tx, run.id).id, now))
      }
    },
  }
}

const cell = (text: string): CellValue => {
  if (text === 'TRUE' || text === 'FALSE') return { kind: 'bool', value: text === 'TRUE' }
  return text === '' ? { kind: 'empty' } : { kind: 'text', text }
}

function rawRow(row: DemoRow, index: number): RawRow {
  const cells = Object.fromEntries(rosterColumns.map((column) => [column, cell(row[column])]))
  return { row: index + 2, cells }
}
