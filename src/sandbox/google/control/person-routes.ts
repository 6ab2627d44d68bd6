import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { DocumentEdit } from '../sheets/document-edit.ts'
import type { World } from '../world.ts'
import { readControlBody } from './control-body.ts'
import { editAsPerson, pasteBlock, request, typeCells } from './person-edit.ts'
import { spreadsheetView } from './spreadsheet-view.ts'

const index = z.int().min(0)
const count = z.int().min(1)
const onSheet = z.object({ as: z.string(), sheetId: z.int() })
const typed = onSheet.extend({ cells: z.array(z.object({ row: index, column: index, text: z.string() })) })
const pasted = onSheet.extend({ row: index, column: index, tsv: z.string() })
const rows = onSheet.extend({ startRow: index, count })
const columns = onSheet.extend({ startColumn: index, count })
const moved = onSheet.extend({ from: index, to: index })
const sorted = onSheet.extend({ column: index, descending: z.boolean().default(false), headerRows: index.default(1) })
const merged = onSheet.extend({ startRow: index, endRow: count, startColumn: index, endColumn: count })
const renamed = onSheet.extend({ title: z.string() })

/** What a person does in the spreadsheet, over HTTP. */
export function personRoutes(world: World): Hono {
  const routes = new Hono()
  const edit = <T extends { as: string }>(
    name: string,
    schema: z.ZodType<T>,
    change: (edit: DocumentEdit, body: T) => void,
  ) => {
    routes.post(`/:id/${name}`, async (c: Context) => {
      const body = await readControlBody(c, schema)
      editAsPerson(world, { id: c.req.param('id') ?? '', as: body.as }, (one) => change(one, body))
      return c.json({ ok: true })
    })
  }
  routes.get('/:id', (c) => c.json(spreadsheetView(world, { id: c.req.param('id'), as: c.req.query('as') })))
  edit('type', typed, typeCells)
  edit('paste', pasted, pasteBlock)
  edit('insert-rows', rows, (one, body) =>
    request(one, { insertDimension: { range: rowSpan(body), inheritFromBefore: body.startRow > 0 } }),
  )
  edit('delete-rows', rows, (one, body) => request(one, { deleteDimension: { range: rowSpan(body) } }))
  edit('insert-columns', columns, (one, body) =>
    request(one, { insertDimension: { range: columnSpan(body), inheritFromBefore: false } }),
  )
  edit('delete-columns', columns, (one, body) => request(one, { deleteDimension: { range: columnSpan(body) } }))
  // `to` is where the column stands afterwards; the API counts before the move.
  edit('move-column', moved, (one, { sheetId, from, to }) => {
    const source = { sheetId, dimension: 'COLUMNS', startIndex: from, endIndex: from + 1 }
    request(one, { moveDimension: { source, destinationIndex: to > from ? to + 1 : to } })
  })
  edit('sort', sorted, (one, { sheetId, column, descending, headerRows }) => {
    const sortSpecs = [{ dimensionIndex: column, sortOrder: descending ? 'DESCENDING' : 'ASCENDING' }]
    request(one, { sortRange: { range: { sheetId, startRowIndex: headerRows }, sortSpecs } })
  })
  edit('merge', merged, (one, { sheetId, startRow, endRow, startColumn, endColumn }) => {
    const range = {
      sheetId,
      startRowIndex: startRow,
      endRowIndex: endRow,
      startColumnIndex: startColumn,
      endColumnIndex: endColumn,
    }
    request(one, { mergeCells: { range, mergeType: 'MERGE_ALL' } })
  })
  edit('rename-tab', renamed, (one, { sheetId, title }) =>
    request(one, { updateSheetProperties: { properties: { sheetId, title }, fields: 'title' } }),
  )
  edit('delete-tab', onSheet, (one, { sheetId }) => request(one, { deleteSheet: { sheetId } }))
  return routes
}

function rowSpan(body: { sheetId: number; startRow: number; count: number }) {
  const { sheetId, startRow } = body
  return { sheetId, dimension: 'ROWS', startIndex: startRow, endIndex: startRow + body.count }
}

function columnSpan(body: { sheetId: number; startColumn: number; count: number }) {
  const { sheetId, startColumn } = body
  return { sheetId, dimension: 'COLUMNS', startIndex: startColumn, endIndex: startColumn + body.count }
}
