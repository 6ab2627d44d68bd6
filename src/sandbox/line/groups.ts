import type { LineDatabase } from './line-database.ts'
import { newGroupId, newRoomId } from './line-ids.ts'

export type GroupKind = 'group' | 'room'
export type Group = { groupId: string; kind: GroupKind; name: string; botIn: boolean; members: string[] }
type GroupRow = { group_id: string; kind: string; name: string; bot_in: number }

/** Group chats (C...) and multi-person chats (R...). */
export function openGroups(db: LineDatabase) {
  const members = (groupId: string): string[] =>
    db
      .prepare<[string], { user_id: string }>('select user_id from group_members where group_id = ? order by rowid')
      .all(groupId)
      .map((row) => row.user_id)
  const asGroup = (row: GroupRow): Group => ({
    groupId: row.group_id,
    kind: row.kind === 'room' ? 'room' : 'group',
    name: row.name,
    botIn: row.bot_in === 1,
    members: members(row.group_id),
  })
  return {
    find: (groupId: string): Group | undefined => {
      const row = db.prepare<[string], GroupRow>('select * from groups where group_id = ?').get(groupId)
      return row && asGroup(row)
    },
    list: (): Group[] => db.prepare<[], GroupRow>('select * from groups order by rowid').all().map(asGroup),
    add: (group: { kind: GroupKind; name: string }): string => {
      const groupId = group.kind === 'room' ? newRoomId() : newGroupId()
      db.prepare('insert into groups (group_id, kind, name, bot_in) values (?, ?, ?, 0)').run(
        groupId,
        group.kind,
        group.name,
      )
      return groupId
    },
    setBot: (groupId: string, isIn: boolean): void => {
      db.prepare('update groups set bot_in = ? where group_id = ?').run(isIn ? 1 : 0, groupId)
    },
    addMember: (groupId: string, userId: string): void => {
      db.prepare('insert or ignore into group_members (group_id, user_id) values (?, ?)').run(groupId, userId)
    },
    removeMember: (groupId: string, userId: string): void => {
      db.prepare('delete from group_members where group_id = ? and user_id = ?').run(groupId, userId)
    },
  }
}

export type Groups = ReturnType<typeof openGroups>
