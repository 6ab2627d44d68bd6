import { count, eq } from 'drizzle-orm'
import fc from 'fast-check'
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { describe, expect, it } from 'vitest'
import type { RoundId, SheetFileId, UnitId } from '../../src/db/ids.ts'
import { type Db, transact } from '../../src/db/open.ts'
import {
  events,
  pupilChanges,
  pupils,
  rosterProblems,
  rosters,
  sheetFiles,
  unitCodes,
  units,
} from '../../src/db/schema.ts'
import { COLUMN_METADATA } from '../../src/sheets/file-template.ts'
import type { Google } from '../../src/sheets/metered-google.ts'
import { provisionUnit } from '../../src/sheets/provision-unit.ts'
import { judgeRosterTab } from '../../src/sheets/read-roster.ts'
import { readTab } from '../../src/sheets/read-tab.ts'
import { mergedNote, reportLines, type SheetReport, wantedNotes } from '../../src/sheets/sheet-report.ts'
import { syncFile } from '../../src/sheets/sync-file.ts'
import { addRound } from '../../src/workflow/rounds.ts'
import { columnNamed } from '../../src/workflow/rules/roster/columns.ts'
import { SOURCE_ROUNDS } from '../../src/workflow/source-rounds.ts'
import { aDamagedSheet, type DamagedSheet } from './damage/damaged-sheet.ts'
import { openSheetWorld, type SheetWorld } from './sheet-world.ts'
import { openTempDatabase } from './temp-database.ts'

const CONTEXT = { kind: 'school', schoolYear: 2567, asOf: { year: 2024, month: 6, day: 10 } } as const
/** Google refuses a cell with more: https://support.google.com/drive/answer/37603 */
const MOST_CHARACTERS = 50_000
const A_MINUTE = 60_000

function openSchools(): { db: Db; roundId: RoundId; newSchool: () => UnitId } {
  const { db } = openTempDatabase()
  const round = SOURCE_ROUNDS.find(({ code }) => code === '2567/1')
  if (!round) throw new Error('no round')
  const added = transact(db, (tx) => addRound(tx, { round: { ...round, carries: null }, activate: true }, 0))
  if (!added.ok) throw new Error(added.why)
  const lao = transact(db, (tx) => {
    const add = (values: Omit<typeof units.$inferInsert, 'openedAt'>) =>
      tx
        .insert(units)
        .values({ ...values, openedAt: 0 })
        .returning({ id: units.id })
        .get().id
    const parentId = add({ level: 'province', kind: 'province', name: 'จังหวัดตัวอย่าง' })
    return add({ level: 'lao', kind: 'sao', name: 'อบต.ตัวอย่าง', parentId })
  })
  return { db, roundId: added.round.id, newSchool: () => transact(db, (tx) => addSchool(tx, lao)) }
}

let schools = 0
function addSchool(tx: Parameters<Parameters<typeof transact>[1]>[0], parentId: UnitId): UnitId {
  schools += 1
  const { id } = tx
    .insert(units)
    .values({ level: 'institution', kind: 'school', name: `โรงเรียนที่ ${schools}`, parentId, openedAt: 0 })
    .returning({ id: units.id })
    .get()
  tx.insert(unitCodes)
    .values({ unitId: id, code: String(3_099_400_000 + schools), validFrom: 0 })
    .run()
  return id
}

/** Google's answer for this sheet, through the very bytes. */
function googleWith(sheet: DamagedSheet): Google {
  const rowData = sheet.grid.map((values) => (values.length === 0 ? {} : { values }))
  const columnMetadata = sheet.metadata.map((mark) =>
    mark === null ? {} : { developerMetadata: [{ metadataKey: COLUMN_METADATA, metadataValue: mark }] },
  )
  const tab = {
    properties: { sheetId: 0, title: 'รายชื่อ', gridProperties: { rowCount: 1000 } },
    ...(sheet.merges.length > 0 ? { merges: sheet.merges } : {}),
    data: [{ ...(rowData.length > 0 ? { rowData } : {}), columnMetadata }],
  }
  const report = { properties: { sheetId: 1, title: 'ผลตรวจ', gridProperties: { rowCount: 200 } }, data: [{}] }
  const bytes = JSON.stringify({ sheets: [tab, report] })
  return { identities: [], owner: undefined as never, ask: async () => ({ data: JSON.parse(bytes) }) as never }
}

async function judged(sheet: DamagedSheet, at: { roundId: RoundId; institutionId: UnitId }) {
  const tab = await readTab(googleWith(sheet), {
    spreadsheetId: 'x',
    dataTabId: 0,
    reportTabId: 1,
    title: 'รายชื่อ',
    names: columnNamed,
    urgent: false,
  })
  if (!tab) throw new Error('the tab was not found')
  return judgeRosterTab(tab, { ...at, context: CONTEXT })
}

const DIGITS = '๐๑๒๓๔๕๖๗๘๙'
const arabic = (said: string) => said.replace(/[๐-๙]/g, (digit) => String(DIGITS.indexOf(digit)))

/** Thai words for a person: no leftovers of a program, no number that tells who it is, not more than a cell can hold. */
function expectReadable(said: string, options: { inSheet?: boolean } = {}): void {
  expect(said).toMatch(/[ก-ฮ]{2}/)
  expect(said.replaceAll('“undefined”', '').replaceAll('undefined สมมติ', '')).not.toMatch(
    /undefined|\[object|NaN|\bnull\b/,
  )
  expect(said.length).toBeLessThanOrEqual(MOST_CHARACTERS)
  if (!options.inSheet) expect(arabic(said).replace(/[\s\-–\u200b\u00a0]/g, '')).not.toMatch(/\d{9,}/)
}

function expectHonestReport(sheet: DamagedSheet, report: SheetReport): void {
  const saidOf = new Map<number, string[]>()
  for (const { row, message, severity } of report.problems) {
    expectReadable(message)
    if (severity === 'error') saidOf.set(row, [...(saidOf.get(row) ?? []), message])
  }
  for (const { row, fate } of sheet.rows) {
    if (fate === 'wrong') expect(saidOf.get(row), `row ${row} has something wrong and nobody is told`).toBeDefined()
    if (fate === 'good') expect(saidOf.get(row), `row ${row} is right`).toBeUndefined()
    if (fate === null) expect(saidOf.get(row), `there is nothing in row ${row}`).toBeUndefined()
  }
  for (const [row, name, column, level, message, suggestion] of reportLines(report)) {
    for (const cell of [row, name, column, level, message, suggestion]) {
      expect(typeof cell).toBe('string')
      expect(cell?.length).toBeLessThanOrEqual(MOST_CHARACTERS)
    }
    expect(arabic(name ?? '').replace(/[\s-]/g, '')).not.toMatch(/\d{9,}/)
  }
  for (const note of wantedNotes(report)) {
    expectReadable(note.text, { inSheet: true })
    const theirs = sheet.notes.find((one) => one.rowIndex === note.rowIndex && one.columnIndex === note.columnIndex)
    if (theirs) expect(mergedNote(theirs.note, note.text)).toContain(theirs.note.trim())
  }
  const typed = sheet.rows.filter(({ fate }) => fate !== null).length
  if (report.figures) expect(report.figures.passed + report.figures.errors).toBe(typed)
}

/** Every good row stands there with its values, no wrong one does, and nobody else. */
function expectRecorded(sheet: DamagedSheet, db: Db, institutionId: UnitId): void {
  const rows = db.select().from(pupils).where(eq(pupils.institutionId, institutionId)).all()
  const byRow = new Map(rows.map((row) => [row.row, row.data]))
  for (const { row, fate, values } of sheet.rows) {
    if (fate === 'good') expect(byRow.get(row)).toMatchObject(values)
    else if (fate === 'wrong' || fate === null) expect(byRow.has(row)).toBe(false)
  }
  const roster = db.select().from(rosters).where(eq(rosters.institutionId, institutionId)).get()
  const kept = db.select().from(rosterProblems).where(eq(rosterProblems.unitId, institutionId)).all()
  const withErrors = new Set(kept.filter(({ severity }) => severity === 'error').map(({ row }) => row)).size
  expect(rows.length + withErrors).toBe(sheet.rows.filter(({ fate }) => fate !== null).length)
  expect(roster?.errors).toBe(withErrors)
}

function footprint(db: Db, institutionId: UnitId) {
  return {
    pupils: db.select().from(pupils).where(eq(pupils.institutionId, institutionId)).all(),
    roster: db.select({ version: rosters.version }).from(rosters).where(eq(rosters.institutionId, institutionId)).get(),
    problems: db.select().from(rosterProblems).where(eq(rosterProblems.unitId, institutionId)).all(),
    changes: db.select({ rows: count() }).from(pupilChanges).get(),
    events: db.select({ rows: count() }).from(events).get(),
  }
}

const NO_QUOTA = {
  readPerMinutePerUser: 1e6,
  readPerMinutePerProject: 1e6,
  writePerMinutePerUser: 1e6,
  writePerMinutePerProject: 1e6,
}
const NO_ONE = { editedAt: null, lastEditor: null }

describe('a thousand damaged sheets', () => {
  it(
    'lose no good row, report every wrong one in readable words, and change nothing when read again',
    async () => {
      const { db, roundId, newSchool } = openSchools()
      const seen = { recorded: 0, refused: 0 }
      const takes = async (sheet: DamagedSheet) => {
        const institutionId = newSchool()
        const first = await judged(sheet, { roundId, institutionId })
        expect(first.ok).toBe(!sheet.broken)
        if (!first.ok) {
          seen.refused += 1
          expectReadable(first.words)
          expect(reportLines(first.report)).toHaveLength(1)
          return
        }
        seen.recorded += 1
        expectHonestReport(sheet, first.report)
        transact(db, (tx) => first.record(tx, { readAt: 1, ...NO_ONE }, 1))
        expectRecorded(sheet, db, institutionId)
        const before = footprint(db, institutionId)
        const again = await judged(sheet, { roundId, institutionId })
        if (again.ok) transact(db, (tx) => again.record(tx, { readAt: 2, ...NO_ONE }, 2))
        expect(footprint(db, institutionId)).toEqual(before)
      }
      await fc.assert(fc.asyncProperty(aDamagedSheet, takes), { numRuns: 1_000 })
      expect(seen.recorded).toBeGreaterThan(400)
      expect(seen.refused).toBeGreaterThan(100)
    },
    A_MINUTE,
  )

  it(
    'are as harmless when they come through Google, and what people noted stays in the sheet',
    async () => {
      const world = await openSheetWorld()
      await world.control('PUT', '/settings', NO_QUOTA)
      const takes = async (sheet: DamagedSheet) => {
        const institutionId = transact(world.db, (tx) => addSchool(tx, world.lao))
        // Every sheet has the whole budget of a minute to itself.
        world.time.platformAhead += A_MINUTE
        const file = await putIntoGoogle(world, institutionId, sheet)
        const synced = await syncFile(world.deps, file.id)
        expect(synced.outcome).toBe(sheet.broken ? 'trouble' : 'recorded')
        if (sheet.broken) {
          const row = world.db.select().from(sheetFiles).where(eq(sheetFiles.id, file.id)).get()
          expect(row?.state).toBe('header_broken')
          expectReadable(row?.stateReason ?? '')
          expect(world.db.select().from(pupils).where(eq(pupils.institutionId, institutionId)).all()).toEqual([])
        } else expectRecorded(sheet, world.db, institutionId)
        await expectNotesKept(world, file.spreadsheetId, sheet)
        const writes = () => world.exchanges.filter(({ path }) => path.includes(':batchUpdate')).length
        const before = writes()
        const again = await syncFile(world.deps, file.id)
        expect(again.outcome).toBe(synced.outcome)
        expect(writes()).toBe(before)
      }
      await fc.assert(fc.asyncProperty(aDamagedSheet, takes), { numRuns: 30 })
    },
    A_MINUTE,
  )
})

/** Makes the school's spreadsheet look like the damaged one, as its organizer. */
async function putIntoGoogle(
  world: SheetWorld,
  unitId: UnitId,
  sheet: DamagedSheet,
): Promise<{ id: SheetFileId; spreadsheetId: string }> {
  await provisionUnit(world.deps, { unitId, roundId: world.roundId })
  const file = world.db.select().from(sheetFiles).where(eq(sheetFiles.unitId, unitId)).get()
  if (!file?.spreadsheetId) throw new Error('no spreadsheet')
  const { spreadsheetId } = file
  const sheetId = file.dataTabId ?? 0
  const columnCount = Math.max(20, ...sheet.grid.map((row) => row.length), sheet.metadata.length + 3)
  const grid = { rowCount: Math.max(1_000, sheet.grid.length + 5), columnCount }
  const requests: sheets_v4.Schema$Request[] = [
    { deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataKey: COLUMN_METADATA } } } },
    {
      updateSheetProperties: {
        properties: { sheetId, gridProperties: grid },
        fields: 'gridProperties(rowCount,columnCount)',
      },
    },
    { repeatCell: { range: { sheetId }, cell: {}, fields: 'userEnteredValue' } },
    {
      updateCells: {
        start: { sheetId, rowIndex: 0, columnIndex: 0 },
        rows: rowsOf(sheet),
        fields: 'userEnteredValue,note',
      },
    },
    ...sheet.merges.map((merge) => ({ mergeCells: { range: { sheetId, ...merge }, mergeType: 'MERGE_ALL' } })),
    ...sheet.metadata.flatMap((mark, index) => (mark === null ? [] : [markRequest(sheetId, { mark, index })])),
    hide(sheetId, 'ROWS', sheet.hidden.rows),
    hide(sheetId, 'COLUMNS', sheet.hidden.columns),
  ]
  await world.deps.google.owner.sheets.spreadsheets.batchUpdate({ spreadsheetId, requestBody: { requests } })
  return { id: file.id, spreadsheetId }
}

function rowsOf(sheet: DamagedSheet): sheets_v4.Schema$RowData[] {
  return sheet.grid.map((row) => ({
    values: row.map(({ userEnteredValue: entered, note }) => ({
      ...(entered ? { userEnteredValue: entered.errorValue ? { stringValue: '#REF!' } : entered } : {}),
      ...(note ? { note } : {}),
    })),
  }))
}

function markRequest(sheetId: number, column: { mark: string; index: number }): sheets_v4.Schema$Request {
  const dimensionRange = { sheetId, dimension: 'COLUMNS', startIndex: column.index, endIndex: column.index + 1 }
  return {
    createDeveloperMetadata: {
      developerMetadata: {
        metadataKey: COLUMN_METADATA,
        metadataValue: column.mark,
        location: { dimensionRange },
        visibility: 'DOCUMENT',
      },
    },
  }
}

function hide(sheetId: number, dimension: 'ROWS' | 'COLUMNS', count: number): sheets_v4.Schema$Request {
  const range = { sheetId, dimension, startIndex: 1, endIndex: 2 + count }
  return { updateDimensionProperties: { range, properties: { hiddenByUser: true }, fields: 'hiddenByUser' } }
}

async function expectNotesKept(world: SheetWorld, spreadsheetId: string, sheet: DamagedSheet): Promise<void> {
  type Page = { sheets: { rows: { note?: string }[][] }[] }
  const page = await world.control<Page>('GET', `/spreadsheets/${spreadsheetId}`)
  for (const { rowIndex, columnIndex, note } of sheet.notes) {
    expect(page.sheets[0]?.rows[rowIndex]?.[columnIndex]?.note ?? '').toContain(note.trim())
  }
}
