import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { RoundId, UnitId } from '../src/db/ids.ts'
import { openDatabase, transact } from '../src/db/open.ts'
import { units } from '../src/db/schema.ts'
import { demoRoster } from '../src/demo/demo-roster.ts'
import { DEMO_INSTITUTIONS } from '../src/demo/demo-units.ts'
import type { Google } from '../src/sheets/metered-google.ts'
import { judgeRosterTab } from '../src/sheets/read-roster.ts'
import { readTab } from '../src/sheets/read-tab.ts'
import { addRound } from '../src/workflow/rounds.ts'
import { columnHeader, columnNamed, rosterColumns } from '../src/workflow/rules/roster/columns.ts'
import { SOURCE_ROUNDS } from '../src/workflow/source-rounds.ts'

const SHEETS = 400
const ROWS = 80
const ROUNDS = 3
const CONTEXT = { kind: 'school', schoolYear: 2567, asOf: { year: 2024, month: 6, day: 10 } } as const

type Answer = { sheets: [{ data: [{ rowData: { values: { formattedValue?: string }[] }[] }] }] }

/** Rows per second from the bytes of Google's answer to the committed transaction, against JSON.parse and bare inserts. */
export async function benchRoster(): Promise<void> {
  console.log(`\n# Rosters: ${SHEETS} sheets of ${ROWS} rows, one transaction each, fully synced`)
  const answers = Array.from({ length: SHEETS }, (_, index) => googleAnswer(index))
  let bare = 0
  let product = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    bare = Math.max(
      bare,
      withFolder((dir) => bareInserts(dir, answers)),
    )
    product = Math.max(product, await withFolderAsync((dir) => throughTheProduct(dir, answers)))
  }
  const line = (name: string, rows: number) =>
    console.log(`${name.padEnd(44)} ${Math.round(rows).toLocaleString('en').padStart(8)} rows/s`)
  line('bare JSON.parse and prepared inserts', bare)
  line('read, judged, recorded with provenance', product)
  console.log(`ratio ${(product / bare).toFixed(2)}  (goal of a later release: 0.5)`)
}

function googleAnswer(index: number): string {
  const base = DEMO_INSTITUTIONS[0]
  if (!base) throw new Error('there is no demo institution')
  const code = String(3099000000 + index)
  const rows = demoRoster({ ...base, code, pupils: ROWS, mistakes: [] })
  const cell = (text: string) =>
    text === 'TRUE' || text === 'FALSE'
      ? { userEnteredValue: { boolValue: text === 'TRUE' }, formattedValue: text }
      : text === ''
        ? {}
        : { userEnteredValue: { stringValue: text }, formattedValue: text }
  const header = { values: rosterColumns.map((column) => cell(columnHeader(column))) }
  const rowData = [header, ...rows.map((row) => ({ values: rosterColumns.map((column) => cell(row[column])) }))]
  return JSON.stringify({ sheets: [{ properties: { sheetId: 0, title: 'รายชื่อ' }, data: [{ rowData }] }] })
}

function bareInserts(dir: string, answers: readonly string[]): number {
  const raw = new Database(join(dir, 'bare.db'))
  raw.pragma('journal_mode = WAL')
  raw.pragma('synchronous = FULL')
  raw.exec(
    `CREATE TABLE pupils (id INTEGER PRIMARY KEY, institution INTEGER, key TEXT, ${rosterColumns.map((column) => `"${column}" TEXT`).join(', ')}, UNIQUE (institution, key))`,
  )
  const insert = raw.prepare(`INSERT INTO pupils VALUES (NULL, ?, ?, ${rosterColumns.map(() => '?').join(', ')})`)
  const began = performance.now()
  for (const [institution, answer] of answers.entries()) {
    const parsed = JSON.parse(answer) as Answer
    raw.transaction(() => {
      for (const { values } of parsed.sheets[0].data[0].rowData.slice(1)) {
        insert.run(
          institution,
          values[0]?.formattedValue,
          ...rosterColumns.map((_, at) => values[at]?.formattedValue ?? null),
        )
      }
    })()
  }
  const seconds = (performance.now() - began) / 1000
  raw.close()
  return (answers.length * ROWS) / seconds
}

async function throughTheProduct(dir: string, answers: readonly string[]): Promise<number> {
  const { db, close } = openDatabase(join(dir, 'product.db'))
  const { roundId, ids } = transact(db, (tx) => {
    const round = SOURCE_ROUNDS.find((candidate) => candidate.code === '2567/1')
    if (!round) throw new Error('the round is missing')
    const added = addRound(tx, { round, activate: true }, 0)
    if (!added.ok) throw new Error('the round was refused')
    const ids = answers.map(
      (_, index) =>
        tx
          .insert(units)
          .values({ level: 'institution', kind: 'school', name: `${index}`, openedAt: 0 })
          .returning({ id: units.id })
          .get().id,
    )
    return { roundId: added.round.id as RoundId, ids }
  })
  const began = performance.now()
  for (const [index, answer] of answers.entries()) {
    const google: Google = {
      identities: [],
      owner: undefined as never,
      ask: async () => ({ data: JSON.parse(answer) }) as never,
    }
    const tab = await readTab(google, {
      spreadsheetId: 'bench',
      dataTabId: 0,
      reportTabId: 1,
      title: 'รายชื่อ',
      names: columnNamed,
      urgent: false,
    })
    if (!tab) throw new Error('the answer could not be read')
    const judged = judgeRosterTab(tab, { roundId, institutionId: ids[index] as UnitId, context: CONTEXT })
    if (!judged.ok) throw new Error(judged.words)
    transact(db, (tx) => judged.record(tx, { readAt: index, editedAt: null, lastEditor: null }, index))
  }
  const seconds = (performance.now() - began) / 1000
  close()
  return (answers.length * ROWS) / seconds
}

function withFolder<T>(work: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'lec-bench-'))
  try {
    return work(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function withFolderAsync<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'lec-bench-'))
  try {
    return await work(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
