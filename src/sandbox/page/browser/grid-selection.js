import { blockOf, inBlock } from './grid-range.js'

/** @typedef {import('./grid-range.js').Spot} Spot */

/** Where the person stands in the sheet, and the block that is marked. */
export function gridSelection() {
  /** @type {Spot} */
  let anchor = { row: 0, column: 0 }
  /** @type {Spot} */
  let focus = { row: 0, column: 0 }
  return {
    anchor: () => anchor,
    focus: () => focus,
    block: () => blockOf(anchor, focus),
    /**
     * @param {Spot} spot
     * @param {boolean} [extend]
     */
    put(spot, extend = false) {
      focus = { row: Math.max(0, spot.row), column: Math.max(0, spot.column) }
      if (!extend) anchor = focus
    },
    /**
     * Marks a whole row or column and more of them.
     * @param {Spot} from
     * @param {Spot} to
     */
    span(from, to) {
      anchor = from
      focus = to
    },
    /** @param {HTMLElement} table */
    paint(table) {
      for (const node of table.querySelectorAll('.cell-marked, .cell-anchor')) {
        node.classList.remove('cell-marked', 'cell-anchor')
      }
      const block = blockOf(anchor, focus)
      for (const node of table.querySelectorAll('td')) {
        const spot = spotOfCell(node)
        if (inBlock(block, spot)) node.classList.add('cell-marked')
        if (spot.row === anchor.row && spot.column === anchor.column) node.classList.add('cell-anchor')
      }
    },
  }
}

/**
 * @param {HTMLElement} node
 * @returns {Spot}
 */
export function spotOfCell(node) {
  return { row: Number(node.dataset['row']), column: Number(node.dataset['column']) }
}

/** @type {Record<string, [number, number]>} */
const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-15, 0],
  PageDown: [15, 0],
}

/**
 * Where a key leads; null for keys that do not move.
 * @param {KeyboardEvent} event
 * @param {Spot} from
 * @returns {Spot | null}
 */
export function stepOf(event, from) {
  if (event.key === 'Home') return { row: event.ctrlKey ? 0 : from.row, column: 0 }
  if (event.key === 'Tab') return { row: from.row, column: from.column + (event.shiftKey ? -1 : 1) }
  const [rows, columns] = STEPS[event.key] ?? []
  return rows === undefined || columns === undefined ? null : { row: from.row + rows, column: from.column + columns }
}
