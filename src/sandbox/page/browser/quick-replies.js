import { button, el } from './element.js'

/**
 * The buttons that LINE shows under the newest message until something follows it.
 * @param {{
 *   place: HTMLElement,
 *   last: import('./contract.js').ChatItem | undefined,
 *   tap: import('./contract.js').Tap,
 * }} options
 */
export function quickReplies({ place, last, tap }) {
  const offered = last?.from === 'bot' ? last.message.quickReply?.items : undefined
  const key = offered ? `${last?.seq}` : ''
  if (place.dataset['of'] === key) return
  place.dataset['of'] = key
  place.replaceChildren()
  if (!offered) return
  const seq = last?.seq
  const buttons = offered.map(({ action }) =>
    button(
      action.label ?? action.text ?? '',
      () => {
        if (action.type === 'message' || action.type === 'postback') place.replaceChildren()
        tap(action, seq === undefined ? {} : { seq })
      },
      { class: 'quick-reply', testid: 'quick-reply' },
    ),
  )
  place.append(el('div', { class: 'quick-replies', testid: 'quick-replies' }, ...buttons))
}
