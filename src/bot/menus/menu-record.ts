import { and, eq, inArray, isNotNull, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '../../db/open.ts'
import { richMenuLinks, richMenus } from '../../db/schema.ts'
import { MENU_KINDS, type MenuKind } from './menu-kind.ts'
import type { WantedMenu } from './menu-version.ts'

/** The menu to show for each kind: the newest that has its picture. Empty when none were ever installed. */
export function readyMenus(tx: Tx): Map<MenuKind, string> {
  const rows = tx.select().from(richMenus).where(isNotNull(richMenus.readyAt)).orderBy(richMenus.id).all()
  const known = new Set<string>(MENU_KINDS)
  return new Map(
    rows.filter((row) => known.has(row.kind)).map((row) => [row.kind as MenuKind, row.richMenuId] as const),
  )
}

/** Ids of menus that we know to have their picture. */
export function readyIds(tx: Tx): Set<string> {
  const rows = tx.select({ id: richMenus.richMenuId }).from(richMenus).where(isNotNull(richMenus.readyAt)).all()
  return new Set(rows.map((row) => row.id))
}

export function noteMenu(tx: Tx, menu: WantedMenu & { richMenuId: string; readyAt: number | null }): void {
  const { kind, version, richMenuId, readyAt } = menu
  tx.insert(richMenus)
    .values({ kind, version, richMenuId, readyAt })
    .onConflictDoUpdate({
      target: richMenus.richMenuId,
      set: { readyAt: sql`coalesce(excluded.ready_at, ${richMenus.readyAt})` },
    })
    .run()
}

/** A menu that is no longer on the channel is shown to nobody. */
export function forgetMenu(tx: Tx, richMenuId: string): void {
  tx.delete(richMenus).where(eq(richMenus.richMenuId, richMenuId)).run()
  tx.delete(richMenuLinks).where(eq(richMenuLinks.richMenuId, richMenuId)).run()
}

/** Drops what the channel does not have (any more): deleted by hand, or another channel's. */
export function keepOnlyMenus(tx: Tx, onChannel: readonly string[]): void {
  const ids = onChannel.length > 0 ? [...onChannel] : ['']
  tx.delete(richMenus).where(notInArray(richMenus.richMenuId, ids)).run()
  tx.delete(richMenuLinks).where(notInArray(richMenuLinks.richMenuId, ids)).run()
}

/** A kept menu of a version that had been replaced is the newest again. */
export function makeNewest(tx: Tx, richMenuId: string): void {
  const row = tx.select().from(richMenus).where(eq(richMenus.richMenuId, richMenuId)).get()
  if (!row) return
  const newest = tx
    .select({ id: sql<number>`max(${richMenus.id})` })
    .from(richMenus)
    .where(and(eq(richMenus.kind, row.kind), isNotNull(richMenus.readyAt)))
    .get()
  if (newest?.id === row.id) return
  const { id: _former, ...values } = row
  tx.delete(richMenus).where(eq(richMenus.richMenuId, richMenuId)).run()
  tx.insert(richMenus).values(values).run()
}

export function noteLinks(tx: Tx, input: { lineUserIds: readonly string[]; richMenuId: string; at: number }): void {
  const { richMenuId, at } = input
  for (const lineUserId of input.lineUserIds) writeLink(tx, { lineUserId, richMenuId, at, refused: false })
}

export const noteRefusedLink = (tx: Tx, link: { lineUserId: string; richMenuId: string; at: number }): void =>
  writeLink(tx, { ...link, refused: true })

function writeLink(tx: Tx, row: typeof richMenuLinks.$inferInsert): void {
  tx.insert(richMenuLinks).values(row).onConflictDoUpdate({ target: richMenuLinks.lineUserId, set: row }).run()
}

export function noteUnlinked(tx: Tx, lineUserIds: readonly string[]): void {
  if (lineUserIds.length > 0)
    tx.delete(richMenuLinks)
      .where(inArray(richMenuLinks.lineUserId, [...lineUserIds]))
      .run()
}
