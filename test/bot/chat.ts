import { asc, eq } from 'drizzle-orm'
import type { HandleDeps } from '../../src/bot/handle-event.ts'
import { handleEvent } from '../../src/bot/handle-event.ts'
import { renderNotice } from '../../src/bot/render-notice.ts'
import type { AppointmentId, InboxId, Instant, UnitId } from '../../src/db/ids.ts'
import { type Component, confirmRuns, inbox, outbox } from '../../src/db/schema.ts'
import { completeShow, openRuns } from '../../src/workflow/confirm-run.ts'
import type { Notice } from '../../src/workflow/notice.ts'
import type { CountRow } from '../../src/workflow/record-counts.ts'
import type { RawRow } from '../../src/workflow/rules/roster/row-findings.ts'
import { type ChainWorld, type InstitutionName, openChainWorld, type Place } from '../world/chain-world.ts'
import { buttonsOf, linesOf } from '../world/message-text.ts'
import { hashOfRows } from '../world/roster-rows.ts'
import { faultsOf } from './sendable.ts'

export type Sent = Record<string, unknown>
export type Heard = { messages: Sent[]; words: string; loading: boolean; dropped: number }

/** Within the round 2567/1, before its due instants. */
export const MORNING = Date.parse('2024-06-05T09:00+07:00')

export type Chat = ReturnType<typeof openChat>

/**
 * The chain's world with the bot in front of it: events go in as LINE would bring them, what comes out is everything that is queued
 * for the person, put into messages. Reading sheets is done by hand, as the job does it.
 */
export function openChat(
  options: { round?: '2567/1' | '2563/2'; at?: Instant; began?: Instant; webAddress?: string } = {},
) {
  const { at, webAddress, ...given } = options
  const world: ChainWorld = openChainWorld(given)
  let now = at ?? MORNING
  let events = 0
  const deps = (): HandleDeps => ({
    now,
    toDomain: (platformMs) => platformMs,
    ...(webAddress ? { webAddress } : {}),
    sheetUrl: ({ spreadsheetId, tabId, range }) =>
      `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit#gid=${tabId}${range ? `&range=${range}` : ''}`,
  })
  const everything: Sent[] = []

  const store = (lineUserId: string, body: Record<string, unknown>): InboxId => {
    events += 1
    const event = {
      webhookEventId: `event-${events}`,
      timestamp: now,
      mode: 'active',
      replyToken: `token-${events}`,
      source: { type: 'user', userId: lineUserId },
      ...body,
    }
    const source = event.source as { groupId?: string; userId?: string }
    return world.storeEvent({
      webhookEventId: `event-${events}`,
      orderKey: source.groupId ?? source.userId ?? 'nobody',
      at: now,
      body: event,
    })
  }

  const handle = (id: InboxId): { showLoading: string | null } =>
    world.act((tx) => {
      const row = tx.select().from(inbox).where(eq(inbox.id, id)).get()
      if (!row) throw new Error('no such event')
      const handled = handleEvent(tx, row, deps())
      tx.update(inbox).set({ state: 'done' }).where(eq(inbox.id, id)).run()
      return handled
    })

  /** Everything queued for an account, as messages; what has become pointless is dropped. */
  const collect = (lineUserId: string): { messages: Sent[]; dropped: number } => {
    const rows = world.act((tx) =>
      tx.select().from(outbox).where(eq(outbox.lineUserId, lineUserId)).orderBy(asc(outbox.id)).all(),
    )
    const messages: Sent[] = []
    let dropped = 0
    for (const row of rows.filter(({ state }) => state === 'pending')) {
      const made = world.act((tx) => {
        tx.update(outbox).set({ state: 'accepted' }).where(eq(outbox.id, row.id)).run()
        if (row.payload) return JSON.parse(row.payload) as Sent[]
        const context = { personId: row.personId, lineUserId, deps: deps() }
        return renderNotice(tx, row.notice as Notice, context) as Sent[] | null
      })
      if (made === null) dropped += 1
      else {
        const faults = faultsOf(made)
        if (faults.length > 0) throw new Error(faults.join('\n'))
        messages.push(...made)
      }
    }
    everything.push(...messages)
    return { messages, dropped }
  }

  const send = (lineUserId: string, body: Record<string, unknown>): Heard => {
    const { showLoading } = handle(store(lineUserId, body))
    return heard(lineUserId, showLoading !== null)
  }
  const heard = (lineUserId: string, loading = false): Heard => {
    const { messages, dropped } = collect(lineUserId)
    return { messages, words: messages.flatMap(linesOf).join('\n'), loading, dropped }
  }

  const accountOf = (who: Place | AppointmentId): string => world.actor(who, now).lineUserId ?? ''

  /** Does what the job does with an open run: reads the sheet, records it, answers. */
  const readSheet = (place: InstitutionName, sheet: readonly RawRow[] = world.rows(place)): void => {
    for (const run of world.act((tx) => openRuns(tx, Number.MAX_SAFE_INTEGER))) {
      if (run.unitId !== world.idOf(place)) continue
      if (run.purpose === 'confirm') {
        world.finish(run.id, (tx, at) => world.recordIn(tx, place, sheet, at), { hash: hashOfRows(sheet), now })
        continue
      }
      world.act((tx) => {
        world.recordIn(tx, place, sheet, now)
        completeShow(tx, run.id, { contentHash: hashOfRows(sheet) }, now)
      })
    }
  }
  const readCounts = (lao: 'town' | 'countsOnly', rows: CountRow[] = world.countRows(lao)): void => {
    for (const run of world.act((tx) => openRuns(tx, Number.MAX_SAFE_INTEGER))) {
      if (run.unitId !== world.idOf(lao)) continue
      const hash = world.hashOfCounts(rows)
      if (run.purpose === 'confirm') {
        world.finish(run.id, (tx, at) => world.recordCountsIn(tx, lao, rows, at), { hash, now })
        continue
      }
      world.act((tx) => {
        world.recordCountsIn(tx, lao, rows, now)
        completeShow(tx, run.id, { contentHash: hash }, now)
      })
    }
  }

  const person = (lineUserId: string) => {
    const seen: Sent[] = []
    const keep = (answer: Heard): Heard => {
      seen.push(...answer.messages)
      return answer
    }
    return {
      lineUserId,
      say: (text: string) =>
        keep(send(lineUserId, { type: 'message', message: { type: 'text', id: `m${events}`, text } })),
      send: (body: Record<string, unknown>) => keep(send(lineUserId, body)),
      postback: (data: string) => keep(send(lineUserId, { type: 'postback', postback: { data } })),
      /** Taps the newest button whose label contains the words, as the phone does. */
      tap(label: string): Heard {
        const data = this.dataOf(label)
        if (data.text !== undefined) return this.say(data.text)
        return this.postback(data.data ?? '')
      },
      dataOf(label: string): { data?: string; text?: string } {
        for (const message of [...seen].reverse()) {
          const found = buttonsOf(message).find((button) => button.label.includes(label))
          if (found) return found.action as { data?: string; text?: string }
        }
        throw new Error(`no button "${label}" among: ${seen.flatMap(buttonsOf).map((b) => b.label)}`)
      },
      /** What has come without being asked for. */
      heard: () => keep(heard(lineUserId)),
    }
  }

  return {
    world,
    deps,
    everything,
    now: () => now,
    at(instant: Instant | string): void {
      now = typeof instant === 'string' ? Date.parse(`${instant}+07:00`) : instant
    },
    person,
    officer: (who: Place | AppointmentId) => person(accountOf(who)),
    store,
    handle,
    collect,
    readSheet,
    readCounts,
    runs: () => world.act((tx) => tx.select().from(confirmRuns).all()),
    isConfirmed: (place: Place, component: Component) => world.isConfirmed(place, component),
    render: (notice: Notice, who: Place | AppointmentId) =>
      world.act((tx) => {
        const actor = world.actor(who, now)
        return renderNotice(tx, notice, { personId: actor.personId, lineUserId: actor.lineUserId ?? '', deps: deps() })
      }),
    unit: (place: Place): UnitId => world.idOf(place),
  }
}
