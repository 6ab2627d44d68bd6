import type { Box } from './grid-box.ts'
import type { DocState, GridRange, SheetState } from './sheet-state.ts'

export function columnName(index: number): string {
  let name = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

export function columnIndex(name: string): number {
  let index = 0
  for (const letter of name.toUpperCase()) index = index * 26 + (letter.charCodeAt(0) - 64)
  return index - 1
}

export function quoteTitle(title: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(title) ? title : `'${title.replaceAll("'", "''")}'`
}

/** The range as Google writes it back. */
export function a1Of(sheet: SheetState, box: Box): string {
  const first = `${columnName(box.startColumn)}${box.startRow + 1}`
  const last = `${columnName(box.endColumn - 1)}${box.endRow}`
  return `${quoteTitle(sheet.title)}!${first === last ? first : `${first}:${last}`}`
}

const corner = /^\$?([A-Za-z]{1,3})?\$?(\d+)?$/

/** Finds the cells a text like `'รายชื่อ'!A2:N` or a named range stands for; nothing when it stands for none. */
export function readA1(text: string, doc: DocState): { sheet: SheetState; range: GridRange } | undefined {
  const named = doc.namedRanges.find((one) => one.name === text)
  if (named?.range) {
    const sheet = doc.sheets.find((one) => one.sheetId === (named.range?.sheetId ?? 0))
    return sheet && { sheet, range: named.range }
  }
  const split = /^(?:'((?:[^']|'')+)'|([^'!]+))!(.+)$/s.exec(text)
  if (split) {
    const sheet = findSheet(doc, (split[1] ?? split[2] ?? '').replaceAll("''", "'"))
    const range = sheet && readCorners(split[3] ?? '', sheet.sheetId)
    return sheet && range && { sheet, range }
  }
  const whole = findSheet(doc, text.replace(/^'(.*)'$/s, '$1').replaceAll("''", "'"))
  if (whole) return { sheet: whole, range: { sheetId: whole.sheetId } }
  const first = doc.sheets[0]
  const range = first && readCorners(text, first.sheetId)
  return first && range && { sheet: first, range }
}

function findSheet(doc: DocState, title: string): SheetState | undefined {
  return (
    doc.sheets.find((sheet) => sheet.title === title) ??
    doc.sheets.find((sheet) => sheet.title.toLowerCase() === title.toLowerCase())
  )
}

function readCorners(text: string, sheetId: number): GridRange | undefined {
  const [from = '', to, ...more] = text.split(':')
  if (more.length > 0) return undefined
  const first = corner.exec(from)
  const second = to === undefined ? undefined : corner.exec(to)
  if (!first || from === '' || second === null || to === '') return undefined
  if (to === undefined && (!first[1] || !first[2])) return undefined
  const last = second ?? first
  const columns = [first[1], last[1]].map((name) => (name === undefined ? undefined : columnIndex(name)))
  const rows = [first[2], last[2]].map((row) => (row === undefined ? undefined : Number(row) - 1))
  if (rows.some((row) => row !== undefined && row < 0)) return undefined
  const range: GridRange = { sheetId }
  setEnds(columns, (start, end) => {
    if (start !== undefined) range.startColumnIndex = start
    if (end !== undefined) range.endColumnIndex = end
  })
  setEnds(rows, (start, end) => {
    if (start !== undefined) range.startRowIndex = start
    if (end !== undefined) range.endRowIndex = end
  })
  return range
}

function setEnds(
  [a, b]: (number | undefined)[],
  set: (start: number | undefined, end: number | undefined) => void,
): void {
  if (a !== undefined && b !== undefined) set(Math.min(a, b), Math.max(a, b) + 1)
  else if (a !== undefined) set(a, undefined)
  else if (b !== undefined) set(undefined, b + 1)
}
