import { MENU_LINES } from '../words/menu-words.ts'
import { MENU_ICONS } from './menu-icons.ts'
import type { MenuKind } from './menu-kind.ts'
import { menuLayout, type PlacedButton } from './menu-layout.ts'
import { saraAmApart } from './sara-am-apart.ts'

/** A telephone shows 2,500 of these over some six centimetres: letters of 118 stand almost three millimetres high. */
const LETTERS = { one: 132, two: 118 }
const LINE_STEP = 166
const GROUND = '#DCE5EE'
const PLAIN = { card: '#FFFFFF', ink: '#12263A', disc: '#1D5FA8', pen: '#FFFFFF' }
const FIRST = { card: '#1D5FA8', ink: '#FFFFFF', disc: '#FFFFFF', pen: '#1D5FA8' }
const GAP = 14
const DISC = 150
const ICON = 205

/** The picture of a menu as SVG; the font is called Sarabun and must be given to whoever draws it. */
export function menuSvg(kind: MenuKind): string {
  const { size, buttons } = menuLayout(kind)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}"><rect width="100%" height="100%" fill="${GROUND}"/>${buttons.map(cell).join('')}</svg>`
}

function cell(button: PlacedButton): string {
  const { box } = button
  const look = button.first ? FIRST : PLAIN
  const lines = MENU_LINES[button.text] ?? [button.text]
  const middle = box.x + box.width / 2
  const discY = box.y + (lines.length > 1 ? 232 : 305)
  const scale = ICON / 24
  const firstLine = discY + DISC + (lines.length > 1 ? 190 : 200)
  const words = lines.map((line, index) => {
    const letters = lines.length > 1 ? LETTERS.two : LETTERS.one
    return `<text x="${middle}" y="${firstLine + index * LINE_STEP}" font-family="Sarabun" font-weight="700" font-size="${letters}" text-anchor="middle" fill="${look.ink}">${escaped(line)}</text>`
  })
  return [
    `<rect x="${box.x + GAP}" y="${box.y + GAP}" width="${box.width - 2 * GAP}" height="${box.height - 2 * GAP}" rx="40" fill="${look.card}"/>`,
    `<circle cx="${middle}" cy="${discY}" r="${DISC}" fill="${look.disc}"/>`,
    `<path d="${MENU_ICONS[button.icon]}" transform="translate(${middle - ICON / 2} ${discY - ICON / 2}) scale(${scale})" fill="none" stroke="${look.pen}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>`,
    ...words,
  ].join('')
}

const escaped = (words: string): string => saraAmApart(words).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
