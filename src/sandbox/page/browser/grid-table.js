import { el } from './element.js'
import { blockOfRange, columnName, inBlock, isGuarded } from './grid-range.js'

/** @typedef {import('./contract.js').SheetTab} SheetTab */
/** @typedef {import('./contract.js').Cell} Cell */

const SPARE_ROWS = 8
const FEWEST_ROWS = 40
const SPARE_COLUMNS = 1
const FEWEST_COLUMNS = 8
const ROW_HEAD_WIDTH = 44
const DEFAULT_WIDTH = 100
const CELL_PADDING = 13

/**
 * One tab as a table; cells carry their place in data attributes.
 * @param {SheetTab} tab
 * @param {{ mostRows: number }} options
 */
export function gridTable(tab, { mostRows }) {
  const rows = Math.min(tab.rowCount, Math.max(tab.rows.length + SPARE_ROWS, FEWEST_ROWS), mostRows)
  const widest = tab.rows.reduce((most, row) => Math.max(most, row.length), 0)
  const columns = Math.min(tab.columnCount, Math.max(widest + SPARE_COLUMNS, FEWEST_COLUMNS))
  const widths = Array.from({ length: columns }, (_, column) =>
    tab.hiddenColumns.includes(column) ? 0 : (tab.columnWidths[column] ?? DEFAULT_WIDTH),
  )
  const table = el('table', {
    class: 'grid-table',
    testid: 'grid-table',
    attrs: { role: 'grid', 'aria-label': tab.title, 'aria-rowcount': String(rows), 'aria-colcount': String(columns) },
    style: { width: `${ROW_HEAD_WIDTH + widths.reduce((sum, width) => sum + width, 0)}px` },
  })
  const sizes = el('colgroup', {}, el('col', { style: { width: `${ROW_HEAD_WIDTH}px` } }))
  for (const width of widths) sizes.append(el('col', { style: { width: `${width}px` } }))
  table.append(sizes, head(columns))
  const body = el('tbody')
  const paint = painter(tab, widths)
  for (let row = 0; row < rows; row += 1) body.append(bodyRow({ row, columns, paint }))
  table.append(body)
  return table
}

/** @param {number} columns */
function head(columns) {
  const row = el('tr', {}, el('th', { class: 'grid-corner', attrs: { 'aria-label': 'ทั้งตาราง' } }))
  for (let column = 0; column < columns; column += 1) {
    row.append(el('th', { class: 'grid-column', text: columnName(column), attrs: { 'data-column': String(column) } }))
  }
  return el('thead', {}, row)
}

/**
 * @param {{ row: number, columns: number, paint: (row: number, column: number) => HTMLElement | null }} options
 */
function bodyRow({ row, columns, paint }) {
  const number = el('th', { class: 'grid-row', text: String(row + 1), attrs: { 'data-row': String(row) } })
  const node = el('tr', {}, number)
  for (let column = 0; column < columns; column += 1) {
    const cell = paint(row, column)
    if (cell) node.append(cell)
  }
  return node
}

/**
 * @param {SheetTab} tab
 * @param {number[]} widths
 */
function painter(tab, widths) {
  const merged = tab.merges.map(blockOfRange)
  const frozenLeft = widths.map(
    (_, column) => ROW_HEAD_WIDTH + widths.slice(0, column).reduce((sum, width) => sum + width, 0),
  )
  return (/** @type {number} */ row, /** @type {number} */ column) => {
    const merge = merged.find((block) => inBlock(block, { row, column }))
    if (merge && (merge.top !== row || merge.left !== column)) return null
    const cell = tab.rows[row]?.[column]
    const node = el('td', {
      class: cellClass(cell),
      testid: `cell-${row}-${column}`,
      attrs: {
        role: 'gridcell',
        tabindex: '-1',
        'data-row': String(row),
        'data-column': String(column),
        rowspan: merge ? String(merge.bottom - merge.top) : undefined,
        colspan: merge ? String(merge.right - merge.left) : undefined,
      },
      style: { background: cell?.bg, color: cell?.fg, textAlign: cell?.align?.toLowerCase() },
    })
    if (isGuarded(tab, { row, column })) node.classList.add('cell-guarded')
    if (column < tab.frozenColumnCount) {
      node.classList.add('cell-frozen-column')
      node.style.left = `${frozenLeft[column] ?? 0}px`
    }
    if (row < tab.frozenRowCount) node.classList.add('cell-frozen-row')
    fill(node, cell)
    if (!merge && spills(cell)) spill(node, roomOf(tab.rows[row] ?? [], { column, widths }))
    return node
  }
}

/**
 * Text that is not wrapped runs over the empty cells to its right.
 * @param {Cell | undefined} cell
 */
function spills(cell) {
  return cell?.kind === 'string' && cell.v !== '' && !cell.wrap && !cell.list && (cell.align ?? 'LEFT') === 'LEFT'
}

/**
 * @param {Cell[]} cells of the row
 * @param {{ column: number, widths: number[] }} options
 */
function roomOf(cells, { column, widths }) {
  const taken = cells.findIndex((cell, index) => index > column && (cell.v !== '' || cell.checkbox))
  return widths.slice(column, taken < 0 ? widths.length : taken).reduce((sum, width) => sum + width, 0)
}

/**
 * @param {HTMLElement} node
 * @param {number} room
 */
function spill(node, room) {
  node.classList.add('cell-spills')
  const words = /** @type {HTMLElement | null} */ (node.querySelector('.cell-words'))
  if (words) words.style.width = `${room - CELL_PADDING}px`
}

/** @param {Cell | undefined} cell */
function cellClass(cell) {
  if (!cell) return ''
  return [
    `cell-${cell.kind}`,
    cell.bold && 'cell-bold',
    cell.italic && 'cell-italic',
    cell.wrap && 'cell-wrap',
    cell.note && 'cell-noted',
    cell.list && 'cell-listed',
  ]
    .filter(Boolean)
    .join(' ')
}

/**
 * @param {HTMLElement} node
 * @param {Cell | undefined} cell
 */
function fill(node, cell) {
  if (cell?.checkbox) {
    const box = el('input', {
      class: 'cell-checkbox',
      attrs: { type: 'checkbox', tabindex: '-1', 'aria-label': 'ทำเครื่องหมาย' },
    })
    box.checked = cell.v.toUpperCase() === 'TRUE'
    node.classList.add('cell-checked')
    node.append(box)
    return
  }
  node.append(el('span', { class: 'cell-words', text: cell?.v ?? '' }))
  if (cell?.note) node.setAttribute('aria-description', cell.note)
}

/**
 * Heights are known only once the table stands in the page.
 * @param {HTMLTableElement} table
 * @param {number} count
 */
export function freezeRows(table, count) {
  let top = table.tHead?.offsetHeight ?? 0
  for (const row of [...(table.tBodies[0]?.rows ?? [])].slice(0, count)) {
    for (const cell of row.cells) cell.style.top = `${top}px`
    row.classList.add('row-frozen')
    top += row.offsetHeight
  }
}
