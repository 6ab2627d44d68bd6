import { el } from './element.js'
import { gridEditor } from './grid-editor.js'
import { gridKeyboard } from './grid-keyboard.js'
import { gridPointer } from './grid-pointer.js'
import { cellAt, spotName, writtenIn } from './grid-range.js'
import { gridSelection, spotOfCell } from './grid-selection.js'
import { freezeRows, gridTable } from './grid-table.js'
import { notePopup } from './note-popup.js'

/** @typedef {import('./contract.js').SheetTab} SheetTab */
/** @typedef {import('./grid-range.js').Spot} Spot */
/** @typedef {{ row: number, column: number, text: string }} Typed */
/**
 * @typedef {object} Hands what mouse and keyboard may do to the sheet
 * @property {() => SheetTab | null} tab
 * @property {ReturnType<typeof gridSelection>} selection
 * @property {ReturnType<typeof gridEditor>} editor
 * @property {(spot: Spot, how?: { extend?: boolean }) => void} goTo
 * @property {(from: Spot, to: Spot) => void} mark
 * @property {() => void} edit
 * @property {() => void} clear
 * @property {(spot: Spot) => void} toggle
 * @property {(tsv: string) => void} paste
 * @property {(cell: HTMLElement | null) => void} showNote
 */

const ROWS_AT_ONCE = 300

/**
 * One tab under the hands of a person: moving, marking, typing, copying, pasting.
 * @param {{
 *   holder: HTMLElement,
 *   type: (cells: Typed[]) => void,
 *   paste: (spot: Spot, tsv: string) => void,
 *   moved: () => void,
 * }} options
 */
export function gridSheet({ holder, type, paste, moved }) {
  const selection = gridSelection()
  const popup = notePopup(holder)
  /** @type {SheetTab | null} */
  let tab = null
  /** @type {HTMLTableElement | null} */
  let table = null
  let mostRows = ROWS_AT_ONCE

  /** @param {Spot} spot @returns {HTMLElement | null} */
  const nodeAt = ({ row, column }) => table?.querySelector(`td[data-row="${row}"][data-column="${column}"]`) ?? null
  const cellNow = (/** @type {Spot} */ spot) => (tab ? cellAt(tab, spot) : undefined)
  const placeNow = () => {
    const spot = selection.anchor()
    const cell = nodeAt(spot)
    return cell && { cell, text: writtenIn(cellNow(spot)), name: spotName(spot) }
  }

  const editor = gridEditor({
    holder,
    commit: (text, move) => {
      const spot = selection.anchor()
      if (text !== writtenIn(cellNow(spot))) {
        showPending(nodeAt(spot), text)
        type([{ ...spot, text }])
      }
      if (move) goTo({ row: spot.row + move.rows, column: spot.column + move.columns })
    },
    put: () => goTo(selection.anchor()),
  })

  /** @type {Hands['goTo']} */
  const goTo = (spot, how = {}) => {
    const last = { row: (tab?.rowCount ?? 1) - 1, column: (tab?.columnCount ?? 1) - 1 }
    selection.put({ row: Math.min(spot.row, last.row), column: Math.min(spot.column, last.column) }, how.extend)
    if (table) selection.paint(table)
    const node = nodeAt(how.extend ? selection.focus() : selection.anchor())
    node?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    showNote(node)
    const place = placeNow()
    if (place) editor.rest(place, { focus: true })
    moved()
  }
  /** @type {Hands['mark']} */
  const mark = (from, to) => {
    selection.span(from, to)
    if (table) selection.paint(table)
    moved()
  }
  /** @type {Hands['showNote']} */
  const showNote = (node) => {
    const note = node ? cellNow(spotOfCell(node))?.note : undefined
    if (node && note && !editor.isOpen()) popup.show(node, note)
    else popup.hide()
  }
  const edit = () => {
    const spot = selection.anchor()
    const place = placeNow()
    popup.hide()
    if (!place) return
    if (cellNow(spot)?.checkbox) toggle(spot)
    else editor.edit(place, cellNow(spot)?.list)
  }
  /** @type {Hands['toggle']} */
  const toggle = (spot) => type([{ ...spot, text: cellNow(spot)?.v.toUpperCase() === 'TRUE' ? 'FALSE' : 'TRUE' }])
  const clear = () => {
    const { top, bottom, left, right } = selection.block()
    const filled = (tab?.rows ?? []).slice(top, bottom).flatMap((cells, index) =>
      cells.slice(left, right).flatMap((cell, offset) => {
        const typed = { row: top + index, column: left + offset, text: cell.checkbox ? 'FALSE' : '' }
        return cell.kind === 'empty' ? [] : [typed]
      }),
    )
    if (filled.length > 0) type(filled)
  }

  const hands = {
    tab: () => tab,
    selection,
    editor,
    goTo,
    mark,
    edit,
    clear,
    toggle,
    paste: (/** @type {string} */ tsv) => paste({ row: selection.block().top, column: selection.block().left }, tsv),
    showNote,
  }
  gridPointer({ holder, hands })
  gridKeyboard({ holder, hands })

  /**
   * @param {SheetTab | null} next
   * @param {boolean} fresh another tab or file than before
   */
  const draw = (next, fresh) => {
    if (fresh) {
      editor.close()
      mostRows = ROWS_AT_ONCE
      selection.put({ row: 0, column: 0 })
      holder.scrollTo(0, 0)
    }
    tab = next
    table?.remove()
    holder.querySelector('.grid-more')?.remove()
    popup.hide()
    table = next ? gridTable(next, { mostRows }) : null
    if (!table || !next) return
    holder.prepend(table)
    freezeRows(table, next.frozenRowCount)
    if (next.rows.length > mostRows) holder.append(moreButton(next))
    selection.paint(table)
    const place = placeNow()
    if (place) editor.rest(place, { focus: false })
  }
  /** @param {SheetTab} shown */
  const moreButton = (shown) => {
    const more = el('button', { class: 'button grid-more', text: `แสดงต่อ (ทั้งหมด ${shown.rows.length} แถว)` })
    more.addEventListener('click', () => {
      mostRows += ROWS_AT_ONCE * 3
      draw(shown, false)
    })
    return more
  }

  return { selection, goTo, clear, draw, isEditing: editor.isOpen }
}

/**
 * Shows at once what was typed; the sandbox's answer replaces it.
 * @param {HTMLElement | null} node
 * @param {string} text
 */
function showPending(node, text) {
  const words = node?.querySelector('.cell-words')
  if (words) words.textContent = text
  node?.classList.add('cell-pending')
}
