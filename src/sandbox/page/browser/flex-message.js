import { el, setStyle, tappable } from './element.js'
import { flexBox, flexComponent } from './flex-box.js'

/** @typedef {import('./contract.js').Bubble} Bubble */
/** @typedef {import('./contract.js').Tap} Tap */

/**
 * @param {import('./contract.js').Container} container
 * @param {Tap} tap
 */
export function flexMessage(container, tap) {
  if (container.type === 'bubble') return flexBubble(container, tap)
  const row = el('div', { class: 'fx-carousel', attrs: { role: 'group', 'aria-label': 'การ์ดเลื่อน', tabindex: '0' } })
  row.append(...container.contents.map((bubble) => flexBubble(bubble, tap)))
  return row
}

/**
 * @param {Bubble} bubble
 * @param {Tap} tap
 */
function flexBubble(bubble, tap) {
  const node = el('div', {
    class: `fx-bubble fx-size-${bubble.size ?? 'mega'}`,
    attrs: { dir: bubble.direction ?? 'ltr' },
  })
  for (const name of /** @type {const} */ (['header', 'hero', 'body', 'footer'])) {
    const component = bubble[name]
    if (!component) continue
    node.append(block({ name, component, style: bubble.styles?.[name], first: node.childElementCount === 0, tap }))
  }
  if (bubble.footer) node.classList.add('fx-has-footer')
  const action = bubble.action
  if (action) tappable(node, action.label ?? '', () => tap(action))
  return node
}

/**
 * @param {{
 *   name: 'header' | 'hero' | 'body' | 'footer',
 *   component: import('./contract.js').Component,
 *   style: import('./contract.js').BlockStyle | undefined,
 *   first: boolean,
 *   tap: Tap,
 * }} options
 */
function block({ name, component, style, first, tap }) {
  const drawn = component.type === 'box' ? flexBox(component, tap) : flexComponent(component, tap)
  if (name !== 'hero') drawn.classList.add(`fx-${name}`)
  const holder = el('div', { class: `fx-block fx-block-${name}` }, drawn)
  setStyle(holder, { background: style?.backgroundColor })
  if (style?.separator && !first) {
    setStyle(holder, { borderTop: `1px solid ${style.separatorColor ?? '#d4d6da'}` })
  }
  return holder
}
