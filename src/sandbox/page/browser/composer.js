import { button, el } from './element.js'
import { icon } from './icon.js'
import { toastError } from './toast.js'

/** A sticker of LINE's free set for bots. */
const STICKER = { type: 'sticker', packageId: '446', stickerId: '1988' }

/**
 * The line in which one writes.
 * @param {{ send: (message: Record<string, unknown>) => Promise<void> }} options
 */
export function composer({ send }) {
  const input = el('textarea', {
    class: 'composer-input',
    testid: 'chat-input',
    attrs: { rows: '1', placeholder: 'พิมพ์ข้อความ', 'aria-label': 'ข้อความถึงบัญชีทางการ', maxlength: '5000' },
  })
  const submit = () => {
    const text = input.value.trim()
    if (text === '') return
    input.value = ''
    send({ type: 'text', text }).catch((error) => {
      input.value = text
      toastError(error)
    })
  }
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  const form = el(
    'form',
    {
      class: 'composer',
      on: {
        submit: (event) => {
          event.preventDefault()
          submit()
        },
      },
    },
    tool('ส่งรูปภาพ', 'picture', () => void picturePart().then(send).catch(toastError)),
    tool('ส่งสติกเกอร์', 'smile', () => void send(STICKER).catch(toastError)),
    input,
    el(
      'button',
      { class: 'composer-send', testid: 'chat-send', attrs: { type: 'submit', 'aria-label': 'ส่ง' } },
      icon('send'),
    ),
  )
  return {
    form,
    /** @param {boolean} enabled */
    enable(enabled) {
      for (const control of form.querySelectorAll('button, textarea')) control.toggleAttribute('disabled', !enabled)
    },
    /** @param {string} text */
    fill(text) {
      input.value = text
      input.focus()
    },
  }
}

/**
 * @param {string} label
 * @param {import('./icon.js').IconName} symbol
 * @param {() => void} onClick
 */
function tool(label, symbol, onClick) {
  const node = button('', onClick, { class: 'composer-tool', attrs: { 'aria-label': label, title: label } })
  node.append(icon(symbol))
  return node
}

/** A small picture made on the spot stands for one from the camera. */
async function picturePart() {
  const canvas = el('canvas', { attrs: { width: '320', height: '240' } })
  const brush = canvas.getContext('2d')
  if (brush) {
    brush.fillStyle = '#cfe6dc'
    brush.fillRect(0, 0, 320, 240)
    brush.fillStyle = '#0f6b4f'
    brush.font = '700 28px Sarabun'
    brush.fillText('รูปตัวอย่าง', 92, 128)
  }
  const [, data = ''] = canvas.toDataURL('image/png').split(',')
  return { type: 'image', mime: 'image/png', data }
}
