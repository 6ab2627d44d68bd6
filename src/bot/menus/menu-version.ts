import { createHash } from 'node:crypto'
import { menuSvg } from './draw-menu.ts'
import { MENU_KINDS, type MenuKind } from './menu-kind.ts'
import { menuRequest } from './menu-layout.ts'
import { drawerBytes, menuFont } from './menu-picture.ts'

export type WantedMenu = { kind: MenuKind; version: string }

const OURS = 'lec-confirm'
const NAME = new RegExp(`^${OURS}/([a-z]+)/([0-9a-f]{12})$`)

/**
 * The menus as they should be. A version is the hash of all that its picture is made from (drawing, font, drawer) and of its
 * areas: the same inputs give the same bytes, so that nothing has to be drawn to see that nothing changed.
 */
export function wantedMenus(): WantedMenu[] {
  const tools = createHash('sha256').update(menuFont()).update(drawerBytes()).digest()
  return MENU_KINDS.map((kind) => {
    const hash = createHash('sha256')
      .update(tools)
      .update(menuSvg(kind))
      .update(JSON.stringify(menuRequest(kind, '')))
    return { kind, version: hash.digest('hex').slice(0, 12) }
  })
}

/** How a menu of ours is called on the channel; people never see it. */
export const menuName = ({ kind, version }: WantedMenu): string => `${OURS}/${kind}/${version}`

/** Kind and version of a menu of ours, former kinds included; null for one that somebody else made. */
export function readMenuName(name: string): { kind: string; version: string } | null {
  const [, kind, version] = NAME.exec(name) ?? []
  return kind && version ? { kind, version } : null
}

export const menuAlias = (kind: MenuKind): string => `lec-${kind}`
