/**
 * @typedef {object} PageState
 * @property {import('./contract.js').Person[]} people
 * @property {import('./contract.js').PageData} pageData
 * @property {import('./contract.js').DriveFile[]} files
 * @property {import('./contract.js').Account[]} accounts
 * @property {string | null} selected LINE user id of the person who is played
 * @property {'chat' | 'grid' | 'log'} view what a narrow screen shows
 */

/** @typedef {ReturnType<typeof createStore>} Store */

/** What several parts of the page look at; whoever changes it tells the others. */
export function createStore() {
  /** @type {PageState} */
  const state = {
    people: [],
    pageData: { title: '', moments: [], people: [] },
    files: [],
    accounts: [],
    selected: null,
    view: 'chat',
  }
  /** @type {Set<(changed: Set<keyof PageState>) => void>} */
  const listeners = new Set()
  return {
    state,
    /** @param {Partial<PageState>} change */
    set(change) {
      const keys = /** @type {(keyof PageState)[]} */ (Object.keys(change))
      const changed = new Set(keys.filter((key) => JSON.stringify(state[key]) !== JSON.stringify(change[key])))
      if (changed.size === 0) return
      Object.assign(state, change)
      for (const listener of listeners) listener(changed)
    },
    /** @param {(changed: Set<keyof PageState>) => void} listener */
    subscribe(listener) {
      listeners.add(listener)
    },
  }
}

/**
 * @param {PageState} state
 * @param {string | null} userId
 */
export function pagePerson(state, userId) {
  return state.pageData.people.find((person) => person.userId === userId)
}

/**
 * @param {PageState} state
 * @param {import('./contract.js').Person} person
 */
export function personName(state, person) {
  return pagePerson(state, person.userId)?.name || person.displayName
}
