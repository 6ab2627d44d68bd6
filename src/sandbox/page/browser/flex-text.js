import { el, setStyle } from './element.js'
import { flexEdge, textSize } from './flex-sizes.js'
import { withSigns } from './signs.js'

/** @typedef {import('./contract.js').Component} Component */

/** @param {Component} component */
function letterStyle(component) {
  return {
    fontSize: letterSize(component),
    color: component.color,
    fontWeight: component.weight === 'bold' ? '700' : component.weight === 'regular' ? '400' : undefined,
    fontStyle: component.style,
    textDecoration: component.decoration,
  }
}

/**
 * What a card allows to grow follows the font size that the phone's owner chose.
 * @param {Component} component
 */
function letterSize(component) {
  const size = textSize(component.size ?? (component.type === 'text' ? 'md' : undefined))
  return component.scaling && size ? `calc(${size} * var(--fx-scale, 1))` : size
}

/** @param {Component} component */
export function flexText(component) {
  const words = el('p', { class: 'fx-words', style: letterStyle(component) })
  if (component.contents?.length) words.append(...component.contents.map(span))
  else words.append(...withSigns(component.text ?? ''))
  if (component.wrap) words.classList.add('fx-wrap')
  if (component.wrap && component.maxLines) {
    words.classList.add('fx-clamp')
    words.style.setProperty('-webkit-line-clamp', String(component.maxLines))
  }
  if (component.lineSpacing) words.style.lineHeight = `calc(1.36em + ${component.lineSpacing})`
  setStyle(words, { textAlign: component.align })
  return el('div', { class: 'fx-text' }, words)
}

/** @param {Component} component */
function span(component) {
  return el('span', { style: letterStyle(component) }, ...withSigns(component.text ?? ''))
}

/** @param {Component} component */
export function flexButton(component) {
  const style = component.style ?? 'link'
  const node = el('button', {
    class: `fx-button fx-button-${style} fx-height-${component.height ?? 'md'}`,
    testid: 'flex-button',
    text: component.action?.label ?? '',
  })
  node.type = 'button'
  if (component.scaling) node.classList.add('fx-scaling')
  if (component.adjustMode === 'shrink-to-fit') shrinkToFit(node)
  if (component.color) setStyle(node, style === 'link' ? { color: component.color } : { background: component.color })
  const holder = el('div', { class: 'fx-button-holder' }, node)
  setStyle(holder, { justifyContent: flexEdge(component.gravity) })
  return { holder, node }
}

const SMALLEST_LETTER = 9

/** @param {HTMLElement} node */
function shrinkToFit(node) {
  const shrink = () => {
    if (!node.isConnected || node.clientWidth === 0) return
    for (
      let size = Number.parseFloat(getComputedStyle(node).fontSize);
      node.scrollWidth > node.clientWidth && size > SMALLEST_LETTER;
      size -= 1
    )
      node.style.fontSize = `${size}px`
  }
  requestAnimationFrame(shrink)
}
