import { chatItems } from './chat-items.js'
import { composer } from './composer.js'
import { control } from './control-api.js'
import { el, region } from './element.js'
import { icon } from './icon.js'
import { personSwitch, phoneTools } from './phone-tools.js'
import { poll } from './poll.js'
import { quickReplies } from './quick-replies.js'
import { chatBar, richMenuPanel } from './rich-menu.js'
import { tapWith } from './tap-action.js'
import { toastError } from './toast.js'

/** @typedef {import('./contract.js').Chat} Chat */

/** So many of the newest items are read again now and then: read marks and taken-back messages change them. */
const REREAD = 20
const REREAD_EVERY = 4

/**
 * The phone (or LINE on a PC) of the person who is played.
 * @param {{
 *   store: import('./store.js').Store,
 *   refreshPeople: () => void,
 *   openSheet: (link: { fileId: string, gid: string | null, range: string | null }) => void,
 * }} options
 */
export function chatView({ store, refreshPeople, openSheet }) {
  const list = el('div', { class: 'chat-list', attrs: { role: 'log', 'aria-label': 'บทสนทนา' }, testid: 'chat-list' })
  const scroller = el('div', { class: 'chat-scroller', attrs: { tabindex: '0' } })
  const dots = el('div', { class: 'chat-loading', testid: 'chat-loading', attrs: { 'aria-label': 'กำลังพิมพ์' } })
  dots.append(el('i'), el('i'), el('i'))
  const nothing = el('p', { class: 'chat-empty', text: 'ยังไม่มีข้อความ พิมพ์ข้อความแรกที่ช่องด้านล่าง' })
  nothing.hidden = true
  scroller.append(nothing, list, dots)
  const offers = el('div', { class: 'quick-replies-place' })
  const menuPlace = el('div', { class: 'rich-menu-place' })
  const items = chatItems(list)

  /** @type {import('./contract.js').ChatItem[]} */
  let known = []
  /** @type {import('./contract.js').RichMenu | null} */
  let menu = null
  let menuDrawn = ''
  let menuOpen = true
  let round = 0
  let wasAtEnd = true

  const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120
  const person = () => store.state.people.find((one) => one.userId === store.state.selected)
  /** @param {string} path @param {Record<string, unknown>} body */
  const act = async (path, body) => {
    const { selected } = store.state
    if (selected === null) return
    await control('POST', `line/people/${selected}/${path}`, body)
    chat.soon()
  }
  const writer = composer({ send: (message) => act('messages', message) })
  const tap = tapWith({
    send: (message) => act('messages', message),
    postback: (postback) => act('postback', postback),
    switchRichMenu: (change) => act('rich-menu-switch', change),
    openSheet,
    showRichMenu: (open) => {
      menuOpen = open
      drawMenu()
    },
    fillInput: writer.fill,
  })

  const drawMenu = () => {
    const key = JSON.stringify([menu, menuOpen, store.state.selected])
    if (key === menuDrawn) return
    menuDrawn = key
    menuPlace.replaceChildren()
    if (!menu) return
    if (menuOpen) menuPlace.append(richMenuPanel(menu, tap))
    const toggle = () => {
      menuOpen = !menuOpen
      drawMenu()
    }
    menuPlace.append(chatBar(menu, { open: menuOpen, toggle }))
  }

  /** @param {Chat} answer */
  const draw = (answer) => {
    const atEnd = isAtEnd()
    const lastSeq = known.at(-1)?.seq ?? 0
    const firstNew = answer.items[0]?.seq ?? Number.POSITIVE_INFINITY
    known = [...known.filter((item) => item.seq < firstNew), ...answer.items]
    nothing.hidden = known.length > 0
    const phone = person()?.device !== 'pc'
    const newer = (known.at(-1)?.seq ?? 0) > lastSeq
    items.draw(known, { tap, unsend: (messageId) => void act('unsend', { messageId }).catch(toastError) })
    quickReplies({ place: offers, last: phone ? known.at(-1) : undefined, tap })
    dots.classList.toggle('chat-loading-on', answer.loading)
    const before = menu?.richMenuId
    menu = phone ? answer.richMenu : null
    if (menu && menu.richMenuId !== before) menuOpen = menu.selected
    drawMenu()
    if (newer && lastSeq > 0) refreshPeople()
    if (lastSeq === 0 || (newer && atEnd) || (answer.loading && atEnd)) scrollToEnd(scroller)
  }

  const chat = poll(
    700,
    async () => {
      const { selected } = store.state
      if (selected === null) return
      round += 1
      const lastSeq = known.at(-1)?.seq ?? 0
      const after = round % REREAD_EVERY === 0 ? (known.at(-REREAD)?.seq ?? 1) - 1 : lastSeq
      /** @type {Chat} */
      const answer = await control('GET', `line/people/${selected}/chat?after=${after}`)
      if (selected === store.state.selected) draw(answer)
    },
    () => {},
  )

  const screen = el(
    'div',
    { class: 'screen' },
    el(
      'header',
      { class: 'screen-head' },
      el('span', { class: 'screen-back', text: '‹', attrs: { 'aria-hidden': 'true' } }),
      el('span', { class: 'screen-shield' }, icon('shield')),
      el('strong', { text: 'LEC Confirm' }),
    ),
    scroller,
    offers,
    writer.form,
    menuPlace,
  )
  new ResizeObserver(() => {
    if (wasAtEnd) scroller.scrollTop = scroller.scrollHeight
  }).observe(scroller)
  scroller.addEventListener('scroll', () => {
    wasAtEnd = isAtEnd()
  })
  const tools = phoneTools({ store, changed: refreshPeople })
  const handset = el('div', { class: 'handset', testid: 'handset' }, screen)
  region('chat').replaceChildren(personSwitch({ store }), tools.node, handset)

  const follow = () => {
    const current = person()
    handset.classList.toggle('handset-pc', current?.device === 'pc')
    writer.enable(current !== undefined && !current.blocked)
    tools.draw(current)
  }
  store.subscribe((changed) => {
    if (changed.has('selected')) {
      known = []
      menu = null
      items.clear()
      nothing.hidden = true
      offers.replaceChildren()
      drawMenu()
      chat.soon()
    }
    if (changed.has('selected') || changed.has('people') || changed.has('pageData')) follow()
  })
  follow()
  return { soon: chat.soon }
}

/** @param {HTMLElement} scroller */
function scrollToEnd(scroller) {
  requestAnimationFrame(() => {
    scroller.scrollTop = scroller.scrollHeight
  })
}
