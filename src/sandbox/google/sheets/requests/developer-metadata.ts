import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { newNumericId } from '../../new-id.ts'
import { readA1 } from '../a1-notation.ts'
import { type DocumentEdit, freshId, needSheet, refuse } from '../document-edit.ts'
import { bandOf, boxOf, overlaps, wholeSheet } from '../grid-box.ts'
import type { DeveloperMetadata, DocState } from '../sheet-state.ts'
import { mergeMasked, readUpdateMask } from '../update-mask.ts'

export function createDeveloperMetadata(
  edit: DocumentEdit,
  request: sheets_v4.Schema$CreateDeveloperMetadataRequest,
): sheets_v4.Schema$Response {
  const given = request.developerMetadata ?? {}
  if (!given.metadataKey) throw refuse(edit, 'developerMetadata.metadataKey must be set.')
  if (!given.visibility || given.visibility.endsWith('UNSPECIFIED')) {
    throw refuse(edit, 'developerMetadata.visibility must be set.')
  }
  const taken = (id: number) => edit.doc.metadata.some((one) => one.metadataId === id)
  const wantedId = given.metadataId ?? undefined
  if (wantedId !== undefined && taken(wantedId))
    throw refuse(edit, `Developer metadata with id ${wantedId} already exists.`)
  const created: DeveloperMetadata = {
    metadataId: wantedId ?? freshId(taken, newNumericId),
    metadataKey: given.metadataKey,
    ...(given.metadataValue === undefined ? {} : { metadataValue: given.metadataValue }),
    location: readLocation(edit, given.location),
    visibility: given.visibility,
  }
  edit.doc.metadata.push(created)
  return { createDeveloperMetadata: { developerMetadata: created } }
}

// A location is the spreadsheet, a sheet, or exactly one row or column.
function readLocation(
  edit: DocumentEdit,
  location: sheets_v4.Schema$DeveloperMetadataLocation | null | undefined,
): sheets_v4.Schema$DeveloperMetadataLocation {
  if (location?.spreadsheet) return { locationType: 'SPREADSHEET', spreadsheet: true }
  const range = location?.dimensionRange
  if (range) {
    const sheet = needSheet(edit, range.sheetId)
    const [start, end] = [range.startIndex ?? 0, range.endIndex ?? undefined]
    const size = range.dimension === 'ROWS' ? sheet.rowCount : sheet.columnCount
    if (range.dimension !== 'ROWS' && range.dimension !== 'COLUMNS') throw refuse(edit, 'No dimension specified.')
    if (end !== start + 1 || start >= size)
      throw refuse(edit, 'dimensionRange must represent a single row or column of the sheet.')
    const locationType = range.dimension === 'ROWS' ? 'ROW' : 'COLUMN'
    return {
      locationType,
      dimensionRange: { sheetId: sheet.sheetId, dimension: range.dimension, startIndex: start, endIndex: end },
    }
  }
  if (location?.sheetId !== undefined && location?.sheetId !== null) {
    return { locationType: 'SHEET', sheetId: needSheet(edit, location.sheetId).sheetId }
  }
  throw refuse(edit, 'developerMetadata.location must be set.')
}

export function updateDeveloperMetadata(
  edit: DocumentEdit,
  request: sheets_v4.Schema$UpdateDeveloperMetadataRequest,
): sheets_v4.Schema$Response {
  const mask = readUpdateMask(edit, request.fields, 'DeveloperMetadata')
  const found = searchMetadata(edit.doc, request.dataFilters ?? [])
  if (found.length === 0) throw refuse(edit, 'No developer metadata matches the data filters.')
  const updated = found.map((one) => {
    const merged = mergeMasked(one, request.developerMetadata ?? undefined, mask) as DeveloperMetadata
    return { ...merged, metadataId: one.metadataId ?? 0, location: readLocation(edit, merged.location) }
  })
  edit.doc.metadata = edit.doc.metadata.map((one) => updated[found.indexOf(one)] ?? one)
  return { updateDeveloperMetadata: { developerMetadata: updated } }
}

export function deleteDeveloperMetadata(
  edit: DocumentEdit,
  request: sheets_v4.Schema$DeleteDeveloperMetadataRequest,
): sheets_v4.Schema$Response {
  const found = searchMetadata(edit.doc, request.dataFilter ? [request.dataFilter] : [])
  edit.doc.metadata = edit.doc.metadata.filter((one) => !found.includes(one))
  return { deleteDeveloperMetadata: { deletedDeveloperMetadata: found } }
}

export function searchMetadata(doc: DocState, filters: sheets_v4.Schema$DataFilter[]): DeveloperMetadata[] {
  return doc.metadata.filter((one) => filters.some((filter) => matches(doc, one, filter)))
}

export function matches(doc: DocState, one: DeveloperMetadata, filter: sheets_v4.Schema$DataFilter): boolean {
  const lookup = filter.developerMetadataLookup
  if (lookup) {
    if (lookup.metadataId !== undefined && lookup.metadataId !== null && lookup.metadataId !== one.metadataId)
      return false
    if (lookup.metadataKey && lookup.metadataKey !== one.metadataKey) return false
    if (typeof lookup.metadataValue === 'string' && lookup.metadataValue !== one.metadataValue) return false
    if (lookup.visibility && lookup.visibility !== one.visibility) return false
    if (lookup.locationType && lookup.locationType !== one.location?.locationType) return false
    return !lookup.metadataLocation || sameLocation(lookup.metadataLocation, one.location ?? {})
  }
  const target = filter.a1Range ? readA1(filter.a1Range, doc) : findGridRange(doc, filter.gridRange)
  const dimension = one.location?.dimensionRange
  if (!target) return false
  if (!dimension) return one.location?.sheetId === target.sheet.sheetId
  if ((dimension.sheetId ?? 0) !== target.sheet.sheetId) return false
  const band = bandOf(target.sheet, {
    dimension: dimension.dimension === 'ROWS' ? 'ROWS' : 'COLUMNS',
    start: dimension.startIndex ?? 0,
    end: dimension.endIndex ?? 0,
  })
  return overlaps(band, boxOf(target.range, target.sheet) ?? wholeSheet(target.sheet))
}

export function findGridRange(doc: DocState, range: sheets_v4.Schema$GridRange | null | undefined) {
  const sheet = range && doc.sheets.find((one) => one.sheetId === (range.sheetId ?? 0))
  return sheet ? { sheet, range } : undefined
}

function sameLocation(
  wanted: sheets_v4.Schema$DeveloperMetadataLocation,
  held: sheets_v4.Schema$DeveloperMetadataLocation,
): boolean {
  if (wanted.spreadsheet) return held.spreadsheet === true
  if (wanted.dimensionRange) {
    const [a, b] = [wanted.dimensionRange, held.dimensionRange]
    return (
      b !== undefined &&
      (a.sheetId ?? 0) === (b.sheetId ?? 0) &&
      a.dimension === b.dimension &&
      (a.startIndex ?? 0) === (b.startIndex ?? 0)
    )
  }
  return (wanted.sheetId ?? 0) === (held.sheetId ?? held.dimensionRange?.sheetId ?? -1)
}
