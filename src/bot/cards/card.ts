import type { messagingApi } from '@line/bot-sdk'
import { TOO_LONG, TYPE_INSTEAD } from '../words/card-words.ts'
import { cutGraphemes, cutUnits } from './cut-text.ts'

/** Never by colour alone: every tone stands beside its word. */
export type Tone = 'good' | 'wait' | 'stop' | 'calm'

export type CardLine =
  | { kind: 'text'; text: string; tone?: Tone; strong?: boolean }
  | { kind: 'pair'; label: string; value: string; tone?: Tone }
  | { kind: 'item'; mark: string; text: string; tone?: Tone }
  | { kind: 'small'; text: string }
  | { kind: 'rule' }

export type CardButton = {
  label: string
  style: 'primary' | 'secondary' | 'link'
  action: messagingApi.Action
  /** What to type instead, when it is not the label: not everybody sees buttons. */
  typed?: string
}

export type Card = {
  /** Small line above the title: whose matter and which round. */
  over: string
  title: string
  chip?: { text: string; tone: Tone }
  lines: CardLine[]
  buttons: CardButton[]
}

const INK = '#1F2933'
const SOFT = '#5F6C7B'
const RULE = '#E4E7EB'
const PRIMARY = '#1D5FA8'
const TONES: Record<Tone, { ink: string; ground: string }> = {
  good: { ink: '#17663A', ground: '#E3F4E8' },
  wait: { ink: '#8A5300', ground: '#FFF1D6' },
  stop: { ink: '#A61B1B', ground: '#FDE8E6' },
  calm: { ink: '#334E68', ground: '#E8EEF4' },
}

/** Letters follow the size that the phone's owner chose. */
const TEXT = { type: 'text', scaling: true } as const

/** LINE takes 30 KB a bubble; JSON in UTF-8, where a Thai letter is three bytes. */
const MOST_BYTES = 29_000

/** A card as LINE's bubble; lines at its end give way when it would grow too large, and it says so. */
export function bubble(card: Card): messagingApi.FlexBubble {
  const lines = card.lines.filter(hasWords)
  let made = bubbleOf(card, lines)
  for (let kept = lines.length - 1; kept > 0 && bytesOf(made) > MOST_BYTES; kept = Math.floor(kept * 0.9)) {
    made = bubbleOf(card, [...lines.slice(0, kept), { kind: 'small', text: TOO_LONG }])
  }
  return made
}

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

function bubbleOf(card: Card, lines: CardLine[]): messagingApi.FlexBubble {
  const footer = footerOf(card)
  return {
    type: 'bubble',
    size: 'mega',
    header: headerOf(card),
    body: {
      type: 'box',
      layout: 'vertical',
      spacing: 'sm',
      paddingAll: '16px',
      paddingTop: '12px',
      contents: lines.map(componentOf),
    },
    ...(footer ? { footer } : {}),
    styles: { header: { backgroundColor: '#F5F8FB' } },
  }
}

function headerOf(card: Card): messagingApi.FlexBox {
  const { chip } = card
  const contents: messagingApi.FlexComponent[] = [
    ...(card.over.trim() === '' ? [] : [{ ...TEXT, text: card.over, size: 'xs' as const, color: SOFT, wrap: true }]),
    { ...TEXT, text: card.title, size: 'lg', weight: 'bold', color: INK, wrap: true },
  ]
  if (chip) {
    const tone = TONES[chip.tone]
    contents.push({
      type: 'box',
      layout: 'horizontal',
      margin: 'md',
      contents: [
        {
          type: 'box',
          layout: 'vertical',
          flex: 0,
          cornerRadius: '12px',
          backgroundColor: tone.ground,
          paddingStart: '10px',
          paddingEnd: '10px',
          paddingTop: '4px',
          paddingBottom: '4px',
          contents: [{ ...TEXT, text: chip.text, size: 'sm', weight: 'bold', color: tone.ink, wrap: true }],
        },
      ],
    })
  }
  return { type: 'box', layout: 'vertical', spacing: 'xs', paddingAll: '16px', paddingBottom: '12px', contents }
}

/** LINE refuses empty texts. */
function hasWords(line: CardLine): boolean {
  if (line.kind === 'rule') return true
  return (line.kind === 'pair' ? line.value : line.text).trim() !== ''
}

/** A short label leaves the rest of the line to its value: a date and time stay on one line of a telephone. */
const isShort = (label: string): boolean => label.replace(/\p{Mn}/gu, '').length <= 14

function componentOf(line: CardLine): messagingApi.FlexComponent {
  switch (line.kind) {
    case 'rule':
      return { type: 'separator', margin: 'md', color: RULE }
    case 'small':
      return { ...TEXT, text: line.text, size: 'xs', color: SOFT, wrap: true }
    case 'text':
      return {
        ...TEXT,
        text: line.text,
        size: 'sm',
        color: line.tone ? TONES[line.tone].ink : INK,
        wrap: true,
        ...(line.strong ? { weight: 'bold' as const } : {}),
      }
    case 'pair':
      return {
        type: 'box',
        layout: 'horizontal',
        spacing: 'md',
        contents: [
          { ...TEXT, text: line.label, size: 'sm', color: SOFT, flex: isShort(line.label) ? 0 : 4, wrap: true },
          {
            ...TEXT,
            text: line.value,
            size: 'sm',
            color: line.tone ? TONES[line.tone].ink : INK,
            flex: 6,
            wrap: true,
            align: 'end',
          },
        ],
      }
    case 'item':
      return {
        type: 'box',
        layout: 'horizontal',
        spacing: 'sm',
        contents: [
          { ...TEXT, text: line.mark, size: 'sm', color: TONES[line.tone ?? 'calm'].ink, flex: 0 },
          { ...TEXT, text: line.text, size: 'sm', color: INK, flex: 1, wrap: true },
        ],
      }
  }
}

function footerOf(card: Card): messagingApi.FlexBox | null {
  if (card.buttons.length === 0) return null
  const typed = card.buttons.flatMap((button) => typedOf(button))
  const contents: messagingApi.FlexComponent[] = card.buttons.map((button) => ({
    type: 'button',
    style: button.style,
    height: 'sm',
    adjustMode: 'shrink-to-fit',
    action: button.action,
    ...(button.style === 'primary' ? { color: PRIMARY } : {}),
  }))
  if (typed.length > 0) {
    contents.push({
      ...TEXT,
      text: `${TYPE_INSTEAD}: ${typed.join(' / ')}`,
      size: 'xs',
      color: SOFT,
      wrap: true,
      margin: 'sm',
    })
  }
  return { type: 'box', layout: 'vertical', spacing: 'sm', paddingAll: '16px', paddingTop: '4px', contents }
}

function typedOf(button: CardButton): string[] {
  if (button.typed) return [button.typed]
  return button.action.type === 'message' && button.action.text ? [button.action.text] : []
}

/** LINE counts labels in graphemes, and what is said in UTF-16 units; one that is too long costs the whole card. */
const labelOf = (label: string): string => cutGraphemes(label, 40)
const MOST_SAID = 300

/** A button that says a command, as if it were typed. */
export function say(label: string, text: string, style: CardButton['style'] = 'secondary'): CardButton {
  return { label, style, action: { type: 'message', label: labelOf(label), text: cutUnits(text, MOST_SAID) } }
}

/** A button that carries an opaque single-use id and nothing else. */
export function tap(
  label: string,
  token: string,
  options: { style?: CardButton['style']; typed?: string } = {},
): CardButton {
  const action = {
    type: 'postback' as const,
    label: labelOf(label),
    data: `a=${token}`,
    displayText: cutUnits(cutGraphemes(label, 100), MOST_SAID),
  }
  return { label, style: options.style ?? 'primary', action, ...(options.typed ? { typed: options.typed } : {}) }
}

export function link(label: string, uri: string, style: CardButton['style'] = 'secondary'): CardButton {
  return { label, style, action: { type: 'uri', label: labelOf(label), uri } }
}
