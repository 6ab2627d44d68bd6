import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import type { ApiCall, ApiRoute } from '../api-call.ts'
import { sheetsError } from '../google-error.ts'
import type { DocumentEdit } from './document-edit.ts'
import { openEvaluator } from './effective-value.ts'
import { boxOf } from './grid-box.ts'
import { needA1, oneOf, readValueOptions, readValues } from './read-values.ts'
import { changeDocument, rangesOfFilter, readDocument } from './spreadsheet-routes.ts'
import { appendValues, clearValues, readInputOption, updateValues } from './write-values.ts'

const root = String.raw`^\/v4\/spreadsheets\/([^/:]+)\/values`

export const valueRoutes: ApiRoute[] = [
  {
    method: 'GET',
    pattern: new RegExp(`${root}:batchGet$`),
    access: 'read',
    answers: 'BatchGetValuesResponse',
    handle: (call) => {
      const { doc } = readDocument(call)
      const options = { ...optionsOf(call), evaluate: openEvaluator(doc) }
      const valueRanges = call.query.getAll('ranges').map((range) => readValues(needA1(doc, range), options))
      return { spreadsheetId: doc.id, ...(valueRanges.length > 0 ? { valueRanges } : {}) }
    },
  },
  {
    method: 'POST',
    pattern: new RegExp(`${root}:batchGetByDataFilter$`),
    access: 'read',
    answers: 'BatchGetValuesByDataFilterResponse',
    takes: 'BatchGetValuesByDataFilterRequest',
    handle: batchGetByDataFilter,
  },
  {
    method: 'POST',
    pattern: new RegExp(`${root}:batchUpdate$`),
    access: 'write',
    answers: 'BatchUpdateValuesResponse',
    takes: 'BatchUpdateValuesRequest',
    handle: batchUpdateValues,
  },
  {
    method: 'POST',
    pattern: new RegExp(`${root}:batchClear$`),
    access: 'write',
    answers: 'BatchClearValuesResponse',
    takes: 'BatchClearValuesRequest',
    handle: (call) => {
      const ranges = ((call.body ?? {}) as sheets_v4.Schema$BatchClearValuesRequest).ranges ?? []
      return changeDocument(call, (edit) => ({
        spreadsheetId: edit.doc.id,
        clearedRanges: ranges.map((range) => clearValues(edit, range)),
      }))
    },
  },
  {
    method: 'POST',
    pattern: new RegExp(`${root}\\/(.+):append$`),
    access: 'write',
    answers: 'AppendValuesResponse',
    takes: 'ValueRange',
    handle: append,
  },
  {
    method: 'POST',
    pattern: new RegExp(`${root}\\/(.+):clear$`),
    access: 'write',
    answers: 'ClearValuesResponse',
    takes: 'ClearValuesRequest',
    handle: (call) =>
      changeDocument(call, (edit) => ({
        spreadsheetId: edit.doc.id,
        clearedRange: clearValues(edit, call.params[1] ?? ''),
      })),
  },
  {
    method: 'GET',
    pattern: new RegExp(`${root}\\/(.+)$`),
    access: 'read',
    answers: 'ValueRange',
    handle: (call) => {
      const { doc } = readDocument(call)
      const options = { ...optionsOf(call), evaluate: openEvaluator(doc) }
      return readValues(needA1(doc, call.params[1] ?? ''), options)
    },
  },
  {
    method: 'PUT',
    pattern: new RegExp(`${root}\\/(.+)$`),
    access: 'write',
    answers: 'UpdateValuesResponse',
    takes: 'ValueRange',
    handle: (call) => {
      const input = readInputOption(call.query.get('valueInputOption'))
      const body = (call.body ?? {}) as sheets_v4.Schema$ValueRange
      return changeDocument(call, (edit) => {
        const written = updateValues(edit, { range: call.params[1] ?? '', body, input })
        return { ...written.result, ...updatedData(call, edit, written) }
      })
    },
  },
]

function optionsOf(call: ApiCall) {
  return readValueOptions({
    render: call.query.get('valueRenderOption'),
    dates: call.query.get('dateTimeRenderOption'),
    major: call.query.get('majorDimension'),
  })
}

function updatedData(
  call: ApiCall,
  edit: DocumentEdit,
  written: ReturnType<typeof updateValues>,
): { updatedData?: sheets_v4.Schema$ValueRange } {
  if (call.query.get('includeValuesInResponse') !== 'true') return {}
  const options = readValueOptions({
    render: call.query.get('responseValueRenderOption'),
    dates: call.query.get('responseDateTimeRenderOption'),
  })
  return { updatedData: readValues(written, { ...options, evaluate: openEvaluator(edit.doc) }) }
}

function batchGetByDataFilter(call: ApiCall) {
  const { doc } = readDocument(call)
  const body = (call.body ?? {}) as sheets_v4.Schema$BatchGetValuesByDataFilterRequest
  const options = {
    ...readValueOptions({
      render: body.valueRenderOption,
      dates: body.dateTimeRenderOption,
      major: body.majorDimension,
    }),
    evaluate: openEvaluator(doc),
  }
  const filters = body.dataFilters ?? []
  const valueRanges = filters.flatMap((filter) =>
    rangesOfFilter(doc, filter).map(({ sheet, range }) => ({
      valueRange: readValues({ sheet, box: boxOf(range, sheet) }, options),
      dataFilters: [filter],
    })),
  )
  return { spreadsheetId: doc.id, ...(valueRanges.length > 0 ? { valueRanges } : {}) }
}

function batchUpdateValues(call: ApiCall) {
  const body = (call.body ?? {}) as sheets_v4.Schema$BatchUpdateValuesRequest
  const input = readInputOption(body.valueInputOption)
  return changeDocument(call, (edit) => {
    const written = (body.data ?? []).map((one) => {
      if (!one.range) throw sheetsError(400, 'Every ValueRange of the data must name its range.')
      return updateValues(edit, { range: one.range, body: one, input })
    })
    const sum = (key: 'updatedRows' | 'updatedColumns' | 'updatedCells') =>
      written.reduce((total, one) => total + (one.result[key] ?? 0), 0)
    return {
      spreadsheetId: edit.doc.id,
      totalUpdatedRows: sum('updatedRows'),
      totalUpdatedColumns: sum('updatedColumns'),
      totalUpdatedCells: sum('updatedCells'),
      totalUpdatedSheets: new Set(written.map((one) => one.sheet)).size,
      responses: written.map((one) => one.result),
    }
  })
}

function append(call: ApiCall) {
  const input = readInputOption(call.query.get('valueInputOption'))
  const insert = oneOf('insert_data_option', call.query.get('insertDataOption'), ['OVERWRITE', 'INSERT_ROWS'])
  const body = (call.body ?? {}) as sheets_v4.Schema$ValueRange
  return changeDocument(call, (edit) => {
    const range = call.params[1] ?? ''
    const written = appendValues(edit, { range, body, input, insertRows: insert === 'INSERT_ROWS' })
    return {
      spreadsheetId: edit.doc.id,
      ...(written.tableRange ? { tableRange: written.tableRange } : {}),
      updates: { ...written.result, ...updatedData(call, edit, written) },
    }
  })
}
