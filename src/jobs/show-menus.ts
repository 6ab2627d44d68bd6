import type { Logger } from 'pino'
import { AppError } from '../app-error.ts'
import type { LineMenus } from '../bot/line-menus.ts'
import { forgetMenu, noteLinks, noteRefusedLink, noteUnlinked } from '../bot/menus/menu-record.ts'
import type { DueMenu } from '../bot/menus/menus-due.ts'
import { type Db, transact } from '../db/open.ts'

export type ShowDeps = { db: Db; log: Logger; menus: LineMenus; platformNow: () => number }

/**
 * Asks LINE to show one account its menu, and notes it. An account that LINE refuses is noted as such and left for a day; a menu that
 * is not on the channel any more is forgotten. Throws when LINE cannot be asked now.
 */
export async function showMenu(deps: ShowDeps, due: DueMenu): Promise<void> {
  const { lineUserId, to } = due
  if (to === null) return takeMenuAway(deps, lineUserId)
  const at = deps.platformNow()
  try {
    await deps.menus.link(lineUserId, to)
    transact(deps.db, (tx) => noteLinks(tx, { lineUserIds: [lineUserId], richMenuId: to, at }))
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (!(await deps.menus.exists(to))) {
      deps.log.error('a rich menu is gone from the channel: run lec line menus')
      return transact(deps.db, (tx) => forgetMenu(tx, to))
    }
    deps.log.warn({ reason: (error as AppError).message }, 'LINE would not show a menu to an account')
    transact(deps.db, (tx) => noteRefusedLink(tx, { lineUserId, richMenuId: to, at }))
  }
}

/** An account that LINE does not know any more has no menu either. */
export async function takeMenuAway(deps: ShowDeps, lineUserId: string): Promise<void> {
  try {
    await deps.menus.unlink(lineUserId)
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
  transact(deps.db, (tx) => noteUnlinked(tx, [lineUserId]))
}

export const isRefusal = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'they-refused' || error.code === 'not-found')
