import { el, setStyle } from './element.js'

/** @typedef {{ rows: number, columns: number }} Move */
/** @typedef {{ cell: HTMLElement, text: string, name: string }} Place */

const STAY = { rows: 0, columns: 0 }

/**
 * The field over the cell where the person stands. It holds the focus all the time, unseen, so that whatever is typed
 * arrives in it (input methods send no key events); it is seen from the first letter on.
 * @param {{
 *   holder: HTMLElement,
 *   commit: (text: string, move: Move | null) => void,
 *   put: () => void,
 * }} options commit's move is null when the focus went elsewhere by itself
 */
export function gridEditor({ holder, commit, put }) {
  const field = el('input', { class: 'cell-editor', testid: 'cell-editor', attrs: { autocomplete: 'off' } })
  const coarse = matchMedia('(pointer: coarse)').matches
  holder.append(field)
  let open = false
  /** @type {HTMLSelectElement | null} */
  let choice = null

  /** @param {boolean} wanted */
  const show = (wanted) => {
    open = wanted
    field.classList.toggle('cell-editor-open', wanted)
    // A touch keyboard comes up for writing, not for looking.
    if (coarse) field.inputMode = wanted ? 'text' : 'none'
  }
  const close = () => {
    const offered = choice
    choice = null
    offered?.remove()
    show(false)
    field.value = ''
  }
  /** @param {Move | null} move */
  const finish = (move) => {
    if (!open) return
    const text = choice?.value ?? field.value
    close()
    commit(text, move)
  }
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (!open || event.isComposing) return
    event.stopPropagation()
    if (event.key === 'Escape') {
      close()
      put()
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault()
      const step = event.shiftKey ? -1 : 1
      finish(event.key === 'Enter' ? { rows: step, columns: 0 } : { rows: 0, columns: step })
    }
  }

  field.addEventListener('input', () => show(true))
  field.addEventListener('keydown', onKey)
  field.addEventListener('blur', () => {
    if (!choice) finish(null)
  })

  /** @param {string[]} list @param {Place} place */
  const offer = (list, { cell, text, name }) => {
    const node = el('select', { class: 'cell-editor cell-editor-open', testid: 'cell-choice' })
    const values = list.includes(text) ? list : [text, ...list]
    for (const value of values) node.append(el('option', { text: value, attrs: { value } }))
    if (text !== '') node.append(el('option', { text: '(ล้างค่า)', attrs: { value: '' } }))
    node.value = text
    node.setAttribute('aria-label', `เลือกค่าของเซลล์ ${name}`)
    lieOver(node, cell)
    node.addEventListener('keydown', onKey)
    node.addEventListener('change', () => finish(STAY))
    node.addEventListener('blur', () => finish(null))
    choice = node
    holder.append(node)
    node.focus()
  }

  return {
    isOpen: () => open,
    /** Commits what stands in the field, as leaving a cell does. */
    leave: () => finish(null),
    close,
    /**
     * Waits over a cell without showing.
     * @param {Place} place
     * @param {{ focus: boolean }} how
     */
    rest(place, { focus }) {
      if (open) return
      lieOver(field, place.cell)
      field.setAttribute('aria-label', `เซลล์ ${place.name}: ${place.text}`)
      if (focus) field.focus({ preventScroll: true })
    },
    /**
     * @param {Place} place
     * @param {string[] | undefined} list
     */
    edit(place, list) {
      close()
      show(true)
      if (list) return offer(list, place)
      lieOver(field, place.cell)
      field.value = place.text
      field.focus({ preventScroll: true })
    },
  }
}

/**
 * @param {HTMLElement} node
 * @param {HTMLElement} cell
 */
function lieOver(node, cell) {
  setStyle(node, {
    left: `${cell.offsetLeft}px`,
    top: `${cell.offsetTop}px`,
    width: `${Math.max(cell.offsetWidth, 96)}px`,
    height: `${cell.offsetHeight}px`,
  })
}
