import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import type { ApiCall, ApiRoute } from '../api-call.ts'
import { atLeast } from '../drive/access.ts'
import type { FileRecord } from '../drive/file-record.ts'
import { reachSpreadsheetFile } from '../drive/reach-file.ts'
import { type FieldMask, maskBelow } from '../field-mask.ts'
import { callerHasNoPermission, sheetsError } from '../google-error.ts'
import { newNumericId } from '../new-id.ts'
import { applyRequest } from './apply-request.ts'
import type { DocumentEdit } from './document-edit.ts'
import { freshId } from './document-edit.ts'
import { editDocument } from './edit-document.ts'
import { rangeOf } from './grid-box.ts'
import { needA1 } from './read-values.ts'
import { findGridRange, matches, searchMetadata } from './requests/developer-metadata.ts'
import type { DocState, GridRange, SheetState } from './sheet-state.ts'
import { sheetProperties, spreadsheetResource } from './spreadsheet-resource.ts'
import { loadSpreadsheet } from './spreadsheet-store.ts'

export const spreadsheetRoutes: ApiRoute[] = [
  {
    method: 'POST',
    pattern: /^\/v4\/spreadsheets$/,
    access: 'write',
    answers: 'Spreadsheet',
    takes: 'Spreadsheet',
    // It would land in the service account's own drive, which has no room.
    handle: () => {
      throw callerHasNoPermission()
    },
  },
  {
    method: 'GET',
    pattern: /^\/v4\/spreadsheets\/([^/:]+)$/,
    access: 'read',
    answers: 'Spreadsheet',
    handle: (call) => {
      const { file, doc } = readDocument(call)
      const ranges = call.query.getAll('ranges').map((text) => locate(doc, text))
      return showSpreadsheet(call, { file, doc, ranges, includeGridData: call.query.get('includeGridData') === 'true' })
    },
  },
  {
    method: 'POST',
    pattern: /^\/v4\/spreadsheets\/([^/:]+):getByDataFilter$/,
    access: 'read',
    answers: 'Spreadsheet',
    takes: 'GetSpreadsheetByDataFilterRequest',
    handle: (call) => {
      const { file, doc } = readDocument(call)
      const body = (call.body ?? {}) as sheets_v4.Schema$GetSpreadsheetByDataFilterRequest
      const ranges = (body.dataFilters ?? []).flatMap((filter) => rangesOfFilter(doc, filter))
      return showSpreadsheet(call, { file, doc, ranges, includeGridData: body.includeGridData === true })
    },
  },
  {
    method: 'POST',
    pattern: /^\/v4\/spreadsheets\/([^/:]+):batchUpdate$/,
    access: 'write',
    answers: 'BatchUpdateSpreadsheetResponse',
    takes: 'BatchUpdateSpreadsheetRequest',
    handle: batchUpdate,
  },
  {
    method: 'GET',
    pattern: /^\/v4\/spreadsheets\/([^/:]+)\/developerMetadata\/([^/:]+)$/,
    access: 'read',
    answers: 'DeveloperMetadata',
    handle: (call) => {
      const { doc } = readDocument(call)
      const found = doc.metadata.find((one) => one.metadataId === Number(call.params[1]))
      if (!found) throw sheetsError(404, `No developer metadata found with id: ${call.params[1]}`)
      return found
    },
  },
  {
    method: 'POST',
    pattern: /^\/v4\/spreadsheets\/([^/:]+)\/developerMetadata:search$/,
    access: 'read',
    answers: 'SearchDeveloperMetadataResponse',
    takes: 'SearchDeveloperMetadataRequest',
    handle: (call) => {
      const { doc } = readDocument(call)
      const filters = ((call.body ?? {}) as sheets_v4.Schema$SearchDeveloperMetadataRequest).dataFilters ?? []
      if (filters.length === 0) throw sheetsError(400, 'Must specify at least one data filter.')
      const matched = searchMetadata(doc, filters).map((one) => ({
        developerMetadata: one,
        dataFilters: filters.filter((filter) => matches(doc, one, filter)),
      }))
      return matched.length > 0 ? { matchedDeveloperMetadata: matched } : {}
    },
  },
  {
    method: 'POST',
    pattern: /^\/v4\/spreadsheets\/([^/:]+)\/sheets\/(\d+):copyTo$/,
    access: 'write',
    answers: 'SheetProperties',
    takes: 'CopySheetToAnotherSpreadsheetRequest',
    handle: copyTo,
  },
]

/** The document for reading: unknown ids are 404, files closed to the caller 403. */
export function readDocument(call: ApiCall): { file: FileRecord; doc: DocState; role: string } {
  const id = call.params[0] ?? ''
  const reached = reachSpreadsheetFile(call, id)
  const doc = loadSpreadsheet(call.world, id)
  if (!reached) throw sheetsError(404, 'Requested entity was not found.')
  if (!doc) throw sheetsError(400, 'This operation is not supported for this document')
  return { file: reached.file, doc, role: reached.role }
}

/** Changes the document as the caller, who must be a writer; a locked file refuses, whoever asks. */
export function changeDocument<T>(call: ApiCall, change: (edit: DocumentEdit) => T): T {
  const id = call.params[0] ?? ''
  const reached = reachSpreadsheetFile(call, id)
  if (!reached) throw sheetsError(404, 'Requested entity was not found.')
  if (!atLeast(reached.role, 'writer') || reached.file.restriction) throw callerHasNoPermission()
  if (!loadSpreadsheet(call.world, id)) throw sheetsError(400, 'This operation is not supported for this document')
  return editDocument(call.world, { file: reached.file, email: call.caller.email }, change)
}

function locate(doc: DocState, text: string): { sheet: SheetState; range: GridRange } {
  const { sheet, box } = needA1(doc, text)
  return { sheet, range: rangeOf(sheet.sheetId, box) }
}

export function rangesOfFilter(
  doc: DocState,
  filter: sheets_v4.Schema$DataFilter,
): { sheet: SheetState; range: GridRange }[] {
  if (filter.a1Range) return [locate(doc, filter.a1Range)]
  if (filter.gridRange) {
    const found = findGridRange(doc, filter.gridRange)
    if (!found) throw sheetsError(400, `No grid with id: ${filter.gridRange.sheetId ?? 0}`)
    return [found]
  }
  return searchMetadata(doc, [filter]).flatMap((one) => {
    const span = one.location?.dimensionRange
    const sheet = doc.sheets.find((candidate) => candidate.sheetId === (span?.sheetId ?? one.location?.sheetId))
    if (!sheet) return []
    if (!span) return [{ sheet, range: { sheetId: sheet.sheetId } }]
    const [start, end] = [span.startIndex ?? 0, span.endIndex ?? 0]
    const range =
      span.dimension === 'ROWS'
        ? { sheetId: sheet.sheetId, startRowIndex: start, endRowIndex: end }
        : { sheetId: sheet.sheetId, startColumnIndex: start, endColumnIndex: end }
    return [{ sheet, range }]
  })
}

type Shown = {
  file: FileRecord
  doc: DocState
  ranges: { sheet: SheetState; range: GridRange }[]
  includeGridData: boolean
}

// With a field mask, the mask alone decides about cells; `includeGridData` is ignored then.
function showSpreadsheet(call: ApiCall, shown: Shown) {
  const gridData = call.masked ? asksForCells(call.mask) : shown.includeGridData
  return spreadsheetResource(shown.doc, {
    title: shown.file.name,
    mask: call.mask,
    gridData,
    ranges: shown.ranges,
    viewer: viewerOf(call, shown.file),
  })
}

function asksForCells(mask: FieldMask): boolean {
  const sheets = maskBelow(mask, 'sheets')
  return sheets !== undefined && maskBelow(sheets, 'data') !== undefined
}

function viewerOf(call: ApiCall, file: FileRecord) {
  const role = reachSpreadsheetFile(call, file.id)?.role
  return { email: call.caller.email, organizes: role === 'organizer' || role === 'fileOrganizer' }
}

function batchUpdate(call: ApiCall) {
  const body = (call.body ?? {}) as sheets_v4.Schema$BatchUpdateSpreadsheetRequest
  const requests = body.requests ?? []
  return changeDocument(call, (edit) => {
    if (requests.length === 0) throw sheetsError(400, 'Must specify at least one request.')
    const replies = requests.map((request, index) => applyRequest(edit, request, index))
    const answer = { spreadsheetId: edit.doc.id, replies }
    const mask = maskBelow(call.mask, 'updatedSpreadsheet')
    if (!body.includeSpreadsheetInResponse || mask === undefined) return answer
    const ranges = (body.responseRanges ?? []).map((text) => ({ ...locate(edit.doc, text) }))
    const updatedSpreadsheet = spreadsheetResource(edit.doc, {
      title: edit.title,
      mask,
      gridData: call.masked ? asksForCells(mask) : body.responseIncludeGridData === true,
      ranges,
      viewer: edit.editor,
    })
    return { ...answer, updatedSpreadsheet }
  })
}

function copyTo(call: ApiCall) {
  const { doc } = readDocument(call)
  const source = doc.sheets.find((sheet) => sheet.sheetId === Number(call.params[1]))
  if (!source) throw sheetsError(400, `No grid with id: ${call.params[1]}`)
  const body = (call.body ?? {}) as sheets_v4.Schema$CopySheetToAnotherSpreadsheetRequest
  const target = { ...call, params: [body.destinationSpreadsheetId ?? ''] }
  return changeDocument(target, (edit) => {
    const taken = (id: number) => edit.doc.sheets.some((sheet) => sheet.sheetId === id)
    const sheetId = freshId(taken, newNumericId)
    let title = `Copy of ${source.title}`
    for (let n = 2; edit.doc.sheets.some((sheet) => sheet.title === title); n += 1)
      title = `Copy of ${source.title} ${n}`
    const sheet: SheetState = {
      ...structuredClone(source),
      sheetId,
      title,
      merges: source.merges.map((range) => ({ ...range, sheetId })),
      protectedRanges: [],
    }
    edit.doc.sheets.push(sheet)
    edit.changed.add(sheetId)
    return sheetProperties(sheet, edit.doc.sheets.length - 1)
  })
}
