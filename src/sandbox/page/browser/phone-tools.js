import { control } from './control-api.js'
import { button, el } from './element.js'
import { icon } from './icon.js'
import { avatar } from './people-list.js'
import { pagePerson, personName } from './store.js'
import { toastError } from './toast.js'

/** @typedef {import('./contract.js').Person} Person */

/**
 * What can be done to the device and the friendship, above the phone.
 * @param {{ store: import('./store.js').Store, changed: () => void }} options
 */
export function phoneTools({ store, changed }) {
  const node = el('div', { class: 'phone-tools' })
  /** @param {Promise<unknown>} asked */
  const after = (asked) => void asked.then(changed, toastError)
  return {
    node,
    /** @param {Person | undefined} person */
    draw(person) {
      if (!person) return node.replaceChildren()
      const path = `line/people/${person.userId}`
      const device = (/** @type {'phone' | 'pc'} */ kind) => {
        const chosen = person.device === kind
        const label = kind === 'pc' ? 'คอมพิวเตอร์' : 'มือถือ'
        const choose = button('', () => after(control('PATCH', path, { device: kind })), {
          class: 'toggle',
          testid: `device-${kind}`,
          attrs: { 'aria-pressed': String(chosen), 'aria-label': `LINE บน${label}`, title: `LINE บน${label}` },
        })
        choose.append(icon(kind === 'pc' ? 'screen' : 'phone'), el('span', { text: label }))
        return choose
      }
      node.replaceChildren(
        el('strong', { class: 'phone-owner', text: personName(store.state, person) }),
        el('div', { class: 'toggles', attrs: { role: 'group', 'aria-label': 'อุปกรณ์' } }, device('phone'), device('pc')),
        button(...friendship(person, (step) => after(control('POST', `${path}/${step}`))), {
          class: 'button button-quiet',
          testid: 'friendship',
        }),
      )
    },
  }
}

/**
 * @param {Person} person
 * @param {(step: string) => void} go
 * @returns {[string, () => void]}
 */
function friendship(person, go) {
  if (person.blocked) return ['เลิกบล็อก', () => go('unblock')]
  if (person.friend) return ['บล็อก', () => go('unfollow')]
  return ['เพิ่มเพื่อน', () => go('follow')]
}

/**
 * On a narrow screen the list of people is one line that opens.
 * @param {{ store: import('./store.js').Store }} options
 */
export function personSwitch({ store }) {
  const node = el('div', { class: 'person-switch' })
  const draw = () => {
    const person = store.state.people.find((one) => one.userId === store.state.selected)
    const name = person ? personName(store.state, person) : 'เลือกบุคคล'
    const unread = store.state.people.filter((one) => one.userId !== person?.userId && one.unread > 0).length
    const open = button('', () => document.body.classList.toggle('people-open'), {
      class: 'person person-now',
      testid: 'person-switch',
    })
    open.append(
      avatar(name, person?.userId ?? ''),
      el(
        'span',
        { class: 'person-words' },
        el('strong', { text: name }),
        el('small', { text: pagePerson(store.state, person?.userId ?? null)?.unitName ?? '' }),
      ),
      icon('chevron'),
    )
    if (unread > 0) open.append(el('span', { class: 'badge', text: String(unread) }))
    node.replaceChildren(open)
  }
  store.subscribe((changed) => {
    if (changed.has('selected') || changed.has('people') || changed.has('pageData')) draw()
  })
  draw()
  return node
}
