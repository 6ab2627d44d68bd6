import { button, el } from './element.js'

/**
 * A modal question with one form; resolves with the form's data, or null when it was put away.
 * @param {{ title: string, content: Node[], accept: string }} options
 * @returns {Promise<FormData | null>}
 */
export function ask({ title, content, accept }) {
  return new Promise((resolve) => {
    const form = el('form', { class: 'dialog-form', attrs: { method: 'dialog' } })
    const dialog = el('dialog', { class: 'dialog', attrs: { 'aria-label': title }, testid: 'dialog' }, form)
    const accepting = el('button', { class: 'button button-primary', text: accept, testid: 'dialog-accept' })
    accepting.type = 'submit'
    form.append(
      el('h2', { text: title }),
      ...content,
      el(
        'div',
        { class: 'dialog-buttons' },
        button('ยกเลิก', () => dialog.close('cancel'), { class: 'button' }),
        accepting,
      ),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      dialog.close('accept')
    })
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'accept' ? new FormData(form) : null)
      dialog.remove()
    })
    document.body.append(dialog)
    dialog.showModal()
  })
}

/**
 * @param {{ title: string, label: string, value: string, accept: string }} options
 * @returns {Promise<string | null>}
 */
export async function askText({ title, label, value, accept }) {
  const field = el('input', { class: 'field', attrs: { name: 'text', value, required: '' } })
  const answer = await ask({ title, content: [el('label', {}, label, field)], accept })
  const text = answer?.get('text')
  return typeof text === 'string' ? text : null
}

const PICKER = {
  date: { type: 'date', title: 'เลือกวันที่' },
  time: { type: 'time', title: 'เลือกเวลา' },
  datetime: { type: 'datetime-local', title: 'เลือกวันที่และเวลา' },
}

/**
 * The picker of a datetimepicker action.
 * @param {import('./contract.js').Action} action
 * @returns {Promise<string | null>} in the form of its mode: 2024-06-10, 16:30 or 2024-06-10T16:30
 */
export async function askDate(action) {
  const { type, title } = PICKER[action.mode ?? 'datetime']
  const field = el('input', {
    class: 'field',
    testid: 'date-field',
    attrs: { name: 'value', type, value: action.initial, min: action.min, max: action.max, required: '' },
  })
  const answer = await ask({ title, content: [el('label', {}, action.label ?? title, field)], accept: 'ตกลง' })
  const value = answer?.get('value')
  return typeof value === 'string' && value !== '' ? value : null
}
