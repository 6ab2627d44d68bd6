import { more, PLACES } from '../words/terms.ts'
import type { CardLine, Tone } from './card.ts'

/** LINE's bubble has 30 KB: a list is cut well before, and says by how much. */
const MOST_UNITS = 20

/** Units under a heading; nothing at all when there are none. */
export function unitList(
  heading: string,
  items: readonly string[],
  look: { mark: string; tone: Tone; most?: number; counted?: string },
): CardLine[] {
  if (items.length === 0) return []
  const most = look.most ?? MOST_UNITS
  const lines: CardLine[] = [
    { kind: 'text', text: `${heading} ${items.length} ${look.counted ?? PLACES}`, strong: true, tone: look.tone },
  ]
  for (const item of items.slice(0, most)) lines.push({ kind: 'item', mark: look.mark, tone: look.tone, text: item })
  if (items.length > most) lines.push({ kind: 'small', text: more(items.length - most, look.counted) })
  return lines
}
