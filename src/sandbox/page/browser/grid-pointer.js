import { spotOfCell } from './grid-selection.js'

/**
 * Cell that an event happened in.
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null}
 */
export const cellOf = (target) => (target instanceof Element ? target.closest('td') : null)

/**
 * Choosing, dragging, double click, ticking.
 * @param {{ holder: HTMLElement, hands: import('./grid-sheet.js').Hands }} options
 */
export function gridPointer({ holder, hands }) {
  let dragging = false
  const coarse = matchMedia('(pointer: coarse)')

  holder.addEventListener('mousedown', (event) => {
    const { target } = event
    if (event.button !== 0 || !hands.tab() || !(target instanceof HTMLElement)) return
    if (target.closest('.cell-editor')) return
    hands.editor.leave()
    const head = target.closest('th')
    if (head) return markLine(head, { hands, extend: event.shiftKey })
    const node = cellOf(target)
    if (!node) return
    const box = target.closest('input') !== null
    if (!box) event.preventDefault()
    dragging = true
    // A finger has no double click: the second tap on a cell opens it.
    if (!box && coarse.matches && node.classList.contains('cell-anchor')) return hands.edit()
    hands.goTo(spotOfCell(node), { extend: event.shiftKey })
  })
  holder.addEventListener('mouseover', (event) => {
    const node = cellOf(event.target)
    if (!node || !hands.tab()) return
    if (dragging && event.buttons === 1) hands.goTo(spotOfCell(node), { extend: true })
    else hands.showNote(node)
  })
  holder.addEventListener('mouseleave', () => hands.showNote(null))
  document.addEventListener('mouseup', () => {
    dragging = false
  })
  holder.addEventListener('dblclick', (event) => {
    if (cellOf(event.target)) hands.edit()
  })
  holder.addEventListener('change', (event) => {
    const node = cellOf(event.target)
    if (node) hands.toggle(spotOfCell(node))
  })
}

/**
 * Marks whole rows or columns by their heads.
 * @param {HTMLElement} head
 * @param {{ hands: import('./grid-sheet.js').Hands, extend: boolean }} options
 */
function markLine(head, { hands, extend }) {
  const tab = hands.tab()
  if (!tab) return
  const { row, column } = head.dataset
  const here = { row: Number(row ?? 0), column: Number(column ?? 0) }
  const from = extend ? hands.selection.anchor() : here
  const far = { row: tab.rowCount - 1, column: tab.columnCount - 1 }
  const start = { row: row === undefined ? 0 : from.row, column: column === undefined ? 0 : from.column }
  const end = { row: row === undefined ? far.row : here.row, column: column === undefined ? far.column : here.column }
  hands.mark(start, end)
}
