import type { ChannelMenu } from '../line-menus.ts'
import type { MenuKind } from './menu-kind.ts'
import { menuAlias, menuName, readMenuName, type WantedMenu } from './menu-version.ts'

export type ChannelState = { menus: ChannelMenu[]; aliases: Map<string, string>; defaultId: string | null }

/** What became of a wanted menu already; `ready`: we know that its picture is there. */
export type PlannedMenu = WantedMenu & { name: string; richMenuId: string | null; ready: boolean }

export type MenuPlan = {
  menus: PlannedMenu[]
  /** Kinds whose alias points elsewhere, or nowhere. */
  aliases: MenuKind[]
  setDefault: boolean
  /** Ours, but former versions, doubles, or of kinds that are no more. Menus that others made are never touched. */
  remove: ChannelMenu[]
}

/** What has to happen on the channel so that it has the wanted menus and no former ones of ours. Pure. */
export function planMenus(input: {
  wanted: readonly WantedMenu[]
  channel: ChannelState
  ready: ReadonlySet<string>
}): MenuPlan {
  const { wanted, channel, ready } = input
  const menus = wanted.map((menu): PlannedMenu => {
    const name = menuName(menu)
    const there = channel.menus.filter((one) => one.name === name)
    const kept = there.find((one) => ready.has(one.richMenuId)) ?? there[0]
    return {
      ...menu,
      name,
      richMenuId: kept?.richMenuId ?? null,
      ready: kept !== undefined && ready.has(kept.richMenuId),
    }
  })
  const kept = new Set(menus.map((menu) => menu.richMenuId))
  const pointsRight = ({ kind, richMenuId }: PlannedMenu): boolean =>
    richMenuId !== null && channel.aliases.get(menuAlias(kind)) === richMenuId
  const newcomer = menus.find((menu) => menu.kind === 'newcomer')
  return {
    menus,
    aliases: menus.filter((menu) => !pointsRight(menu)).map((menu) => menu.kind),
    setDefault: newcomer !== undefined && (newcomer.richMenuId === null || channel.defaultId !== newcomer.richMenuId),
    remove: channel.menus.filter((one) => readMenuName(one.name) !== null && !kept.has(one.richMenuId)),
  }
}
