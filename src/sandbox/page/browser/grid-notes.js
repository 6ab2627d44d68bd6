import { button, el } from './element.js'
import { columnName, spotName } from './grid-range.js'

/** @typedef {import('./contract.js').SheetTab} SheetTab */

const MOST = 200

/**
 * Every note of the tab as a list: a corner mark alone is easily overlooked.
 * @param {{ place: HTMLElement, goTo: (spot: import('./grid-range.js').Spot) => void }} options
 */
export function gridNotes({ place, goTo }) {
  let open = true
  return {
    /** @param {SheetTab | null} tab */
    draw(tab) {
      const notes = tab ? notesOf(tab) : []
      place.hidden = notes.length === 0
      const list = el('ul', { class: 'notes-list' })
      list.hidden = !open
      for (const { spot, head, note } of notes.slice(0, MOST)) {
        const jump = button(spotName(spot), () => goTo(spot), { class: 'note-spot' })
        const words = el('span', {}, el('strong', { text: head }), ` ${note}`)
        list.append(el('li', { testid: `note-${spot.row}-${spot.column}` }, jump, words))
      }
      const title = button(
        `หมายเหตุในตาราง ${notes.length} แห่ง`,
        () => {
          open = !open
          list.hidden = !open
          title.setAttribute('aria-expanded', String(open))
        },
        { class: 'notes-title', attrs: { 'aria-expanded': String(open) } },
      )
      const scroll = place.querySelector('.notes-list')?.scrollTop ?? 0
      place.replaceChildren(title, list)
      list.scrollTop = scroll
    },
  }
}

/** @param {SheetTab} tab */
function notesOf(tab) {
  const heads = tab.rows[Math.max(0, tab.frozenRowCount - 1)] ?? []
  return tab.rows.flatMap((cells, row) =>
    cells.flatMap((cell, column) => {
      if (!cell.note) return []
      return [{ spot: { row, column }, head: heads[column]?.v || `คอลัมน์ ${columnName(column)}`, note: cell.note }]
    }),
  )
}
