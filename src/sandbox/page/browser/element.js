/**
 * @typedef {object} Props
 * @property {string} [class]
 * @property {string} [text]
 * @property {string} [testid]
 * @property {Record<string, string | undefined>} [style]
 * @property {Record<string, string | undefined>} [attrs]
 * @property {{ [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void }} [on]
 */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Props} [props]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag)
  if (props.class) node.className = props.class
  if (props.text !== undefined) node.textContent = props.text
  if (props.testid) node.dataset.testid = props.testid
  setStyle(node, props.style ?? {})
  for (const [name, value] of Object.entries(props.attrs ?? {})) {
    if (value !== undefined) node.setAttribute(name, value)
  }
  for (const [name, listener] of Object.entries(props.on ?? {})) {
    node.addEventListener(name, /** @type {EventListener} */ (listener))
  }
  for (const child of children) if (child) node.append(child)
  return node
}

/**
 * Styles go through the object model: the page's policy refuses style attributes.
 * @param {HTMLElement} node
 * @param {Record<string, string | undefined>} style
 */
export function setStyle(node, style) {
  for (const [name, value] of Object.entries(style)) {
    if (value === undefined) continue
    node.style.setProperty(
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value,
    )
  }
}

/**
 * @param {string} label
 * @param {() => void} onClick
 * @param {Props} [props]
 */
export function button(label, onClick, props = {}) {
  const node = el('button', { ...props, on: { click: onClick } }, props.text === undefined && label)
  node.type = 'button'
  if (props.text !== undefined) node.setAttribute('aria-label', label)
  return node
}

/**
 * Makes something that is no button act as one, for the keyboard too.
 * @param {HTMLElement} node
 * @param {string} label
 * @param {() => void} onTap
 */
export function tappable(node, label, onTap) {
  node.tabIndex = 0
  node.setAttribute('role', 'button')
  if (label) node.setAttribute('aria-label', label)
  node.classList.add('tappable')
  node.addEventListener('click', (event) => {
    event.stopPropagation()
    onTap()
  })
  node.addEventListener('keydown', (event) => {
    if (event.target !== node || (event.key !== 'Enter' && event.key !== ' ')) return
    event.preventDefault()
    onTap()
  })
}

/** @param {string} id */
export function region(id) {
  const node = document.getElementById(id)
  if (!node) throw new Error(`the page has no #${id}`)
  return node
}
