import { button, el, tappable } from './element.js'
import { picture } from './picture.js'

/** @typedef {import('./contract.js').Column} Column */
/** @typedef {import('./contract.js').Tap} Tap */

/**
 * Buttons, confirm, carousel and image carousel as LINE's cards.
 * @param {import('./contract.js').Template} template
 * @param {Tap} tap
 */
export function templateMessage(template, tap) {
  switch (template.type) {
    case 'confirm':
      return confirmCard(template, tap)
    case 'carousel':
      return row((template.columns ?? []).map((column) => card(column, tap, template)))
    case 'image_carousel':
      return row((template.columns ?? []).map((column) => imageCard(column, tap)))
    default:
      return card(template, tap, template)
  }
}

/** @param {HTMLElement[]} cards */
function row(cards) {
  const node = el('div', { class: 'fx-carousel', attrs: { role: 'group', 'aria-label': 'การ์ดเลื่อน', tabindex: '0' } })
  node.append(...cards)
  return node
}

/**
 * @param {Column} column
 * @param {Tap} tap
 */
function confirmCard(column, tap) {
  return el(
    'div',
    { class: 'tp-card tp-confirm' },
    el('p', { class: 'tp-text', text: column.text ?? '' }),
    el('div', { class: 'tp-pair' }, ...(column.actions ?? []).map((action) => actionButton(action, tap))),
  )
}

/**
 * @param {Column} column
 * @param {Tap} tap
 * @param {import('./contract.js').Template} template
 */
function card(column, tap, template) {
  const node = el('div', { class: 'tp-card' })
  if (column.thumbnailImageUrl) {
    const shape = template.imageAspectRatio === 'square' ? 'tp-square' : 'tp-wide'
    node.append(el('div', { class: `tp-image ${shape}` }, picture(column.thumbnailImageUrl, column.title ?? '')))
  }
  const words = el(
    'div',
    { class: 'tp-words' },
    column.title ? el('p', { class: 'tp-title', text: column.title }) : null,
    el('p', { class: 'tp-text', text: column.text ?? '' }),
  )
  const whole = column.defaultAction
  if (whole) tappable(words, whole.label ?? column.title ?? '', () => tap(whole))
  node.append(words, ...(column.actions ?? []).map((action) => actionButton(action, tap)))
  return node
}

/**
 * @param {Column} column
 * @param {Tap} tap
 */
function imageCard(column, tap) {
  const action = column.action
  const node = el(
    'div',
    { class: 'tp-image tp-square tp-image-card' },
    picture(column.imageUrl, action?.label ?? ''),
    action?.label ? el('span', { class: 'tp-image-label', text: action.label }) : null,
  )
  if (action) tappable(node, action.label ?? '', () => tap(action))
  return node
}

/**
 * @param {import('./contract.js').Action} action
 * @param {Tap} tap
 */
function actionButton(action, tap) {
  return button(action.label ?? '', () => tap(action), { class: 'tp-action', testid: 'template-button' })
}
