import { el, setStyle } from './element.js'

/**
 * The words of a noted cell, beside it.
 * @param {HTMLElement} holder
 */
export function notePopup(holder) {
  const node = el('div', { class: 'note-popup', attrs: { role: 'tooltip' }, testid: 'note-popup' })
  node.hidden = true
  holder.append(node)
  const hide = () => {
    node.hidden = true
  }
  return {
    hide,
    /**
     * @param {HTMLElement} cell
     * @param {string | undefined} note
     */
    show(cell, note) {
      if (!note) return hide()
      node.textContent = note
      node.hidden = false
      const room = holder.scrollLeft + holder.clientWidth - (cell.offsetLeft + cell.offsetWidth)
      const left = room > 250 ? cell.offsetLeft + cell.offsetWidth + 4 : Math.max(4, cell.offsetLeft - 244)
      setStyle(node, { left: `${left}px`, top: `${cell.offsetTop}px` })
    },
  }
}
