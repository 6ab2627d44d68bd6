import { el } from './element.js'

/** @type {Record<string, string>} */
const SIGNS = {
  '✓': 'check',
  '✔': 'check',
  '✕': 'cross',
  '✖': 'cross',
  '✗': 'cross',
  '○': 'ring',
  '●': 'disc',
  '→': 'arrow',
  '↺': 'again',
}
const SIGN = new RegExp(`([${Object.keys(SIGNS).join('')}])`)

/**
 * Text with its signs drawn by the style sheet: Sarabun has none of them, and a machine without fonts would show nothing.
 * @param {string} text
 * @returns {(string | HTMLElement)[]}
 */
export function withSigns(text) {
  return text
    .split(SIGN)
    .filter((part) => part !== '')
    .map((part) => {
      const name = SIGNS[part]
      return name ? el('span', { class: `sign sign-${name}`, text: part }) : part
    })
}
