import { button, region } from './element.js'

/** @type {['chat' | 'grid' | 'log', string][]} */
const VIEWS = [
  ['chat', 'แชต'],
  ['grid', 'ตาราง'],
  ['log', 'บันทึก'],
]

/**
 * On a narrow screen one part is seen at a time.
 * @param {{ store: import('./store.js').Store }} options
 */
export function viewTabs({ store }) {
  const buttons = VIEWS.map(([view, label]) =>
    button(label, () => store.set({ view }), { class: 'view-tab', testid: `view-${view}` }),
  )
  region('view-tabs').replaceChildren(...buttons)
  const draw = () => {
    document.body.dataset['view'] = store.state.view
    VIEWS.forEach(([view], index) => {
      buttons[index]?.setAttribute('aria-pressed', String(view === store.state.view))
    })
  }
  store.subscribe((changed) => {
    if (changed.has('view')) draw()
  })
  draw()
}
