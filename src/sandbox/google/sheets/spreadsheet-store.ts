import type { World } from '../world.ts'
import { packSheet, unpackSheet } from './sheet-codec.ts'
import { type DocState, newSheet, type SheetState } from './sheet-state.ts'

type StoredDoc = Omit<DocState, 'id' | 'sheets'>

/** A new spreadsheet as Drive makes it, in the locale of a Thai account. */
export function createSpreadsheet(world: World, id: string): void {
  const doc: DocState = {
    id,
    locale: 'th_TH',
    timeZone: 'Asia/Bangkok',
    autoRecalc: 'ON_CHANGE',
    sheets: [newSheet({ sheetId: 0, title: 'Sheet1' })],
    namedRanges: [],
    metadata: [],
  }
  saveSpreadsheet(world, doc)
}

export function loadSpreadsheet(world: World, id: string): DocState | undefined {
  const row = world.sql('SELECT doc FROM spreadsheets WHERE id = ?').get(id) as { doc: string } | undefined
  if (!row) return undefined
  const sheets = world.sql('SELECT doc FROM sheets WHERE spreadsheet_id = ? ORDER BY position').all(id) as {
    doc: string
  }[]
  return { id, ...(JSON.parse(row.doc) as StoredDoc), sheets: sheets.map((sheet) => unpackSheet(sheet.doc)) }
}

/** Saves the whole document; `changed` limits the work to the tabs that were touched. */
export function saveSpreadsheet(world: World, doc: DocState, changed?: ReadonlySet<number>): void {
  const { id, sheets, ...rest } = doc
  world
    .sql('INSERT INTO spreadsheets (id, doc) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc')
    .run(id, JSON.stringify(rest))
  const kept = new Set(sheets.map((sheet) => sheet.sheetId))
  const held = world.sql('SELECT sheet_id AS sheetId FROM sheets WHERE spreadsheet_id = ?').all(id) as {
    sheetId: number
  }[]
  for (const { sheetId } of held) {
    if (!kept.has(sheetId)) world.sql('DELETE FROM sheets WHERE spreadsheet_id = ? AND sheet_id = ?').run(id, sheetId)
  }
  for (const [position, sheet] of sheets.entries()) saveSheet(world, { id, sheet, position, changed })
}

function saveSheet(
  world: World,
  options: { id: string; sheet: SheetState; position: number; changed: ReadonlySet<number> | undefined },
): void {
  const { id, sheet, position, changed } = options
  if (changed && !changed.has(sheet.sheetId)) {
    world
      .sql('UPDATE sheets SET position = ? WHERE spreadsheet_id = ? AND sheet_id = ?')
      .run(position, id, sheet.sheetId)
    return
  }
  world
    .sql(
      `INSERT INTO sheets (spreadsheet_id, sheet_id, position, doc) VALUES (?, ?, ?, ?)
       ON CONFLICT (spreadsheet_id, sheet_id) DO UPDATE SET position = excluded.position, doc = excluded.doc`,
    )
    .run(id, sheet.sheetId, position, packSheet(sheet))
}

/** Copies a spreadsheet; the copy's protected ranges know nobody but who copied it. */
export function copySpreadsheet(world: World, options: { from: string; to: string; by: string }): void {
  const doc = loadSpreadsheet(world, options.from)
  if (!doc) return
  for (const sheet of doc.sheets) {
    for (const range of sheet.protectedRanges) {
      if (!range.warningOnly) range.editors = { users: [options.by] }
    }
  }
  saveSpreadsheet(world, { ...doc, id: options.to })
}
