import { cellOf } from './grid-pointer.js'
import { cellAt, tsvOf } from './grid-range.js'
import { spotOfCell, stepOf } from './grid-selection.js'

/**
 * Keys and clipboard while no cell is being written; letters go to the editor's field by themselves.
 * @param {{ holder: HTMLElement, hands: import('./grid-sheet.js').Hands }} options
 */
export function gridKeyboard({ holder, hands }) {
  const { selection, editor } = hands

  holder.addEventListener('keydown', (event) => {
    const tab = hands.tab()
    if (!tab || editor.isOpen() || event.isComposing) return
    const extend = event.shiftKey && event.key !== 'Tab'
    const step = stepOf(event, extend ? selection.focus() : selection.anchor())
    if (step) hands.goTo(step, { extend })
    else if (event.key === 'Enter' || event.key === 'F2') hands.edit()
    else if (event.key === 'Delete' || event.key === 'Backspace') hands.clear()
    else if (event.key === ' ' && cellAt(tab, selection.anchor())?.checkbox) hands.toggle(selection.anchor())
    else return
    event.preventDefault()
  })
  // Focus that comes by other ways than the mouse (a script, a screen reader) chooses the cell too.
  holder.addEventListener('focusin', (event) => {
    const node = cellOf(event.target)
    if (node && node === event.target) hands.goTo(spotOfCell(node))
  })
  holder.addEventListener('copy', (event) => {
    const tab = hands.tab()
    if (!tab || editor.isOpen()) return
    event.clipboardData?.setData('text/plain', tsvOf(tab, selection.block()))
    event.preventDefault()
  })
  holder.addEventListener('paste', (event) => {
    if (!hands.tab() || editor.isOpen()) return
    const tsv = event.clipboardData?.getData('text/plain') ?? ''
    event.preventDefault()
    if (tsv !== '') hands.paste(tsv)
  })
}
