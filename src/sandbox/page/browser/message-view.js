import { button, el, tappable } from './element.js'
import { flexMessage } from './flex-message.js'
import { icon } from './icon.js'
import { picture } from './picture.js'
import { withSigns } from './signs.js'
import { templateMessage } from './template-message.js'

/** @typedef {import('./contract.js').Message} Message */
/** @typedef {import('./contract.js').Tap} Tap */

const LINK = /https?:\/\/[^\s<>"'）)]+/g

/**
 * One message as LINE draws it; null for what leaves no trace in the chat (a tap without words).
 * @param {Message} message
 * @param {Tap} tap
 * @returns {HTMLElement | null}
 */
export function messageView(message, tap) {
  switch (message.type) {
    case 'text':
    case 'textV2':
      return textBubble(substituted(message), tap)
    case 'postback':
      return message.displayText ? textBubble(message.displayText, tap) : null
    case 'flex':
      return message.contents ? flexMessage(message.contents, tap) : textBubble(message.altText ?? '', tap)
    case 'template':
      return message.template ? templateMessage(message.template, tap) : textBubble(message.altText ?? '', tap)
    case 'sticker':
      return sticker(message)
    case 'image':
      return el('div', { class: 'msg-image' }, picture(message.previewImageUrl ?? message.originalContentUrl, 'รูปภาพ'))
    case 'video':
      return el('div', { class: 'msg-image msg-video' }, picture(message.previewImageUrl, 'วิดีโอ'), icon('play'))
    case 'imagemap':
      return imagemap(message, tap)
    case 'audio':
      return tile('play', 'ข้อความเสียง', `${Math.round((message.duration ?? 0) / 1000)} วินาที`)
    case 'location':
      return tile('pin', message.title ?? 'ตำแหน่งที่ตั้ง', message.address ?? '')
    case 'file':
      return tile('file', message.fileName ?? 'ไฟล์', message.fileSize ? `${message.fileSize} ไบต์` : '')
    default:
      return el('div', { class: 'bubble bubble-unknown', text: `[${message.type}]` })
  }
}

/** @param {Message} message */
function substituted(message) {
  if (message.type !== 'textV2') return message.text ?? ''
  return (message.text ?? '').replace(/\{(\w+)\}/g, (whole, key) => {
    const part = message.substitution?.[key]
    if (!part) return whole
    return part.type === 'mention' ? `@${part.mentionee?.userId?.slice(0, 7) ?? 'ทุกคน'}` : ''
  })
}

/**
 * @param {string} text
 * @param {Tap} tap
 */
function textBubble(text, tap) {
  const node = el('div', { class: 'bubble' })
  let end = 0
  for (const found of text.matchAll(LINK)) {
    const uri = found[0]
    node.append(...withSigns(text.slice(end, found.index)))
    node.append(button(uri, () => tap({ type: 'uri', uri }), { class: 'bubble-link' }))
    end = found.index + uri.length
  }
  node.append(...withSigns(text.slice(end)))
  return node
}

/** @param {Message} message */
function sticker(message) {
  const label = `สติกเกอร์ ${message.packageId}/${message.stickerId}`
  return el(
    'div',
    { class: 'msg-sticker', attrs: { role: 'img', 'aria-label': label, title: label } },
    icon('smile'),
    el('span', { text: `${message.packageId}/${message.stickerId}` }),
  )
}

/**
 * @param {import('./icon.js').IconName} symbol
 * @param {string} title
 * @param {string} detail
 */
function tile(symbol, title, detail) {
  return el(
    'div',
    { class: 'bubble msg-tile' },
    icon(symbol),
    el('span', {}, el('strong', { text: title }), el('small', { text: detail })),
  )
}

/**
 * @param {Message} message
 * @param {Tap} tap
 */
function imagemap(message, tap) {
  const { width, height } = message.baseSize ?? { width: 1040, height: 1040 }
  const frame = el('div', { class: 'msg-imagemap', style: { aspectRatio: `${width} / ${height}` } })
  frame.append(picture(message.baseUrl, message.altText ?? ''))
  for (const spot of message.actions ?? []) {
    const area = el('div', { class: 'tap-area', style: percentArea(spot.area, { width, height }) })
    tappable(area, spot.label ?? spot.text ?? spot.linkUri ?? '', () => tap(spotAction(spot)))
    frame.append(area)
  }
  return frame
}

/**
 * @param {import('./contract.js').ImagemapAction} spot
 * @returns {import('./contract.js').Action}
 */
function spotAction(spot) {
  if (spot.type === 'uri') return { type: 'uri', uri: spot.linkUri ?? '' }
  if (spot.type === 'clipboard') return { type: 'clipboard', clipboardText: spot.clipboardText ?? '' }
  return { type: 'message', text: spot.text ?? '' }
}

/**
 * @param {import('./contract.js').Bounds} bounds
 * @param {{ width: number, height: number }} whole
 */
export function percentArea(bounds, whole) {
  return {
    left: `${(100 * bounds.x) / whole.width}%`,
    top: `${(100 * bounds.y) / whole.height}%`,
    width: `${(100 * bounds.width) / whole.width}%`,
    height: `${(100 * bounds.height) / whole.height}%`,
  }
}
