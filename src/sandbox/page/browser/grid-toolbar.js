import { askText } from './dialog.js'
import { button, el } from './element.js'

/** @typedef {import('./contract.js').SheetTab} SheetTab */

/** @typedef {(path: string, body: Record<string, unknown>) => void} Change */

/**
 * What can be done to rows and columns as the person, and to the file as the organizer of the drive.
 * @param {{
 *   tab: () => SheetTab | null,
 *   block: () => import('./grid-range.js').Block,
 *   change: Change,
 *   file: (step: string) => void,
 *   clear: () => void,
 * }} options
 */
export function gridToolbar({ tab, block, change, file, clear }) {
  const rows = () => ({ startRow: block().top, count: block().bottom - block().top })
  const columns = () => ({ startColumn: block().left, count: block().right - block().left })
  /** @param {boolean} descending */
  const sort = (descending) =>
    change('sort', { column: block().left, descending, headerRows: Math.max(1, tab()?.frozenRowCount ?? 1) })
  const rename = async () => {
    const title = await askText({ title: 'เปลี่ยนชื่อแท็บ', label: 'ชื่อแท็บ', value: tab()?.title ?? '', accept: 'เปลี่ยน' })
    if (title) change('rename-tab', { title })
  }
  const move = async () => {
    const to = await askText({ title: 'ย้ายคอลัมน์', label: 'ไปไว้ก่อนคอลัมน์ลำดับที่', value: '1', accept: 'ย้าย' })
    if (to && Number(to) >= 1) change('move-column', { from: block().left, to: Number(to) - 1 })
  }
  const merge = () => {
    const { top, bottom, left, right } = block()
    change('merge', { startRow: top, endRow: bottom, startColumn: left, endColumn: right })
  }
  const more = el('select', { class: 'field toolbar-more', testid: 'grid-more', attrs: { 'aria-label': 'คำสั่งเพิ่มเติม' } })
  /** @type {[string, () => void][]} */
  const others = [
    ['แทรกคอลัมน์', () => change('insert-columns', columns())],
    ['ลบคอลัมน์', () => change('delete-columns', columns())],
    ['ย้ายคอลัมน์…', () => void move()],
    ['ผสานเซลล์', merge],
    ['เปลี่ยนชื่อแท็บ…', () => void rename()],
    ['ลบแท็บ', () => change('delete-tab', {})],
    ['ผู้ดูแลไดรฟ์: ย้ายไฟล์ไปถังขยะ', () => file('trash')],
    ['ผู้ดูแลไดรฟ์: กู้ไฟล์จากถังขยะ', () => file('untrash')],
    ['ผู้ดูแลไดรฟ์: ถอนสิทธิ์ของระบบ', () => file('revoke-access')],
    ['ผู้ดูแลไดรฟ์: คืนสิทธิ์ของระบบ', () => file('restore-access')],
    ['ผู้ดูแลไดรฟ์: ปลดล็อกไฟล์', () => file('unlock')],
  ]
  more.append(el('option', { text: 'เพิ่มเติม…', attrs: { value: '' } }))
  others.forEach(([label], index) => {
    more.append(el('option', { text: label, attrs: { value: String(index) } }))
  })
  more.addEventListener('change', () => {
    others[Number(more.value)]?.[1]()
    more.value = ''
  })
  /** @param {string} label @param {() => void} act @param {string} testid */
  const tool = (label, act, testid) => button(label, act, { class: 'button button-quiet', testid })
  return el(
    'div',
    { class: 'grid-toolbar', attrs: { role: 'toolbar', 'aria-label': 'เครื่องมือตาราง' } },
    tool('แทรกแถว', () => change('insert-rows', rows()), 'grid-insert-rows'),
    tool('ลบแถว', () => change('delete-rows', rows()), 'grid-delete-rows'),
    tool('เรียง ก–ฮ', () => sort(false), 'grid-sort'),
    tool('เรียง ฮ–ก', () => sort(true), 'grid-sort-descending'),
    tool('ล้างเซลล์', clear, 'grid-clear'),
    more,
  )
}
