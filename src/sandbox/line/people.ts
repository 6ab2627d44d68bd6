import type { LineDatabase } from './line-database.ts'
import { newUserId } from './line-ids.ts'

export type Device = 'phone' | 'pc'
export type Person = {
  userId: string
  displayName: string
  friend: boolean
  blocked: boolean
  device: Device
  lastSeq: number
  unread: number
}

type PersonRow = {
  user_id: string
  display_name: string
  friend: number
  blocked: number
  device: string
  last_seq: number
  unread: number
}

const selectPeople = `
select p.user_id, p.display_name, p.friend, p.blocked, p.device,
  coalesce((select max(seq) from chat c where c.chat_id = p.user_id), 0) as last_seq,
  (select count(*) from chat c where c.chat_id = p.user_id and c.sender = 'bot' and c.seq > p.read_seq) as unread
from people p`

const asPerson = (row: PersonRow): Person => ({
  userId: row.user_id,
  displayName: row.display_name,
  friend: row.friend === 1,
  blocked: row.blocked === 1,
  device: row.device === 'pc' ? 'pc' : 'phone',
  lastSeq: row.last_seq,
  unread: row.unread,
})

export function openPeople(options: { db: LineDatabase; now: () => number }) {
  const { db, now } = options
  const find = (userId: string): Person | undefined => {
    const row = db.prepare<[string], PersonRow>(`${selectPeople} where p.user_id = ?`).get(userId)
    return row && asPerson(row)
  }
  return {
    find,
    list: (): Person[] => db.prepare<[], PersonRow>(`${selectPeople} order by p.rowid`).all().map(asPerson),
    add: (person: { displayName: string; userId?: string; friend?: boolean; device?: Device }): string => {
      const userId = person.userId ?? newUserId()
      db.prepare('insert into people (user_id, display_name, friend, blocked, device) values (?, ?, ?, 0, ?)').run(
        userId,
        person.displayName,
        person.friend ? 1 : 0,
        person.device ?? 'phone',
      )
      return userId
    },
    change: (userId: string, change: { displayName?: string | undefined; device?: Device | undefined }): void => {
      db.prepare(
        'update people set display_name = coalesce(?, display_name), device = coalesce(?, device) where user_id = ?',
      ).run(change.displayName ?? null, change.device ?? null, userId)
    },
    setBond: (userId: string, bond: { friend: boolean; blocked: boolean }): void => {
      db.prepare('update people set friend = ?, blocked = ? where user_id = ?').run(
        bond.friend ? 1 : 0,
        bond.blocked ? 1 : 0,
        userId,
      )
    },
    /** Whether a message from the bot reaches this person: a friend who has not blocked it. */
    reachable: (userId: string): boolean => {
      const person = find(userId)
      return person?.friend === true && !person.blocked
    },
    opened: (userId: string, seq: number): void => {
      db.prepare('update people set read_seq = max(read_seq, ?) where user_id = ?').run(seq, userId)
    },
    showLoading: (userId: string, seconds: number): void => {
      db.prepare('update people set loading_until = ? where user_id = ?').run(now() + seconds * 1_000, userId)
    },
    stopLoading: (userId: string): void => {
      db.prepare('update people set loading_until = 0 where user_id = ?').run(userId)
    },
    isLoading: (userId: string): boolean => {
      const row = db
        .prepare<[string], { loading_until: number }>('select loading_until from people where user_id = ?')
        .get(userId)
      return (row?.loading_until ?? 0) > now()
    },
    friendIds: (): string[] =>
      db
        .prepare<[], { user_id: string }>('select user_id from people where friend = 1 and blocked = 0 order by rowid')
        .all()
        .map((row) => row.user_id),
  }
}

export type People = ReturnType<typeof openPeople>
