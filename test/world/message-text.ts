/** A LINE message object as a person reads it: texts in order, buttons as [label]. Unknown parts are shown by their type. */
export type Button = { label: string; action: Record<string, unknown> }
type Node = { [key: string]: unknown }

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export function linesOf(message: Node): string[] {
  switch (message['type']) {
    case 'text':
      return text(message['text']).split('\n')
    case 'flex':
      return flexLines(isNode(message['contents']) ? message['contents'] : {})
    case 'postback':
      return []
    default:
      return [`(${text(message['type'])})`]
  }
}

function flexLines(node: Node): string[] {
  switch (node['type']) {
    case 'carousel':
      return nodes(node['contents']).flatMap((bubble, index) => [...(index > 0 ? ['- - -'] : []), ...flexLines(bubble)])
    case 'bubble':
      return ['header', 'hero', 'body', 'footer'].flatMap((part) => (isNode(node[part]) ? flexLines(node[part]) : []))
    case 'box': {
      const inner = nodes(node['contents']).map(flexLines)
      if (node['layout'] === 'vertical') return inner.flat()
      return [
        inner
          .map((lines) => lines.join(' / '))
          .filter((line) => line !== '')
          .join('  '),
      ].filter((line) => line !== '')
    }
    case 'text': {
      const own =
        text(node['text']) ||
        nodes(node['contents'])
          .map((span) => text(span['text']))
          .join('')
      return own === '' ? [] : own.split('\n')
    }
    case 'button':
      return isNode(node['action']) ? [`[${text(node['action']['label'])}]`] : []
    case 'separator':
    case 'filler':
      return []
    default:
      return [`(${text(node['type'])})`]
  }
}

/** Everything that can be tapped on a message: Flex buttons, tappable boxes with a label, quick replies. */
export function buttonsOf(message: Node): Button[] {
  const found: Button[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit)
    if (!isNode(value)) return
    const action = value['action']
    if (isNode(action) && typeof action['label'] === 'string') found.push({ label: action['label'], action })
    for (const part of Object.values(value)) visit(part)
  }
  visit(message)
  return found
}
