import { AppError } from '../app-error.ts'
import { menuSvg } from '../bot/menus/draw-menu.ts'
import type { MenuKind } from '../bot/menus/menu-kind.ts'
import { menuRequest } from '../bot/menus/menu-layout.ts'
import { pngOf } from '../bot/menus/menu-picture.ts'
import { forgetMenu, keepOnlyMenus, makeNewest, noteLinks, noteMenu, readyIds } from '../bot/menus/menu-record.ts'
import { menuAlias, wantedMenus } from '../bot/menus/menu-version.ts'
import type { DueMenu } from '../bot/menus/menus-due.ts'
import { type ChannelState, type MenuPlan, type PlannedMenu, planMenus } from '../bot/menus/plan-menus.ts'
import type { Clock } from '../clock.ts'
import { transact } from '../db/open.ts'
import { withLease } from './lease.ts'
import { everyDue, MENUS_LEASE } from './link-menus.ts'
import { isRefusal, type ShowDeps, showMenu } from './show-menus.ts'

export type InstallDeps = Omit<ShowDeps, 'platformNow'> & { clock: Clock }

export type InstallStep =
  | { did: 'created' | 'pictured' | 'aliased'; kind: MenuKind }
  | { did: 'default' }
  | { did: 'linked'; people: number }
  | { did: 'removed'; name: string }

/** LINE takes 500 accounts in one bulk call. */
const BULK = 500

/** What the channel has, and what is to be done about it. Changes nothing. */
export async function menuPlan(deps: InstallDeps): Promise<MenuPlan> {
  const { menus } = deps
  const channel: ChannelState = {
    menus: await menus.list(),
    aliases: await menus.aliases(),
    defaultId: await menus.defaultId(),
  }
  return planMenus({ wanted: wantedMenus(), channel, ready: transact(deps.db, (tx) => readyIds(tx)) })
}

/** Whether the channel has everything already; people may still be due. */
export const isDone = (plan: MenuPlan): boolean =>
  plan.menus.every((menu) => menu.ready) && plan.aliases.length === 0 && !plan.setDefault && plan.remove.length === 0

/**
 * Makes the channel's menus what they should be: creates what is missing, gives it its picture, points aliases and the default at it,
 * shows it to everybody whose it is, and only then removes former versions. Every step is noted when it is done and looked for
 * before it is done again, so that an interrupted installation goes on where it was. Null: another process is at it.
 */
export function installMenus(deps: InstallDeps, tell: (step: InstallStep) => void): Promise<true | null> {
  return withLease(deps.db, MENUS_LEASE, 30_000, deps.clock.platformNow, async () => {
    const listed = await deps.menus.list()
    transact(deps.db, (tx) =>
      keepOnlyMenus(
        tx,
        listed.map((menu) => menu.richMenuId),
      ),
    )
    const plan = await menuPlan(deps)
    const ids = new Map<MenuKind, string>()
    for (const menu of plan.menus) ids.set(menu.kind, await makeReady(deps, menu, tell))
    await pointAt(deps, { plan, ids }, tell)
    await showAll(deps, tell)
    for (const former of plan.remove) {
      await deps.menus.remove(former.richMenuId)
      transact(deps.db, (tx) => forgetMenu(tx, former.richMenuId))
      tell({ did: 'removed', name: former.name })
    }
    return true as const
  })
}

/** How many people would get another menu, were the menus of `plan` there. */
export async function peopleDue(deps: InstallDeps, plan: MenuPlan): Promise<number> {
  const ready = new Map(plan.menus.map((menu) => [menu.kind, menu.richMenuId ?? `to be made: ${menu.kind}`] as const))
  let people = 0
  await everyDue({ ...deps, ready }, async (due) => {
    people += due.length
  })
  return people
}

async function makeReady(deps: InstallDeps, menu: PlannedMenu, tell: (step: InstallStep) => void): Promise<string> {
  const { kind, name, version } = menu
  const note = (richMenuId: string, readyAt: number | null): void =>
    transact(deps.db, (tx) => {
      noteMenu(tx, { kind, version, richMenuId, readyAt })
      makeNewest(tx, richMenuId)
    })
  let { richMenuId } = menu
  if (richMenuId === null) {
    richMenuId = await deps.menus.create(menuRequest(kind, name))
    note(richMenuId, null)
    tell({ did: 'created', kind })
  }
  if (!menu.ready) {
    await deps.menus.putPicture(richMenuId, await pngOf(menuSvg(kind)))
    tell({ did: 'pictured', kind })
  }
  note(richMenuId, deps.clock.platformNow())
  return richMenuId
}

async function pointAt(
  deps: InstallDeps,
  input: { plan: MenuPlan; ids: ReadonlyMap<MenuKind, string> },
  tell: (step: InstallStep) => void,
): Promise<void> {
  const { plan, ids } = input
  const known = await deps.menus.aliases()
  for (const kind of plan.aliases) {
    const alias = menuAlias(kind)
    await deps.menus.setAlias(alias, { richMenuId: idOf(ids, kind), known: known.has(alias) })
    tell({ did: 'aliased', kind })
  }
  if (!plan.setDefault) return
  await deps.menus.setDefault(idOf(ids, 'newcomer'))
  tell({ did: 'default' })
}

function idOf(ids: ReadonlyMap<MenuKind, string>, kind: MenuKind): string {
  const id = ids.get(kind)
  if (id === undefined) throw new AppError(`There is no menu for ${kind}`, { code: 'not-found' })
  return id
}

async function showAll(deps: InstallDeps, tell: (step: InstallStep) => void): Promise<void> {
  await everyDue(deps, async (due) => {
    for (const [richMenuId, accounts] of byMenu(due)) {
      if (richMenuId === null) for (const lineUserId of accounts) await showOne(deps, { lineUserId, to: null })
      else await showMany(deps, { richMenuId, accounts })
    }
    if (due.length > 0) tell({ did: 'linked', people: due.length })
  })
}

function byMenu(due: readonly DueMenu[]): Map<string | null, string[]> {
  const groups = new Map<string | null, string[]>()
  for (const { lineUserId, to } of due) {
    const group = groups.get(to)
    if (group) group.push(lineUserId)
    else groups.set(to, [lineUserId])
  }
  return groups
}

/** One account that LINE does not take spoils a bulk call for all: they are then asked for one by one. */
async function showMany(deps: InstallDeps, input: { richMenuId: string; accounts: string[] }): Promise<void> {
  const { richMenuId, accounts } = input
  for (let from = 0; from < accounts.length; from += BULK) {
    const part = accounts.slice(from, from + BULK)
    try {
      await deps.menus.linkMany(part, richMenuId)
      const at = deps.clock.platformNow()
      transact(deps.db, (tx) => noteLinks(tx, { lineUserIds: part, richMenuId, at }))
    } catch (error) {
      if (!isRefusal(error)) throw error
      for (const lineUserId of part) await showOne(deps, { lineUserId, to: richMenuId })
    }
  }
}

const showOne = (deps: InstallDeps, due: DueMenu): Promise<void> =>
  showMenu({ ...deps, platformNow: deps.clock.platformNow }, due)
