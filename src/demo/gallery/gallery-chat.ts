import { asc, eq } from 'drizzle-orm'
import { type HandleDeps, handleEvent } from '../../bot/handle-event.ts'
import { renderNotice } from '../../bot/render-notice.ts'
import type { InboxId, Instant } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { inbox, outbox } from '../../db/schema.ts'
import type { Notice } from '../../workflow/notice.ts'
import { gallerySheets } from './gallery-sheets.ts'
import { type GalleryPerson, openGalleryWorld, required } from './gallery-world.ts'

/** One message, or what goes out together, as somebody sees it. */
export type Exhibit = {
  part: string
  role: string
  title: string
  said: string | null
  messages: Message[]
  to: string
  /** The notice's type; 'answer' for an answer to what was said. */
  notice: string
}

export type Message = { type: string } & Record<string, unknown>
type Button = { label: string; text?: string | undefined; data?: string | undefined }
export type Gallery = ReturnType<typeof openGallery>

/** Plays a story in the gallery's world and keeps every message that comes out of it, with who gets it and what was said before. */
export function openGallery() {
  const world = openGalleryWorld()
  const sheets = gallerySheets(world)
  const exhibits: Exhibit[] = []
  let part = ''
  let now = Date.parse('2024-04-24T10:00+07:00') as Instant
  let events = 0
  let onTheWay = 0
  const deps = (): HandleDeps => ({
    now,
    toDomain: (platformMs) => platformMs as Instant,
    sheetUrl: ({ spreadsheetId, tabId, range }) =>
      `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit#gid=${tabId}${range ? `&range=${range}` : ''}`,
  })

  const collect = (speaker: { lineUserId: string; said: string; title: string } | null): void => {
    const rows = world.act((tx) =>
      tx.select().from(outbox).where(eq(outbox.state, 'pending')).orderBy(asc(outbox.id)).all(),
    )
    for (const row of rows) {
      const messages = world.act((tx) => {
        tx.update(outbox).set({ state: 'accepted' }).where(eq(outbox.id, row.id)).run()
        if (row.payload) return JSON.parse(row.payload) as Message[]
        const context = { personId: row.personId, lineUserId: row.lineUserId, deps: deps() }
        return renderNotice(tx, row.notice as Notice, context) as Message[] | null
      })
      if (messages === null) continue
      const own = speaker?.lineUserId === row.lineUserId ? speaker : null
      const { type } = row.notice as Notice
      const title = own ? own.title : (messages[0]?.['altText'] ?? type)
      const said = own?.said ?? null
      exhibits.push({
        part,
        role: roleOf(row.lineUserId),
        title: String(title),
        said,
        messages,
        to: row.lineUserId,
        notice: type,
      })
    }
  }
  const roleOf = (lineUserId: string): string => {
    const found = [...world.people.values()].find((person) => person.lineUserId === lineUserId)
    return found?.role ?? (lineUserId.startsWith('C') ? 'กลุ่ม LINE' : 'ผู้ยังไม่เข้าร่วม')
  }

  const hear = (given: {
    source: Source
    said: string
    title?: string | undefined
    body: Record<string, unknown>
  }): void => {
    const { source, said, title = said, body } = given
    events += 1
    const event = {
      webhookEventId: `gallery-${events}`,
      timestamp: now - onTheWay,
      mode: 'active',
      replyToken: `gallery-token-${events}`,
      source,
      ...body,
    }
    const orderKey = source.groupId ?? source.userId
    const id = world.act((tx) =>
      storeEvent(tx, {
        webhookEventId: event.webhookEventId,
        orderKey,
        eventAt: event.timestamp,
        receivedAt: now,
        body: event,
      }),
    )
    world.act((tx) => {
      const row = required(tx.select().from(inbox).where(eq(inbox.id, id)).get())
      handleEvent(tx, row, deps())
      tx.update(inbox).set({ state: 'done' }).where(eq(inbox.id, id)).run()
    })
    sheets.settle(now)
    collect({ lineUserId: orderKey, said, title })
  }

  const person = (who: string): GalleryPerson => world.person(who)
  const sourceOf = (who: string): Source => {
    const known = world.people.get(who)
    return { type: 'user', userId: known?.lineUserId ?? who }
  }

  return {
    world,
    sheets,
    exhibits,
    now: () => now,
    part(title: string): void {
      part = title
    },
    /** What goes on without anything worth showing: its messages are taken in and not kept. */
    aside(work: () => void): void {
      const kept = exhibits.length
      work()
      exhibits.splice(kept)
    },
    /** Local time in Bangkok, e.g. '2024-06-05T09:00'. */
    at(local: string): void {
      now = Date.parse(`${local}+07:00`) as Instant
    },
    /** A text of a person (a key), or of an account that nobody knows (its LINE user id). */
    say(who: string, text: string, title?: string): void {
      const message = { type: 'text', id: `gallery-message-${events}`, text }
      hear({ source: sourceOf(who), said: text, title, body: { type: 'message', message } })
    },
    /** Taps the newest button of that person's messages whose label contains the words. */
    tap(who: string, label: string): void {
      const found = newestButton(exhibits, { to: person(who).lineUserId, label })
      if (found.text !== undefined) this.say(who, found.text, label)
      else
        hear({
          source: sourceOf(who),
          said: `[${found.label}]`,
          body: { type: 'postback', postback: { data: found.data } },
        })
    },
    /** Any other event of a person: sticker, follow, a place. */
    send(who: string, said: string, body: Record<string, unknown>): void {
      hear({ source: sourceOf(who), said, body })
    },
    inGroup(given: { groupId: string; who: string | null; said: string; body: Record<string, unknown> }): void {
      const userId = given.who === null ? undefined : sourceOf(given.who).userId
      const source = { type: 'group', groupId: given.groupId, ...(userId ? { userId } : {}) } as Source
      hear({ source, said: given.said, body: given.body })
    },
    /** What people do in `work` has been on its way for so long when it arrives: LINE's time is the earlier one. */
    late(seconds: number, work: () => void): void {
      onTheWay = seconds * 1000
      work()
      onTheWay = 0
    },
    /** What happens by itself, or by the operator's hand; everybody's messages are collected after it. */
    happens(work: (tx: Tx, now: Instant) => unknown): void {
      world.act((tx) => work(tx, now))
      sheets.settle(now)
      collect(null)
    },
    close: world.close,
  }
}

type Source = { type: string; userId: string; groupId?: string }

function newestButton(exhibits: Exhibit[], wanted: { to: string; label: string }): Button {
  for (const exhibit of [...exhibits].reverse()) {
    if (exhibit.to !== wanted.to) continue
    const found = exhibit.messages.flatMap(buttonsOf).find((button) => button.label.includes(wanted.label))
    if (found) return found
  }
  throw new Error(`the gallery shows no button "${wanted.label}" to ${wanted.to}`)
}

/** Every action with a label, wherever in the message it stands. */
export function buttonsOf(value: unknown): Button[] {
  if (Array.isArray(value)) return value.flatMap(buttonsOf)
  if (typeof value !== 'object' || value === null) return []
  const action = (value as { action?: { label?: string; text?: string; data?: string } }).action
  const own = action?.label ? [{ label: action.label, text: action.text, data: action.data }] : []
  return [...own, ...Object.values(value).flatMap(buttonsOf)]
}

function storeEvent(
  tx: Tx,
  input: {
    webhookEventId: string
    orderKey: string
    eventAt: number
    receivedAt: number
    body: Record<string, unknown>
  },
): InboxId {
  return tx.insert(inbox).values(input).returning({ id: inbox.id }).get().id
}
