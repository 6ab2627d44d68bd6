import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { sheetsError } from '../google-error.ts'
import type { DocumentEdit } from './document-edit.ts'
import { appendCells, copyPaste, findReplace, repeatCell, updateCells } from './requests/cells.ts'
import {
  createDeveloperMetadata,
  deleteDeveloperMetadata,
  updateDeveloperMetadata,
} from './requests/developer-metadata.ts'
import {
  appendDimension,
  autoResizeDimensions,
  deleteDimension,
  insertDimension,
  moveDimension,
  updateDimensionProperties,
} from './requests/dimensions.ts'
import {
  addConditionalFormatRule,
  addNamedRange,
  clearBasicFilter,
  deleteConditionalFormatRule,
  deleteNamedRange,
  setBasicFilter,
  updateBorders,
  updateNamedRange,
} from './requests/looks.ts'
import { addProtectedRange, deleteProtectedRange, updateProtectedRange } from './requests/protected-ranges.ts'
import { deleteRange, insertRange } from './requests/range-shifts.ts'
import { mergeCells, sortRange, unmergeCells } from './requests/sort-and-merge.ts'
import {
  addSheet,
  deleteSheet,
  duplicateSheet,
  updateSheetProperties,
  updateSpreadsheetProperties,
} from './requests/tabs.ts'
import { setDataValidation } from './requests/validation.ts'

type Request = sheets_v4.Schema$Request
type Response = sheets_v4.Schema$Response
type Appliers = {
  // A reply, or nothing.
  [Kind in keyof Request]?: (edit: DocumentEdit, request: NonNullable<Request[Kind]>) => unknown
}

const appliers: Appliers = {
  addConditionalFormatRule,
  addNamedRange,
  addProtectedRange,
  addSheet,
  appendCells,
  appendDimension,
  autoResizeDimensions,
  clearBasicFilter,
  copyPaste,
  createDeveloperMetadata,
  deleteConditionalFormatRule,
  deleteDeveloperMetadata,
  deleteDimension,
  deleteNamedRange,
  deleteProtectedRange,
  deleteRange,
  deleteSheet,
  duplicateSheet,
  findReplace,
  insertDimension,
  insertRange,
  mergeCells,
  moveDimension,
  repeatCell,
  setBasicFilter,
  setDataValidation,
  sortRange,
  unmergeCells,
  updateBorders,
  updateCells,
  updateDeveloperMetadata,
  updateDimensionProperties,
  updateNamedRange,
  updateProtectedRange,
  updateSheetProperties,
  updateSpreadsheetProperties,
}

/** Applies one request of a batch and answers its reply, `{}` when it has none to give. */
export function applyRequest(edit: DocumentEdit, request: Request, index: number): Response {
  const [kind, content] = Object.entries(request).find(([, value]) => value !== null && value !== undefined) ?? []
  if (kind === undefined) throw sheetsError(400, `Invalid requests[${index}]: No request set.`)
  if (Object.keys(request).length > 1) {
    throw sheetsError(
      400,
      `Invalid value at 'requests[${index}]' (oneof), oneof field 'kind' is already set. Cannot set '${Object.keys(request)[1]}'`,
    )
  }
  const apply = appliers[kind as keyof Request] as
    | ((edit: DocumentEdit, content: unknown) => Response | undefined)
    | undefined
  if (!apply) throw sheetsError(501, `Invalid requests[${index}].${kind}: this request is not emulated by the sandbox.`)
  edit.where = `requests[${index}].${kind}`
  const reply = apply(edit, content) ?? {}
  edit.where = ''
  return reply
}
