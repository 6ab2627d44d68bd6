import { control } from './control-api.js'
import { el, region } from './element.js'
import { messageView } from './message-view.js'

/** @typedef {import('./contract.js').Exhibit} Exhibit */

/** Share of the usual letter size, as phones offer it. */
const LETTERS = { ปกติ: '1', ใหญ่: '1.2', ใหญ่มาก: '1.5' }
const WIDTHS = { 'โทรศัพท์ 360': '360px', 'โทรศัพท์เล็ก 320': '320px', 'คอมพิวเตอร์ 420': '420px' }
const ALL = 'ทั้งหมด'

/** @type {{ exhibits: Exhibit[] }} */
const { exhibits } = await control('GET', 'gallery')
const place = region('gallery')
const chosen = { part: ALL, role: ALL, words: '' }

const draw = () => {
  const wanted = exhibits.filter(
    (one) =>
      (chosen.part === ALL || one.part === chosen.part) &&
      (chosen.role === ALL || one.role === chosen.role) &&
      (chosen.words === '' || JSON.stringify(one).includes(chosen.words)),
  )
  region('gallery-count').textContent = `${wanted.length} จาก ${exhibits.length} รายการ`
  place.replaceChildren(...parts(wanted))
  if (exhibits.length === 0)
    place.replaceChildren(
      el('p', { class: 'gallery-empty', text: 'ยังไม่มีข้อความ สั่ง npm run lec -- gallery แล้วเปิดหน้านี้อีกครั้ง' }),
    )
}

/** @param {Exhibit[]} wanted */
function parts(wanted) {
  return [...new Set(wanted.map((one) => one.part))].map((part) => {
    const row = el('div', { class: 'gallery-row' })
    row.append(...wanted.filter((one) => one.part === part).map(exhibit))
    return el('section', {}, el('h2', { text: part }), row)
  })
}

/** @param {Exhibit} one */
function exhibit(one) {
  const node = el('article', { class: 'exhibit', testid: 'exhibit' })
  node.append(el('h3', { text: one.title }), el('p', { class: 'exhibit-role', text: one.role }))
  const chat = el('div', { class: 'exhibit-chat' })
  if (one.said) chat.append(el('p', { class: 'exhibit-said', text: one.said }))
  for (const message of one.messages) {
    const drawn = messageView(message, () => {})
    if (drawn) chat.append(drawn)
    if (message.altText) chat.append(el('p', { class: 'exhibit-alt', text: `ข้อความแจ้งเตือน: ${message.altText}` }))
  }
  const offered = one.messages.at(-1)?.quickReply?.items ?? []
  if (offered.length > 0) {
    const labels = offered.map(({ action }) => el('span', { class: 'quick-reply', text: action.label ?? '' }))
    chat.append(el('div', { class: 'exhibit-quick' }, ...labels))
  }
  node.append(chat)
  return node
}

/**
 * @param {string} label
 * @param {string[]} values
 * @param {(value: string) => void} choose
 */
function choice(label, values, choose) {
  const select = el('select', { attrs: { 'aria-label': label } })
  select.append(...values.map((value) => el('option', { text: value })))
  select.addEventListener('change', () => choose(select.value))
  return el('label', {}, `${label} `, select)
}

const search = el('input', { attrs: { type: 'search', placeholder: 'ค้นคำในข้อความ', 'aria-label': 'ค้นคำ' } })
search.addEventListener('input', () => {
  chosen.words = search.value.trim()
  draw()
})
/** @param {'part' | 'role'} key */
const filter = (key) => (/** @type {string} */ value) => {
  chosen[key] = value
  draw()
}
/**
 * @param {string} name
 * @param {Record<string, string>} table
 */
const look = (name, table) => (/** @type {string} */ value) => {
  document.body.style.setProperty(name, table[value] ?? '')
}
region('gallery-tools').append(
  choice('ส่วน', [ALL, ...new Set(exhibits.map((one) => one.part))], filter('part')),
  choice('ผู้รับ', [ALL, ...new Set(exhibits.map((one) => one.role))], filter('role')),
  choice('ตัวอักษร', Object.keys(LETTERS), look('--fx-scale', LETTERS)),
  choice('ความกว้าง', Object.keys(WIDTHS), look('--exhibit-width', WIDTHS)),
  search,
)
region('gallery-tools').addEventListener('submit', (event) => event.preventDefault())
draw()
