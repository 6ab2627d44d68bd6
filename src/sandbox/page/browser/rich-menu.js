import { button, el, tappable } from './element.js'
import { icon } from './icon.js'
import { percentArea } from './message-view.js'

/** @typedef {import('./contract.js').RichMenu} RichMenu */
/** @typedef {import('./contract.js').Tap} Tap */

/**
 * @param {RichMenu} menu
 * @param {Tap} tap
 */
export function richMenuPanel(menu, tap) {
  const frame = el('div', {
    class: 'rich-menu',
    testid: 'rich-menu',
    style: { aspectRatio: `${menu.size.width} / ${menu.size.height}` },
  })
  frame.append(el('img', { attrs: { src: menu.imageUrl, alt: menu.chatBarText } }))
  menu.areas.forEach((spot, index) => {
    const area = el('div', {
      class: 'tap-area',
      testid: `rich-menu-area-${index}`,
      style: percentArea(spot.bounds, menu.size),
    })
    tappable(area, spot.action.label ?? spot.action.text ?? `ปุ่มที่ ${index + 1}`, () => tap(spot.action))
    frame.append(area)
  })
  return frame
}

/**
 * @param {RichMenu} menu
 * @param {{ open: boolean, toggle: () => void }} options
 */
export function chatBar(menu, { open, toggle }) {
  const bar = button('', toggle, {
    class: 'chat-bar',
    testid: 'chat-bar',
    attrs: { 'aria-expanded': String(open) },
  })
  bar.append(el('span', { text: menu.chatBarText }), icon('chevron'))
  return bar
}
