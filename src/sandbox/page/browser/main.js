import { chatView } from './chat-view.js'
import { clockBar } from './clock-bar.js'
import { control } from './control-api.js'
import { region } from './element.js'
import { gridView } from './grid-view.js'
import { logView } from './log-view.js'
import { peopleList } from './people-list.js'
import { poll } from './poll.js'
import { createStore } from './store.js'
import { viewTabs } from './view-tabs.js'

const KEPT = 'lec-sandbox-person'

const store = createStore()

const readWorld = async () => {
  /** @type {import('./contract.js').PageData} */
  const pageData = await control('GET', 'page-data')
  /** @type {{ accounts: import('./contract.js').Account[] }} */
  const { accounts } = await control('GET', 'google/accounts')
  store.set({ pageData, accounts })
  if (pageData.title) region('world-title').textContent = pageData.title
}

const readPeople = async () => {
  /** @type {{ people: import('./contract.js').Person[] }} */
  const answer = await control('GET', 'line/people')
  const playable = (/** @type {string | null | undefined} */ id) => answer.people.some((one) => one.userId === id)
  const { selected, pageData } = store.state
  const wanted = [selected, localStorage.getItem(KEPT), pageData.people[0]?.userId, answer.people[0]?.userId]
  store.set({ people: answer.people, selected: wanted.find(playable) ?? null })
}

// Who is who must be known before somebody is chosen.
await readWorld().catch(() => {})
poll(4000, readWorld, () => {})
const people = poll(
  900,
  async () => {
    await readPeople()
    region('offline').hidden = true
  },
  () => {
    region('offline').hidden = false
  },
)

store.subscribe((changed) => {
  if (changed.has('selected') && store.state.selected) localStorage.setItem(KEPT, store.state.selected)
})

viewTabs({ store })
clockBar({ store })
peopleList({ store })
const grid = gridView({ store })
chatView({ store, refreshPeople: people.soon, openSheet: grid.openLink })
logView({ store })
