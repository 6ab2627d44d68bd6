import { button, el } from './element.js'
import { messageView } from './message-view.js'
import { thaiDay, thaiTime } from './thai-time.js'

/** @typedef {import('./contract.js').ChatItem} ChatItem */
/** @typedef {import('./contract.js').Tap} Tap */
/** @typedef {{ tap: Tap, unsend: (messageId: string) => void }} ChatActs */

const WIDE = new Set(['flex', 'template', 'imagemap'])

/**
 * The conversation as rows; one that did not change since the last drawing keeps its element.
 * @param {HTMLElement} root
 */
export function chatItems(root) {
  /** @type {Map<number, { key: string, node: HTMLElement }>} */
  const drawn = new Map()
  return {
    clear() {
      drawn.clear()
      root.replaceChildren()
    },
    /**
     * @param {ChatItem[]} items
     * @param {ChatActs} acts
     */
    draw(items, acts) {
      /** @type {HTMLElement[]} */
      const rows = []
      let day = ''
      items.forEach((item, index) => {
        const itsDay = thaiDay(item.at)
        if (itsDay !== day) rows.push(el('p', { class: 'chat-day' }, el('span', { text: itsDay })))
        day = itsDay
        const continued = index > 0 && items[index - 1]?.from === item.from
        const key = JSON.stringify([item, continued])
        const kept = drawn.get(item.seq)
        const node = kept?.key === key ? kept.node : chatRow({ item, continued, acts })
        drawn.set(item.seq, { key, node })
        rows.push(node)
      })
      settle(root, rows)
    },
  }
}

/**
 * Replaces only what differs, so that scroll positions of carousels survive.
 * @param {HTMLElement} root
 * @param {HTMLElement[]} rows
 */
function settle(root, rows) {
  const same = root.children.length === rows.length && rows.every((row, index) => root.children[index] === row)
  if (same) return
  const known = new Set(rows)
  for (const child of [...root.children]) if (!known.has(/** @type {HTMLElement} */ (child))) child.remove()
  rows.forEach((row, index) => {
    if (root.children[index] !== row) root.insertBefore(row, root.children[index] ?? null)
  })
}

/** @param {{ item: ChatItem, continued: boolean, acts: ChatActs }} options */
function chatRow({ item, continued, acts }) {
  const own = item.from === 'person'
  const node = el('div', {
    class: `chat-row ${own ? 'chat-own' : 'chat-bot'}${continued ? ' chat-continued' : ''}`,
    testid: `chat-item-${item.seq}`,
    attrs: { 'data-from': item.from, 'data-type': item.message.type, 'data-via': item.via },
  })
  if (item.message.type === 'unsent') {
    node.className = 'chat-note'
    node.textContent = 'ยกเลิกการส่งข้อความแล้ว'
    return node
  }
  const content = messageView(item.message, (action) => acts.tap(action, { seq: item.seq }))
  if (!content) {
    node.className = 'chat-nothing'
    return node
  }
  const { messageId } = item
  const meta = el(
    'span',
    { class: 'chat-meta' },
    own && messageId
      ? button('ยกเลิกส่ง', () => acts.unsend(messageId), { class: 'chat-unsend', testid: `unsend-${item.seq}` })
      : null,
    own && item.read ? el('span', { text: 'อ่านแล้ว' }) : null,
    el('time', { text: thaiTime(item.at) }),
  )
  if (WIDE.has(item.message.type)) node.classList.add('chat-wide')
  if (!own) node.append(el('img', { class: 'chat-face', attrs: { src: '/assets/mark.svg', alt: '' } }))
  node.append(el('div', { class: 'chat-content' }, content), meta)
  return node
}
