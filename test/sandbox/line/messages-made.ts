/** Messages and parts of messages that LINE accepts, for tests to spoil. */
export const postback = (label = 'ยืนยัน', data = 'x') => ({ type: 'postback', label, data })

export const box = (...contents: unknown[]) => ({ type: 'box', layout: 'vertical', contents })
export const word = (text: string) => ({ type: 'text', text })
export const bubble = (...contents: unknown[]) => ({ type: 'bubble', body: box(...contents) })
export const flex = (contents: unknown) => ({ type: 'flex', altText: 'สรุป', contents })
export const quick = (count: number, label = 'ok') => ({
  type: 'text',
  text: 'a',
  quickReply: { items: Array.from({ length: count }, () => ({ type: 'action', action: postback(label) })) },
})
export const confirmTemplate = (actions: unknown[]) => ({
  type: 'template',
  altText: 'สรุป',
  template: { type: 'confirm', text: 'แน่ใจหรือไม่', actions },
})
export const buttonsTemplate = (over: Record<string, unknown>) => ({
  type: 'template',
  altText: 'สรุป',
  template: { type: 'buttons', text: 'เลือก', actions: [postback()], ...over },
})
export const carouselTemplate = (columns: unknown[]) => ({
  type: 'template',
  altText: 'สรุป',
  template: { type: 'carousel', columns },
})
export const image = (originalContentUrl: string) => ({
  type: 'image',
  originalContentUrl,
  previewImageUrl: 'https://example.com/p.png',
})

/** A bubble whose JSON has exactly this many bytes. */
export function bubbleOfBytes(bytes: number, character = 'a') {
  const empty = Buffer.byteLength(JSON.stringify(bubble(word('x')))) - 1
  const width = Buffer.byteLength(character)
  const left = bytes - empty
  return bubble(word(character.repeat(Math.floor(left / width)) + 'a'.repeat(left % width)))
}
