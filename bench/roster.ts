import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoundId, UnitId } from '../src/db/ids.ts'
import { type OpenDatabase, openDatabase, transact } from '../src/db/open.ts'
import { units } from '../src/db/schema.ts'
import { contentHash } from '../src/sheets/content-hash.ts'
import type { Google } from '../src/sheets/metered-google.ts'
import { judgeRosterTab } from '../src/sheets/read-roster.ts'
import { type ReadTab, readTab } from '../src/sheets/read-tab.ts'
import { findRosterColumns, toRawRows } from '../src/sheets/roster-columns.ts'
import { addRound } from '../src/workflow/rounds.ts'
import { columnNamed, type RosterColumn, rosterColumns } from '../src/workflow/rules/roster/columns.ts'
import { SOURCE_ROUNDS } from '../src/workflow/source-rounds.ts'
import { googleAnswers } from './roster-answers.ts'

const SHEETS = 400
const ROWS = 80
/** Product and limit take turns, so that a busy machine slows both. */
const TURN = 20
const CONTEXT = { kind: 'school', schoolYear: 2567, asOf: { year: 2024, month: 6, day: 10 } } as const

const PASSES = ['first read', 'read again, unchanged', `read again, 3 rows of ${ROWS} changed`] as const
type Place = { roundId: RoundId; ids: readonly UnitId[] }
type Cell = string | number | null
type PupilRow = Record<string, Cell>
/** Milliseconds. `judge` includes what hashing takes, measured by itself for the print. */
type Stages = { parse: number; judge: number; hash: number; write: number }

/**
 * Rows per second from the bytes of Google's answer to the committed transaction. The limit is JSON.parse of the same bytes and
 * prepared upserts of the very rows that the product stores, into the same table with the same indexes and references.
 */
export async function benchRoster(): Promise<void> {
  console.log(`\n# Rosters: ${SHEETS} sheets of ${ROWS} rows, one transaction each, fully synced`)
  const first = googleAnswers({ sheets: SHEETS, rows: ROWS })
  const answers = [first, first, googleAnswers({ sheets: SHEETS, rows: ROWS, changedRows: 3 })]
  const stored = await withDatabase(async (open, place) => {
    for (const [pass, given] of answers.entries())
      await throughTheProduct(open, { place, answers: given, pass, from: 0 })
    return open.raw.prepare('SELECT * FROM pupils ORDER BY id').all() as PupilRow[]
  })
  await withDatabase((product, place) =>
    withDatabase(async (bare, barePlace) => {
      const upsertSheets = bareUpserts(bare, { place: barePlace, stored })
      for (const [pass, given] of answers.entries()) {
        const ms = { product: 0, bare: 0 }
        const stages: Stages = { parse: 0, judge: 0, hash: 0, write: 0 }
        for (let from = 0; from < SHEETS; from += TURN) {
          const turn = given.slice(from, from + TURN)
          const took = await throughTheProduct(product, { place, answers: turn, pass, from })
          for (const stage of ['parse', 'judge', 'hash', 'write'] as const) stages[stage] += took[stage]
          ms.product += took.parse + took.judge + took.write
          ms.bare += upsertSheets(turn, from)
        }
        print({ pass, ms, stages })
      }
    }),
  )
}

function print(input: { pass: number; ms: { product: number; bare: number }; stages: Stages }): void {
  const { pass, ms, stages } = input
  const line = (name: string, of: number) =>
    console.log(`${name.padEnd(44)} ${Math.round(perSecond(of)).toLocaleString('en').padStart(8)} rows/s`)
  console.log(`\n${PASSES[pass]}`)
  line('  bare JSON.parse and prepared upserts', ms.bare)
  line('  read, judged, recorded with provenance', ms.product)
  console.log(`  ratio ${(ms.bare / ms.product).toFixed(2)}  (goal: 0.5)   ${sharesOf(stages)}`)
}

const perSecond = (ms: number) => (SHEETS * ROWS) / (ms / 1000)

function sharesOf(stages: Stages): string {
  const judge = Math.max(0, stages.judge - stages.hash)
  const all = stages.parse + stages.judge + stages.write
  const share = (name: string, ms: number) =>
    `${name} ${Math.round((ms / all) * 100)} % (${((ms * 1000) / (SHEETS * ROWS)).toFixed(1)} µs/row)`
  return [
    share('parse', stages.parse),
    share('judge', judge),
    share('hash', stages.hash),
    share('write', stages.write),
  ].join(', ')
}

/** Milliseconds for the sheets from number `from` on. */
function bareUpserts(
  { raw }: OpenDatabase,
  input: { place: Place; stored: readonly PupilRow[] },
): (answers: readonly string[], from: number) => number {
  const columns = Object.keys(input.stored[0] ?? {}).filter((column) => column !== 'id')
  const upsert = raw.prepare<Cell[]>(
    `INSERT INTO pupils (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (round_id, institution_id, key) DO UPDATE SET ${columns.map((c) => `${c} = excluded.${c}`).join(', ')}`,
  )
  const byUnit = Map.groupBy(input.stored, (row) => row['institution_id'])
  const ready = input.place.ids.map((id) =>
    (byUnit.get(id) ?? []).map((row) => columns.map((column) => row[column] ?? null)),
  )
  const upsertAll = raw.transaction((rows: readonly Cell[][]) => {
    for (const row of rows) upsert.run(...row)
  })
  return (answers, from) => {
    const began = performance.now()
    let rows = 0
    for (const [index, answer] of answers.entries()) {
      const parsed = JSON.parse(answer) as { sheets: [{ data: [{ rowData: unknown[] }] }] }
      rows += parsed.sheets[0].data[0].rowData.length
      upsertAll.immediate(ready[from + index] ?? [])
    }
    const ms = performance.now() - began
    if (rows !== answers.length * (ROWS + 1)) throw new Error('the answers were not read')
    return ms
  }
}

async function throughTheProduct(
  { db }: OpenDatabase,
  input: { place: Place; answers: readonly string[]; pass: number; from: number },
): Promise<Stages> {
  const { roundId, ids } = input.place
  const stages: Stages = { parse: 0, judge: 0, hash: 0, write: 0 }
  const tabs: ReadTab[] = []
  for (const [index, answer] of input.answers.entries()) {
    const at = performance.now()
    const tab = await readTab(answering(answer), {
      spreadsheetId: 'bench',
      dataTabId: 0,
      reportTabId: 1,
      title: 'รายชื่อ',
      names: columnNamed,
      urgent: false,
    })
    if (!tab) throw new Error('the answer could not be read')
    const parsedAt = performance.now()
    const institutionId = ids[input.from + index] as UnitId
    const judged = judgeRosterTab(tab, { roundId, institutionId, context: CONTEXT })
    if (!judged.ok) throw new Error(judged.words)
    const judgedAt = performance.now()
    const now = input.pass * 1_000_000 + index
    transact(db, (tx) => judged.record(tx, { readAt: now, editedAt: null, lastEditor: null }, now))
    stages.write += performance.now() - judgedAt
    stages.judge += judgedAt - parsedAt
    stages.parse += parsedAt - at
    tabs.push(tab)
  }
  stages.hash = hashingAlone(tabs)
  return stages
}

function hashingAlone(tabs: readonly ReadTab[]): number {
  const rosters = tabs.map((tab) => {
    const found = findRosterColumns(tab.header)
    return found.ok ? toRawRows(tab.rows, found.columns) : []
  })
  const began = performance.now()
  for (const rows of rosters) contentHash<RosterColumn>(rows, { all: rosterColumns, ticks: ['exists'] })
  return performance.now() - began
}

function answering(answer: string): Google {
  return { identities: [], owner: undefined as never, ask: async () => ({ data: JSON.parse(answer) }) as never }
}

async function withDatabase<T>(work: (open: OpenDatabase, place: Place) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'lec-bench-'))
  const open = openDatabase(join(dir, 'bench.db'))
  try {
    return await work(open, addPlace(open))
  } finally {
    open.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

function addPlace({ db }: OpenDatabase): Place {
  return transact(db, (tx) => {
    const round = SOURCE_ROUNDS.find((candidate) => candidate.code === '2567/1')
    if (!round) throw new Error('the round is missing')
    const added = addRound(tx, { round, activate: true }, 0)
    if (!added.ok) throw new Error('the round was refused')
    const unit = { level: 'institution', kind: 'school', openedAt: 0 } as const
    const ids = Array.from(
      { length: SHEETS },
      (_, index) =>
        tx
          .insert(units)
          .values({ ...unit, name: `${index}` })
          .returning({ id: units.id })
          .get().id,
    )
    return { roundId: added.round.id as RoundId, ids }
  })
}
