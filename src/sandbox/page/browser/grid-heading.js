import { el } from './element.js'
import { pagePerson } from './store.js'

/** @typedef {import('./contract.js').PageFile} PageFile */

const SPREADSHEET = 'application/vnd.google-apps.spreadsheet'

/**
 * Which file is open, and as whose Google account it is edited.
 * @param {{
 *   store: import('./store.js').Store,
 *   chooseFile: (id: string) => void,
 *   chooseAccount: (email: string) => void,
 * }} options
 */
export function gridHeading({ store, chooseFile, chooseAccount }) {
  const files = el('select', {
    class: 'field grid-file',
    testid: 'grid-file',
    attrs: { 'aria-label': 'ไฟล์' },
    on: { change: () => chooseFile(files.value) },
  })
  const accounts = el('select', {
    class: 'field grid-account',
    testid: 'grid-account',
    attrs: { 'aria-label': 'แก้ไขในชื่อบัญชี Google' },
    on: { change: () => chooseAccount(accounts.value) },
  })
  const node = el(
    'div',
    { class: 'grid-heading' },
    el('span', { class: 'grid-mark', attrs: { 'aria-hidden': 'true' } }),
    files,
    el('label', { class: 'grid-as' }, el('span', { text: 'แก้ไขโดย' }), accounts),
  )
  let drawn = ''
  return {
    node,
    /** @param {{ fileId: string | null, account: string }} chosen */
    draw({ fileId, account }) {
      const { state } = store
      const person = pagePerson(state, state.selected)
      const own = ownFiles(store)
      const rest = otherFiles(store, own)
      // An open list must not close because some file got a new version.
      const key = JSON.stringify([fileId, account, person?.name, own, rest, state.accounts])
      if (key === drawn) return
      drawn = key
      files.replaceChildren()
      if (!fileId) files.append(el('option', { text: 'เลือกไฟล์…', attrs: { value: '' } }))
      group(files, `ไฟล์ของ${person?.name || 'บุคคลนี้'}`, own)
      group(files, own.length > 0 ? 'ไฟล์อื่น' : 'ไฟล์ทั้งหมด', rest)
      files.value = fileId ?? ''
      const emails = new Set(state.accounts.map((one) => one.email))
      if (account) emails.add(account)
      accounts.replaceChildren(...[...emails].map((email) => el('option', { text: email, attrs: { value: email } })))
      accounts.value = account
    },
  }
}

/** @param {import('./store.js').Store} store */
export function ownFiles(store) {
  const { state } = store
  const known = new Map(state.files.map((file) => [file.id, file]))
  return (pagePerson(state, state.selected)?.files ?? []).map((file) => ({
    id: file.id,
    title: file.title || known.get(file.id)?.name || file.id,
  }))
}

/**
 * @param {import('./store.js').Store} store
 * @param {PageFile[]} own
 */
export function otherFiles(store, own) {
  const taken = new Set(own.map((file) => file.id))
  return store.state.files
    .filter((file) => file.mimeType === SPREADSHEET && !taken.has(file.id))
    .map((file) => ({ id: file.id, title: file.trashed ? `${file.name} (ในถังขยะ)` : file.name }))
}

/**
 * @param {HTMLSelectElement} select
 * @param {string} label
 * @param {PageFile[]} files
 */
function group(select, label, files) {
  if (files.length === 0) return
  const node = el('optgroup', { attrs: { label } })
  for (const file of files) node.append(el('option', { text: file.title, attrs: { value: file.id } }))
  select.append(node)
}
