import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { sheetsError } from '../../google-error.ts'
import { newNumericId } from '../../new-id.ts'
import { type DocumentEdit, freshId, needRange, needSheet, refuse } from '../document-edit.ts'
import { mayEditRange } from '../protection.ts'
import type { SheetState } from '../sheet-state.ts'
import { mergeMasked, readUpdateMask } from '../update-mask.ts'

type ProtectedRange = sheets_v4.Schema$ProtectedRange

export function addProtectedRange(
  edit: DocumentEdit,
  request: sheets_v4.Schema$AddProtectedRangeRequest,
): sheets_v4.Schema$Response {
  const given = request.protectedRange
  if (!given) throw refuse(edit, 'protectedRange is required')
  const named = edit.doc.namedRanges.find((one) => one.namedRangeId === given.namedRangeId)
  const range = given.range ?? named?.range
  if (!range) throw refuse(edit, 'A protected range needs a range or a namedRangeId.')
  const { sheet } = needRange(edit, range)
  const taken = (id: number) => findProtected(edit, id) !== undefined
  const wantedId = given.protectedRangeId ?? undefined
  if (wantedId !== undefined && taken(wantedId))
    throw refuse(edit, `A protected range with id ${wantedId} already exists.`)
  const { requestingUserCanEdit: _computed, ...rest } = given
  const added: ProtectedRange = { ...rest, protectedRangeId: wantedId ?? freshId(taken, newNumericId), range }
  checkEditors(edit, added)
  if (!added.warningOnly && !added.editors) added.editors = { users: [edit.editor.email] }
  sheet.protectedRanges.push(added)
  edit.changed.add(sheet.sheetId)
  return { addProtectedRange: { protectedRange: { ...added, requestingUserCanEdit: true } } }
}

function checkEditors(edit: DocumentEdit, range: ProtectedRange): void {
  if (range.warningOnly && range.editors) throw refuse(edit, 'A range that only shows a warning cannot have editors.')
  const users = range.editors?.users ?? undefined
  if (users && !users.some((user) => user.toLowerCase() === edit.editor.email.toLowerCase())) {
    throw refuse(edit, "You can't remove yourself as an editor.")
  }
  const box = range.range ?? {}
  const whole = [box.startRowIndex, box.endRowIndex, box.startColumnIndex, box.endColumnIndex].every(
    (end) => (end ?? undefined) === undefined,
  )
  if (range.unprotectedRanges?.length && !whole) {
    throw refuse(edit, 'unprotectedRanges can be set only on a range that protects a whole sheet.')
  }
}

export function updateProtectedRange(edit: DocumentEdit, request: sheets_v4.Schema$UpdateProtectedRangeRequest): void {
  const mask = readUpdateMask(edit, request.fields, 'ProtectedRange')
  const { sheet, held } = needProtected(edit, request.protectedRange?.protectedRangeId)
  const merged = mergeMasked(held, request.protectedRange, mask) as ProtectedRange
  merged.protectedRangeId = held.protectedRangeId ?? 0
  delete merged.requestingUserCanEdit
  const target = needSheet(edit, merged.range?.sheetId)
  checkEditors(edit, merged)
  sheet.protectedRanges = sheet.protectedRanges.filter((one) => one !== held)
  target.protectedRanges.push(merged)
  edit.changed.add(sheet.sheetId).add(target.sheetId)
}

export function deleteProtectedRange(edit: DocumentEdit, request: sheets_v4.Schema$DeleteProtectedRangeRequest): void {
  const { sheet, held } = needProtected(edit, request.protectedRangeId)
  sheet.protectedRanges = sheet.protectedRanges.filter((one) => one !== held)
  edit.changed.add(sheet.sheetId)
}

function findProtected(
  edit: DocumentEdit,
  id: number | null | undefined,
): { sheet: SheetState; held: ProtectedRange } | undefined {
  for (const sheet of edit.doc.sheets) {
    const held = sheet.protectedRanges.find((range) => range.protectedRangeId === id)
    if (held) return { sheet, held }
  }
  return undefined
}

function needProtected(edit: DocumentEdit, id: number | null | undefined): { sheet: SheetState; held: ProtectedRange } {
  const found = findProtected(edit, id)
  if (!found) throw refuse(edit, `No protected range with id: ${id ?? 0}`)
  if (mayEditRange(found.held, edit.editor)) return found
  throw sheetsError(400, `Invalid ${edit.where}: You do not have permission to edit this protected range.`, {
    why: 'protected',
  })
}
