import { control } from './control-api.js'
import { button, el, region } from './element.js'
import { gridHeading, otherFiles, ownFiles } from './grid-heading.js'
import { gridNotes } from './grid-notes.js'
import { cellAt, spotName, spotOf, writtenIn } from './grid-range.js'
import { gridSheet } from './grid-sheet.js'
import { gridToolbar } from './grid-toolbar.js'
import { icon } from './icon.js'
import { poll } from './poll.js'
import { pagePerson } from './store.js'
import { toastError } from './toast.js'

/** @typedef {import('./contract.js').Spreadsheet} Spreadsheet */
/** @typedef {import('./contract.js').SheetTab} SheetTab */

/**
 * The spreadsheet of the person who is played, edited as that person's Google account.
 * @param {{ store: import('./store.js').Store }} options
 */
export function gridView({ store }) {
  /** @type {string | null} */
  let fileId = null
  /** @type {number | null} */
  let tabId = null
  let account = ''
  /** @type {Spreadsheet | null} */
  let book = null
  let drawnKey = ''
  /** @type {import('./grid-range.js').Spot | null} */
  let wantedSpot = null

  const banner = el('div', { class: 'grid-banners' })
  const tabs = el('div', { class: 'grid-tabs', attrs: { role: 'tablist', 'aria-label': 'แท็บ' } })
  const spotLabel = el('span', { class: 'formula-spot', text: 'A1' })
  const spotWords = el('span', { class: 'formula-words', testid: 'formula-words' })
  const holder = el('div', { class: 'grid-holder', attrs: { tabindex: '-1' } })
  const notesPlace = el('section', { class: 'grid-notes', testid: 'grid-notes', attrs: { 'aria-label': 'หมายเหตุ' } })
  const empty = el('p', { class: 'grid-empty', text: 'เลือกไฟล์เพื่อดูตาราง' })

  const tab = () => book?.sheets.find((one) => one.sheetId === tabId) ?? null
  /** @param {string} path @param {Record<string, unknown>} body */
  const change = (path, body) => {
    if (!fileId) return
    control('POST', `google/spreadsheets/${fileId}/${path}`, { as: account, sheetId: tabId, ...body })
      .catch(toastError)
      .finally(reread)
  }
  // Without an account it is the drive's organizer who acts.
  /** @param {string} step */
  const fileStep = (step) => {
    if (fileId) control('POST', `google/files/${fileId}/${step}`, {}).catch(toastError).finally(reread)
  }
  const reread = () => {
    drawnKey = ''
    reading.soon()
  }

  const sheet = gridSheet({
    holder,
    type: (cells) => change('type', { cells }),
    paste: (spot, tsv) => change('paste', { ...spot, tsv }),
    moved: () => drawSpot(),
  })
  const notes = gridNotes({ place: notesPlace, goTo: (spot) => sheet.goTo(spot) })
  const heading = gridHeading({
    store,
    chooseFile: (id) => open(id),
    chooseAccount: (email) => {
      account = email
      reread()
    },
  })
  const toolbar = gridToolbar({ tab, block: () => sheet.selection.block(), change, file: fileStep, clear: sheet.clear })

  const drawSpot = () => {
    const spot = sheet.selection.anchor()
    const shown = tab()
    spotLabel.textContent = spotName(spot)
    spotWords.textContent = shown ? writtenIn(cellAt(shown, spot)) : ''
  }
  const drawTabs = () => {
    tabs.replaceChildren(
      ...(book?.sheets ?? [])
        .filter((one) => !one.hidden)
        .map((one) =>
          button(
            one.title,
            () => {
              tabId = one.sheetId
              drawBook(true)
            },
            {
              class: 'grid-tab',
              testid: `tab-${one.sheetId}`,
              attrs: { role: 'tab', 'aria-selected': String(one.sheetId === tabId) },
            },
          ),
        ),
    )
  }
  const drawBanners = () => {
    banner.replaceChildren()
    if (book?.locked) {
      const words = book.reason ? `ไฟล์นี้ถูกล็อก: ${book.reason}` : 'ไฟล์นี้ถูกล็อก'
      banner.append(
        el('p', { class: 'banner banner-lock', testid: 'lock-banner' }, icon('lock'), el('span', { text: words })),
      )
    } else if (book?.canEdit === false) {
      banner.append(
        el('p', { class: 'banner', testid: 'view-only-banner', text: `บัญชีนี้แก้ไขไม่ได้: ${book.why ?? account}` }),
      )
    }
  }
  /** @param {boolean} fresh */
  const drawBook = (fresh) => {
    if (book && !book.sheets.some((one) => one.sheetId === tabId && !one.hidden)) {
      tabId = book.sheets.find((one) => !one.hidden)?.sheetId ?? null
      fresh = true
    }
    empty.hidden = book !== null
    holder.classList.toggle('grid-locked', book?.locked === true || book?.canEdit === false)
    drawTabs()
    drawBanners()
    sheet.draw(tab(), fresh)
    notes.draw(tab())
    drawSpot()
    if (wantedSpot && book) {
      sheet.goTo(wantedSpot)
      wantedSpot = null
    }
  }

  /** @param {string | null} id @param {number | null} [gid] */
  const open = (id, gid = null) => {
    if (id === fileId && gid === null) return
    const another = id !== fileId
    fileId = id || null
    if (gid !== null || another) tabId = gid
    if (another) book = null
    heading.draw({ fileId, account })
    drawBook(true)
    reread()
  }

  const reading = poll(
    800,
    async () => {
      /** @type {{ files: import('./contract.js').DriveFile[] }} */
      const { files } = await control('GET', 'google/files')
      store.set({ files })
      const id = fileId
      if (!id) return
      const listed = files.find((file) => file.id === id)
      const key = JSON.stringify([id, account, listed])
      if (key === drawnKey || sheet.isEditing()) return
      /** @type {Spreadsheet} */
      const answer = await control('GET', `google/spreadsheets/${id}?as=${encodeURIComponent(account)}`)
      if (id !== fileId || sheet.isEditing()) return
      const fresh = book?.id !== answer.id
      book = answer
      drawnKey = key
      drawBook(fresh)
    },
    () => {
      empty.textContent = 'อ่านไฟล์นี้ไม่ได้'
    },
  )

  const follow = () => {
    account = pagePerson(store.state, store.state.selected)?.email || account || store.state.accounts[0]?.email || ''
    const own = ownFiles(store)
    open(own[0]?.id ?? (store.state.pageData.people.length > 0 ? null : (otherFiles(store, [])[0]?.id ?? null)))
    heading.draw({ fileId, account })
    reread()
  }
  store.subscribe((changed) => {
    if (changed.has('selected') || changed.has('pageData')) follow()
    else if (changed.has('accounts') && account === '') follow()
    else if (changed.has('files') && fileId === null && store.state.pageData.people.length === 0) follow()
    else if (changed.has('files') || changed.has('accounts')) heading.draw({ fileId, account })
  })

  region('sheet').replaceChildren(
    heading.node,
    toolbar,
    el('div', { class: 'formula-bar' }, spotLabel, spotWords),
    banner,
    el('div', { class: 'grid-frame' }, holder, empty),
    tabs,
    notesPlace,
  )
  follow()

  return {
    /** @param {{ fileId: string, gid: string | null, range: string | null }} link */
    openLink(link) {
      wantedSpot = link.range ? spotOf(link.range) : null
      store.set({ view: 'grid' })
      open(link.fileId, link.gid === null ? null : Number(link.gid))
      reread()
    },
  }
}
