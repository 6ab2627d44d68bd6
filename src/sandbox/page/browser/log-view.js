import { control } from './control-api.js'
import { button, el, region } from './element.js'
import { faultPanel } from './fault-panel.js'
import { poll } from './poll.js'
import { thaiSeconds } from './thai-time.js'

/** @typedef {import('./contract.js').LoggedRequest} LoggedRequest */
/** @typedef {import('./contract.js').LoggedWebhook} LoggedWebhook */

const MOST_ROWS = 300
const MOST_PAGES = 50

/**
 * What LINE and Google were asked, what LINE told the bot, and the buttons that make either fail.
 * @param {{ store: import('./store.js').Store }} options
 */
export function logView({ store }) {
  const feeds = [
    feed({ name: 'line', title: 'คำขอถึง LINE', path: 'line/requests', row: requestRow }),
    feed({ name: 'google', title: 'คำขอถึง Google', path: 'google/requests', row: requestRow }),
    feed({ name: 'webhook', title: 'Webhook จาก LINE', path: 'line/webhooks', row: webhookRow }),
  ]
  const last = el('span', { class: 'log-last' })
  const toggle = button('', () => setOpen(!document.body.classList.contains('log-open')), {
    class: 'log-toggle',
    testid: 'log-toggle',
    attrs: { 'aria-expanded': 'false' },
  })
  toggle.append(
    el('strong', { text: 'บันทึกการเรียก LINE / Google' }),
    last,
    el('span', { class: 'log-hint', text: 'เปิด' }),
  )
  /** @param {boolean} open */
  const setOpen = (open) => {
    document.body.classList.toggle('log-open', open)
    toggle.setAttribute('aria-expanded', String(open))
    const hint = toggle.querySelector('.log-hint')
    if (hint) hint.textContent = open ? 'ปิด' : 'เปิด'
    reading.soon()
  }
  region('log').replaceChildren(toggle, el('div', { class: 'log-body' }, ...feeds.map((one) => one.node), faultPanel()))
  const reading = poll(
    1000,
    async () => {
      for (const one of feeds) await one.read()
      const newest = feeds.map((one) => one.newest()).sort((a, b) => b.at - a.at)[0]
      last.textContent = newest?.words ?? ''
    },
    () => {},
  )
  store.subscribe((changed) => {
    if (changed.has('view') && store.state.view === 'log') reading.soon()
  })
}

/**
 * @param {{
 *   name: string,
 *   title: string,
 *   path: string,
 *   row: (item: LoggedRequest & LoggedWebhook, name: string) => HTMLElement,
 * }} options
 */
function feed({ name, title, path, row }) {
  const list = el('ol', { class: 'log-list', testid: `log-${name}` })
  let after = 0
  let newest = { at: 0, words: '' }
  // The same question asked again and again, as of a change feed, is one line with a count.
  let lastKey = ''
  let times = 0
  return {
    node: el('section', { class: 'log-feed', attrs: { 'aria-label': title } }, el('h2', { text: title }), list),
    newest: () => newest,
    async read() {
      // The feeds answer from the oldest on, a page at a time.
      for (let page = 0; page < MOST_PAGES; page += 1) {
        /** @type {{ items: (LoggedRequest & LoggedWebhook)[] }} */
        const { items } = await control('GET', `${path}?after=${after}&limit=500`)
        const news = items.filter((item) => item.seq > after)
        if (news.length === 0) break
        for (const item of news) {
          after = Math.max(after, item.seq)
          const key = JSON.stringify([item.method, item.path, item.status, item.summary])
          times = item.method === 'GET' && key === lastKey ? times + 1 : 1
          lastKey = key
          const drawn = row(item, name)
          if (times > 1) {
            list.firstElementChild?.remove()
            drawn.append(el('span', { class: 'log-times', text: `× ${times}` }))
          }
          list.prepend(drawn)
        }
        const latest = news[news.length - 1]
        if (latest) newest = { at: new Date(latest.at).getTime(), words: summaryOf(latest, title) }
      }
      while (list.childElementCount > MOST_ROWS) list.lastElementChild?.remove()
    },
  }
}

/**
 * @param {LoggedRequest} item
 * @param {string} name
 */
function requestRow(item, name) {
  return el(
    'li',
    { class: 'log-row', testid: `log-${name}-${item.seq}` },
    el('time', { text: thaiSeconds(item.at) }),
    statusChip(item.status),
    el('code', { text: `${item.method} ${item.path}`, attrs: { title: item.path } }),
    el('span', { class: 'log-summary', text: item.summary ?? '' }),
  )
}

/**
 * @param {LoggedWebhook} item
 * @param {string} name
 */
function webhookRow(item, name) {
  const count = item.eventIds?.length ?? 0
  return el(
    'li',
    { class: 'log-row', testid: `log-${name}-${item.seq}` },
    el('time', { text: thaiSeconds(item.at) }),
    statusChip(item.status),
    el('code', { text: `${count} event` }),
    el('span', {
      class: 'log-summary',
      text: `ส่ง ${item.attempts} ครั้ง${item.redelivery ? ' (redelivery)' : ''}`,
    }),
  )
}

/**
 * @param {LoggedRequest & LoggedWebhook} item
 * @param {string} title
 */
function summaryOf(item, title) {
  return item.path ? `${item.status ?? 'ไม่ตอบ'}  ${item.method} ${item.path}` : title
}

/** @param {number | string | null} status */
function statusChip(status) {
  const code = Number(status ?? 0)
  const kind = code >= 200 && code < 300 ? 'good' : code === 409 ? 'known' : 'bad'
  return el('span', { class: `status status-${kind}`, text: String(status ?? 'ไม่ตอบ') })
}
