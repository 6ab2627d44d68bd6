import { el, setStyle } from './element.js'
import { flexEdge, textSize } from './flex-sizes.js'
import { withSigns } from './signs.js'

/** @typedef {import('./contract.js').Component} Component */

/** @param {Component} component */
function letterStyle(component) {
  return {
    fontSize: textSize(component.size),
    color: component.color,
    fontWeight: component.weight === 'bold' ? '700' : component.weight === 'regular' ? '400' : undefined,
    fontStyle: component.style,
    textDecoration: component.decoration,
  }
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
  if (component.color) setStyle(node, style === 'link' ? { color: component.color } : { background: component.color })
  const holder = el('div', { class: 'fx-button-holder' }, node)
  setStyle(holder, { justifyContent: flexEdge(component.gravity) })
  return { holder, node }
}
