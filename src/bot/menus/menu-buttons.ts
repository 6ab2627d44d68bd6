import { SAY } from '../words/say.ts'
import type { MenuIcon } from './menu-icons.ts'
import type { MenuKind } from './menu-kind.ts'

/** `first`: what most people come for, drawn stronger. `text` is said as if it were typed. */
export type MenuButton = { text: string; icon: MenuIcon; first?: true }

const status: MenuButton = { text: SAY.status, icon: 'clipboard', first: true }
const confirm: MenuButton = { text: SAY.confirm, icon: 'check' }
const deadlines: MenuButton = { text: SAY.deadlines, icon: 'clock' }
const inCharge: MenuButton = { text: SAY.inCharge, icon: 'people' }
const left: MenuButton = { text: SAY.left, icon: 'list' }
const requests: MenuButton = { text: SAY.requests, icon: 'tray' }
const help: MenuButton = { text: SAY.help, icon: 'question' }

/** What stands on each menu, row by row, three in a row; nothing that cannot be typed as well. */
export const MENU_BUTTONS: Record<MenuKind, readonly MenuButton[]> = {
  newcomer: [
    { text: SAY.join, icon: 'key', first: true },
    { text: SAY.help, icon: 'question' },
  ],
  institution: [status, confirm, deadlines, { text: SAY.askReopening, icon: 'back' }, inCharge, help],
  lao: [status, confirm, left, requests, deadlines, help],
  province: [status, left, requests, confirm, { text: SAY.spotCheck, icon: 'magnifier' }, help],
  department: [
    status,
    left,
    requests,
    { text: SAY.extend, icon: 'calendar' },
    { text: SAY.lateTaps, icon: 'hourglass' },
    help,
  ],
  executive: [status, deadlines, help],
  certifier: [status, confirm, help],
}
