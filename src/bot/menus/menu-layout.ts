import type { messagingApi } from '@line/bot-sdk'
import { cutGraphemes } from '../cards/cut-text.ts'
import { MENU_BAR } from '../words/menu-words.ts'
import { MENU_BUTTONS, type MenuButton } from './menu-buttons.ts'
import type { MenuKind } from './menu-kind.ts'

export type Box = { x: number; y: number; width: number; height: number }
export type PlacedButton = MenuButton & { box: Box }
export type MenuLayout = { size: { width: number; height: number }; buttons: PlacedButton[] }

const WIDTH = 2500
const ROW_HEIGHT = 843
const MOST_IN_A_ROW = 3

/** One or two rows of equal areas without gaps, in LINE's own sizes 2500 by 843 and 2500 by 1686. */
export function menuLayout(kind: MenuKind): MenuLayout {
  const buttons = MENU_BUTTONS[kind]
  const columns = Math.min(MOST_IN_A_ROW, buttons.length)
  const rows = Math.ceil(buttons.length / columns)
  const edge = (column: number): number => Math.round((WIDTH * column) / columns)
  const placed = buttons.map((button, index) => {
    const column = index % columns
    const box = {
      x: edge(column),
      y: Math.floor(index / columns) * ROW_HEIGHT,
      width: edge(column + 1) - edge(column),
      height: ROW_HEIGHT,
    }
    return { ...button, box }
  })
  return { size: { width: WIDTH, height: ROW_HEIGHT * rows }, buttons: placed }
}

/** What LINE is told about a menu, apart from its picture. `name` is never shown to people. */
export function menuRequest(kind: MenuKind, name: string): messagingApi.RichMenuRequest {
  const { size, buttons } = menuLayout(kind)
  return {
    size,
    selected: true,
    name,
    chatBarText: MENU_BAR[kind],
    areas: buttons.map(({ box, text }) => ({
      bounds: box,
      action: { type: 'message', label: cutGraphemes(text, 20), text },
    })),
  }
}
