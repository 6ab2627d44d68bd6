import { control } from './control-api.js'
import { askText } from './dialog.js'
import { button, el, region } from './element.js'
import { pagePerson, personName } from './store.js'
import { toastError } from './toast.js'

/** @typedef {import('./contract.js').Person} Person */

const HUES = [158, 200, 24, 268, 340, 84, 222, 48]

/**
 * Everybody who can be played, by role where the page knows roles.
 * @param {{ store: import('./store.js').Store }} options
 */
export function peopleList({ store }) {
  const root = region('people')
  const draw = () => {
    const list = el('div', { class: 'people-groups' })
    for (const [group, people] of grouped(store.state)) {
      list.append(
        el('h2', { class: 'people-group', text: group }),
        el('ul', { class: 'people-items' }, ...people.map((person) => item(person, store))),
      )
    }
    const active = document.activeElement
    const focused = active instanceof HTMLElement && root.contains(active) ? active.dataset['testid'] : undefined
    const known = root.querySelector('.people-groups')
    const scroll = known?.scrollTop ?? 0
    root.replaceChildren(
      list,
      button('+ เพิ่มบุคคล', () => void addPerson(store), { class: 'button people-add' }),
    )
    list.scrollTop = scroll
    if (focused) /** @type {HTMLElement | null} */ (root.querySelector(`[data-testid="${focused}"]`))?.focus()
  }
  store.subscribe((changed) => {
    if (changed.has('people') || changed.has('pageData') || changed.has('selected')) draw()
  })
  draw()
}

/**
 * @param {import('./store.js').PageState} state
 * @returns {Map<string, Person[]>}
 */
function grouped(state) {
  /** @type {Map<string, Person[]>} */
  const groups = new Map()
  const order = new Map(state.pageData.people.map((person, index) => [person.userId, index]))
  const place = (/** @type {Person} */ person) => order.get(person.userId) ?? order.size
  for (const person of [...state.people].sort((a, b) => place(a) - place(b))) {
    const known = pagePerson(state, person.userId)
    const group = known?.role || (order.size > 0 ? 'อื่น ๆ' : 'บุคคลใน LINE')
    groups.set(group, [...(groups.get(group) ?? []), person])
  }
  return groups
}

/**
 * @param {Person} person
 * @param {import('./store.js').Store} store
 */
function item(person, store) {
  const { state } = store
  const selected = state.selected === person.userId
  const name = personName(state, person)
  const unread = selected ? 0 : person.unread
  const detail = pagePerson(state, person.userId)?.unitName || (person.friend ? 'เพื่อนกับบัญชีทางการ' : 'ยังไม่เป็นเพื่อน')
  const choose = el(
    'button',
    {
      class: 'person',
      testid: `person-${person.userId}`,
      attrs: { type: 'button', 'aria-current': selected ? 'true' : undefined },
      on: {
        click: () => {
          document.body.classList.remove('people-open')
          store.set({ selected: person.userId, view: 'chat' })
        },
      },
    },
    avatar(name, person.userId),
    el(
      'span',
      { class: 'person-words' },
      el('strong', {}, ...unbroken(name)),
      el('small', { text: person.blocked ? `${detail} · บล็อกแล้ว` : detail, attrs: { title: detail } }),
    ),
    unread > 0 && el('span', { class: 'badge', text: String(unread), attrs: { 'aria-label': `ยังไม่อ่าน ${unread}` } }),
  )
  return el('li', {}, choose)
}

/**
 * @param {string} name
 * @param {string} key
 */
export function avatar(name, key) {
  const hue = HUES[[...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES.length] ?? 158
  return el('span', {
    class: 'avatar',
    text: initial(name),
    style: { background: `hsl(${hue} 42% 88%)`, color: `hsl(${hue} 48% 26%)` },
    attrs: { 'aria-hidden': 'true' },
  })
}

/**
 * Lines may end between first and last name only: Thai has no other spaces, and a browser breaks names at syllables.
 * @param {string} name
 */
function unbroken(name) {
  return name.split(/( +)/).map((part) => (part.trim() === '' ? part : el('span', { class: 'unbroken', text: part })))
}

/** @param {string} name first consonant, past the title and the vowels that are written before it */
function initial(name) {
  const bare = name.replace(/^(นางสาว|นาง|นาย|ว่าที่\s?ร\.?ต\.?|ด\.ช\.|ด\.ญ\.|ครู)\s*/, '')
  return /[ก-ฮA-Za-z0-9]/.exec(bare)?.[0] ?? '?'
}

/** @param {import('./store.js').Store} store */
async function addPerson(store) {
  try {
    const displayName = await askText({ title: 'เพิ่มบุคคล', label: 'ชื่อใน LINE', value: '', accept: 'เพิ่ม' })
    if (!displayName) return
    /** @type {Person} */
    const person = await control('POST', 'line/people', { displayName })
    await control('POST', `line/people/${person.userId}/follow`)
    store.set({ people: [...store.state.people, person], selected: person.userId })
  } catch (error) {
    toastError(error)
  }
}
