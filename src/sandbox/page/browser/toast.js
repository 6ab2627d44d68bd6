import { el, region } from './element.js'

const SHOWN_MS = 6000

/**
 * @param {string} text
 * @param {'error' | 'info'} [kind]
 */
export function toast(text, kind = 'info') {
  const note = el('p', { class: `toast toast-${kind}`, text, testid: 'toast' })
  region('toasts').append(note)
  setTimeout(() => note.remove(), SHOWN_MS)
}

/** @param {unknown} error */
export function toastError(error) {
  toast(`ทำไม่สำเร็จ: ${error instanceof Error ? error.message : String(error)}`, 'error')
}
