import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js'
import { newNumericId } from '../../new-id.ts'
import { type DocumentEdit, freshId, needRange, needSheet, needUnprotected, refuse } from '../document-edit.ts'
import { type CellFormat, cellAt, setCell } from '../sheet-state.ts'
import { readUpdateMask } from '../update-mask.ts'
import { eachCell } from './cells.ts'

export function updateBorders(edit: DocumentEdit, request: sheets_v4.Schema$UpdateBordersRequest): void {
  const { sheet, box } = needRange(edit, request.range)
  needUnprotected(edit, sheet, box)
  eachCell(box, (row, column) => {
    const top = row === box.startRow ? request.top : request.innerHorizontal
    const bottom = row === box.endRow - 1 ? request.bottom : request.innerHorizontal
    const left = column === box.startColumn ? request.left : request.innerVertical
    const right = column === box.endColumn - 1 ? request.right : request.innerVertical
    const sides = Object.entries({ top, bottom, left, right }).filter(([, border]) => border)
    if (sides.length === 0) return
    const cell = cellAt(sheet, row, column)
    const borders = { ...cell?.format?.borders, ...Object.fromEntries(sides) }
    const format: CellFormat = { ...cell?.format, borders }
    setCell(sheet, { row, column }, { ...cell, format })
  })
  edit.changed.add(sheet.sheetId)
}

export function addConditionalFormatRule(
  edit: DocumentEdit,
  request: sheets_v4.Schema$AddConditionalFormatRuleRequest,
): void {
  const { rule } = request
  if (!rule?.ranges?.length) throw refuse(edit, 'A conditional format rule needs at least one range.')
  if (!rule.booleanRule === !rule.gradientRule)
    throw refuse(edit, 'A conditional format rule is either boolean or gradient.')
  const sheets = rule.ranges.map((range) => needRange(edit, range).sheet)
  const sheet = sheets[0]
  if (!sheet || sheets.some((one) => one !== sheet)) throw refuse(edit, 'All ranges must be on the same sheet.')
  sheet.conditionalFormats.splice(request.index ?? 0, 0, rule)
  edit.changed.add(sheet.sheetId)
}

export function deleteConditionalFormatRule(
  edit: DocumentEdit,
  request: sheets_v4.Schema$DeleteConditionalFormatRuleRequest,
): sheets_v4.Schema$Response {
  const sheet = needSheet(edit, request.sheetId)
  const [rule] = sheet.conditionalFormats.splice(request.index ?? 0, 1)
  if (!rule) throw refuse(edit, `No conditional format on sheet: ${sheet.sheetId} at index: ${request.index ?? 0}`)
  edit.changed.add(sheet.sheetId)
  return { deleteConditionalFormatRule: { rule } }
}

export function setBasicFilter(edit: DocumentEdit, request: sheets_v4.Schema$SetBasicFilterRequest): void {
  const { filter } = request
  if (!filter) throw refuse(edit, 'filter is required')
  const { sheet } = needRange(edit, filter.range)
  sheet.basicFilter = filter
  edit.changed.add(sheet.sheetId)
}

export function clearBasicFilter(edit: DocumentEdit, request: sheets_v4.Schema$ClearBasicFilterRequest): void {
  const sheet = needSheet(edit, request.sheetId)
  delete sheet.basicFilter
  edit.changed.add(sheet.sheetId)
}

export function addNamedRange(
  edit: DocumentEdit,
  request: sheets_v4.Schema$AddNamedRangeRequest,
): sheets_v4.Schema$Response {
  const given = request.namedRange ?? {}
  checkName(edit, given.name)
  needRange(edit, given.range)
  const taken = (id: string) => edit.doc.namedRanges.some((one) => one.namedRangeId === id)
  if (given.namedRangeId && taken(given.namedRangeId)) {
    throw refuse(edit, `A named range with id ${given.namedRangeId} already exists.`)
  }
  const namedRangeId = given.namedRangeId ?? String(freshId((id) => taken(String(id)), newNumericId))
  const namedRange = { ...given, namedRangeId }
  edit.doc.namedRanges.push(namedRange)
  return { addNamedRange: { namedRange } }
}

function checkName(edit: DocumentEdit, name: string | null | undefined): void {
  if (!name || !/^[\p{L}_][\p{L}\p{M}\p{N}_]{0,249}$/u.test(name) || /^[A-Za-z]{1,3}\d+$/.test(name)) {
    throw refuse(edit, `The name of the named range is invalid: ${name ?? ''}`)
  }
  if (edit.doc.namedRanges.some((one) => one.name === name)) {
    throw refuse(edit, `A named range with the name "${name}" already exists.`)
  }
}

export function updateNamedRange(edit: DocumentEdit, request: sheets_v4.Schema$UpdateNamedRangeRequest): void {
  const mask = readUpdateMask(edit, request.fields, 'NamedRange')
  const given = request.namedRange ?? {}
  const held = edit.doc.namedRanges.find((one) => one.namedRangeId === given.namedRangeId)
  if (!held) throw refuse(edit, `No named range with id: ${given.namedRangeId ?? ''}`)
  if ((mask === null || mask.has('name')) && given.name !== held.name) {
    checkName(edit, given.name)
    held.name = given.name ?? ''
  }
  if ((mask === null || mask.has('range')) && given.range) {
    needRange(edit, given.range)
    held.range = given.range
  }
}

export function deleteNamedRange(edit: DocumentEdit, request: sheets_v4.Schema$DeleteNamedRangeRequest): void {
  const kept = edit.doc.namedRanges.filter((one) => one.namedRangeId !== request.namedRangeId)
  if (kept.length === edit.doc.namedRanges.length) {
    throw refuse(edit, `No named range with id: ${request.namedRangeId ?? ''}`)
  }
  edit.doc.namedRanges = kept
}
