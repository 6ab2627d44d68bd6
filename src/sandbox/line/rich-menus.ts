import type { LineDatabase } from './line-database.ts'
import { keepValue, keptValue } from './line-database.ts'
import { newRichMenuId } from './line-ids.ts'

export type RichMenuBody = {
  size: { width: number; height: number }
  selected: boolean
  name: string
  chatBarText: string
  areas: unknown[]
}
export type RichMenu = RichMenuBody & { richMenuId: string }
export type RichMenuImage = { mime: string; image: Buffer }

type MenuRow = { rich_menu_id: string; body: string }
const asMenu = (row: MenuRow): RichMenu => ({ richMenuId: row.rich_menu_id, ...(JSON.parse(row.body) as RichMenuBody) })

export function openRichMenus(db: LineDatabase) {
  const find = (id: string): RichMenu | undefined => {
    const row = db
      .prepare<[string], MenuRow>('select rich_menu_id, body from rich_menus where rich_menu_id = ?')
      .get(id)
    return row && asMenu(row)
  }
  const image = (id: string): RichMenuImage | undefined =>
    db
      .prepare<[string], RichMenuImage>(
        'select mime, image from rich_menus where rich_menu_id = ? and image is not null',
      )
      .get(id)
  const defaultId = (): string | undefined => keptValue(db, 'defaultRichMenu', () => '') || undefined
  const linkedId = (userId: string): string | undefined =>
    db
      .prepare<[string], { rich_menu_id: string | null }>('select rich_menu_id from people where user_id = ?')
      .get(userId)?.rich_menu_id ?? undefined

  return {
    find,
    image,
    defaultId,
    linkedId,
    count: (): number => db.prepare<[], { n: number }>('select count(*) as n from rich_menus').get()?.n ?? 0,
    list: (): RichMenu[] =>
      db.prepare<[], MenuRow>('select rich_menu_id, body from rich_menus order by seq').all().map(asMenu),
    create: (body: RichMenuBody): string => {
      const id = newRichMenuId()
      db.prepare('insert into rich_menus (rich_menu_id, body) values (?, ?)').run(id, JSON.stringify(body))
      return id
    },
    setImage: (id: string, content: RichMenuImage): void => {
      db.prepare('update rich_menus set mime = ?, image = ? where rich_menu_id = ?').run(
        content.mime,
        content.image,
        id,
      )
    },
    remove: (id: string): void => {
      db.prepare('delete from rich_menus where rich_menu_id = ?').run(id)
      db.prepare('update people set rich_menu_id = null where rich_menu_id = ?').run(id)
      if (defaultId() === id) keepValue(db, 'defaultRichMenu', '')
    },
    setDefault: (id: string | undefined): void => keepValue(db, 'defaultRichMenu', id ?? ''),
    link: (userId: string, id: string | undefined): void => {
      db.prepare('update people set rich_menu_id = ? where user_id = ?').run(id ?? null, userId)
    },
    linkAll: (change: { from: string | undefined; to: string | undefined }): void => {
      if (change.from === undefined)
        db.prepare('update people set rich_menu_id = ? where rich_menu_id is not null').run(change.to ?? null)
      else db.prepare('update people set rich_menu_id = ? where rich_menu_id = ?').run(change.to ?? null, change.from)
    },
    /** What a person's phone shows: the menu linked to her, else the default. */
    shownTo: (userId: string): RichMenu | undefined => {
      const id = linkedId(userId) ?? defaultId()
      return id === undefined ? undefined : find(id)
    },
    alias: (alias: string): string | undefined =>
      db
        .prepare<[string], { rich_menu_id: string }>('select rich_menu_id from rich_menu_aliases where alias = ?')
        .get(alias)?.rich_menu_id,
    aliases: () =>
      db
        .prepare<[], { richMenuAliasId: string; richMenuId: string }>(
          'select alias as richMenuAliasId, rich_menu_id as richMenuId from rich_menu_aliases order by rowid',
        )
        .all(),
    setAlias: (alias: string, id: string): void => {
      db.prepare(
        'insert into rich_menu_aliases (alias, rich_menu_id) values (?, ?) on conflict (alias) do update set rich_menu_id = excluded.rich_menu_id',
      ).run(alias, id)
    },
    removeAlias: (alias: string): void => {
      db.prepare('delete from rich_menu_aliases where alias = ?').run(alias)
    },
  }
}

export type RichMenus = ReturnType<typeof openRichMenus>
