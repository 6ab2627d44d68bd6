import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export type LineDatabase = Database.Database

const tables = `
create table if not exists kept (key text primary key, value text not null) strict;
create table if not exists people (
  user_id text primary key, display_name text not null, friend integer not null, blocked integer not null,
  device text not null, read_seq integer not null default 0, loading_until integer not null default 0, rich_menu_id text
) strict;
create table if not exists groups (
  group_id text primary key, kind text not null, name text not null, bot_in integer not null
) strict;
create table if not exists group_members (
  group_id text not null, user_id text not null, primary key (group_id, user_id)
) strict;
create table if not exists chat (
  seq integer primary key autoincrement, chat_id text not null, at integer not null, sender text not null,
  message text not null, via text, request_id text, message_id text, quote_token text, mark_token text,
  is_read integer not null default 0
) strict;
create index if not exists chat_by_id on chat (chat_id, seq);
create index if not exists chat_by_message on chat (message_id);
create table if not exists contents (message_id text primary key, mime text not null, bytes blob not null) strict;
create table if not exists reply_tokens (
  token text primary key, chat_id text not null, issued_at integer not null, expires_at integer not null,
  used integer not null default 0
) strict;
create table if not exists access_tokens (hash text primary key, expires_at integer not null) strict;
create table if not exists retry_keys (
  key text primary key, request_id text not null, accepted_at integer not null, sent_messages text,
  payload text not null default ''
) strict;
create table if not exists quota_used (month text primary key, used integer not null) strict;
create table if not exists requests (
  seq integer primary key autoincrement, at integer not null, method text not null, path text not null,
  status integer, summary text not null, retry_key text, request_id text not null
) strict;
create table if not exists events (
  seq integer primary key autoincrement, event_id text not null, chat_key text not null, body text not null,
  reply_token text, created_at integer not null, state text not null, attempts integer not null default 0,
  next_at integer not null, held integer not null default 0
) strict;
create index if not exists events_waiting on events (state, seq);
create table if not exists webhook_calls (
  seq integer primary key autoincrement, at integer not null, attempts integer not null, status integer,
  reason text not null, event_ids text not null, redelivery integer not null
) strict;
create table if not exists faults (
  id integer primary key autoincrement, target text not null, kind text not null, times integer not null,
  delay_ms integer
) strict;
create table if not exists rich_menus (
  seq integer primary key autoincrement, rich_menu_id text not null unique, body text not null, mime text, image blob
) strict;
create table if not exists rich_menu_aliases (alias text primary key, rich_menu_id text not null) strict;
create table if not exists rich_menu_batches (request_id text primary key, at integer not null) strict;
`

/** Opens the LINE side's own file. It outlives a killed product and a restarted sandbox; losing the last moments to a power cut is acceptable. */
export function openLineDatabase(dir: string): LineDatabase {
  mkdirSync(dir, { recursive: true })
  const db = new Database(join(dir, 'line.db'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = OFF')
  db.pragma('busy_timeout = 5000')
  db.exec(tables)
  // A sandbox's file of before: its keys match no payload's hash, and are older than a day soon.
  const columns = db.prepare<[], { name: string }>("select name from pragma_table_info('retry_keys')").all()
  if (!columns.some(({ name }) => name === 'payload'))
    db.exec("alter table retry_keys add column payload text not null default ''")
  return db
}

/** A value kept under a key, made once when it is missing. */
export function keptValue(db: LineDatabase, key: string, make: () => string): string {
  const row = db.prepare<[string], { value: string }>('select value from kept where key = ?').get(key)
  if (row) return row.value
  const value = make()
  keepValue(db, key, value)
  return value
}

export function keepValue(db: LineDatabase, key: string, value: string): void {
  db.prepare('insert into kept (key, value) values (?, ?) on conflict (key) do update set value = excluded.value').run(
    key,
    value,
  )
}
