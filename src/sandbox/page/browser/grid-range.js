/** @typedef {import('./contract.js').GridRange} GridRange */
/** @typedef {import('./contract.js').SheetTab} SheetTab */
/** @typedef {{ row: number, column: number }} Spot */
/** @typedef {{ top: number, bottom: number, left: number, right: number }} Block rows and columns from 0, ends excluded */

/** @param {number} column from 0 */
export function columnName(column) {
  let name = ''
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name
  }
  return name
}

/** @param {Spot} spot */
export const spotName = ({ row, column }) => `${columnName(column)}${row + 1}`

/**
 * @param {string} name such as D12
 * @returns {Spot | null}
 */
export function spotOf(name) {
  const found = /^([A-Z]+)(\d+)$/i.exec(name)
  if (!found?.[1] || !found[2]) return null
  const column = [...found[1].toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: Number(found[2]) - 1, column }
}

/**
 * @param {Spot} a
 * @param {Spot} b
 * @returns {Block}
 */
export function blockOf(a, b) {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row) + 1,
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column) + 1,
  }
}

/**
 * @param {GridRange} range
 * @returns {Block}
 */
export const blockOfRange = ({ startRow, endRow, startColumn, endColumn }) => ({
  top: startRow,
  bottom: endRow,
  left: startColumn,
  right: endColumn,
})

/**
 * @param {Block} block
 * @param {Spot} spot
 */
export function inBlock(block, { row, column }) {
  return row >= block.top && row < block.bottom && column >= block.left && column < block.right
}

/**
 * @param {SheetTab} tab
 * @param {Spot} spot
 */
export const cellAt = (tab, { row, column }) => tab.rows[row]?.[column]

/**
 * Whether the account that looks at the sheet is kept from writing here by a protected range.
 * @param {SheetTab} tab
 * @param {Spot} spot
 */
export function isGuarded(tab, spot) {
  return tab.protected.some(
    (range) =>
      !range.canEdit &&
      !range.warningOnly &&
      inBlock(blockOfRange(range), spot) &&
      !range.unprotected.some((open) => inBlock(blockOfRange(open), spot)),
  )
}

/**
 * What one edits in a cell: its formula where it has one.
 * @param {import('./contract.js').Cell | undefined} cell
 */
export const writtenIn = (cell) => cell?.formula ?? cell?.v ?? ''

/**
 * A block as the clipboard takes it.
 * @param {SheetTab} tab
 * @param {Block} block
 */
export function tsvOf(tab, block) {
  const lines = []
  for (let row = block.top; row < block.bottom; row += 1) {
    const cells = []
    for (let column = block.left; column < block.right; column += 1) cells.push(cellAt(tab, { row, column })?.v ?? '')
    lines.push(cells.map((text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join('\t'))
  }
  return lines.join('\n')
}
