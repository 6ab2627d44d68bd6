import type { Tx } from '../../db/open.ts'
import type { MessageQuota } from '../../workflow/message-quota.ts'
import { leastUrgentWithRoom, ROUTINE_FROM, roomFor } from '../../workflow/rules/sending-order.ts'
import { duePushes, dueReplies } from './due-rows.ts'
import { freeCalls, type Lane, type LaneName } from './lanes.ts'
import type { BytesDeps } from './message-bytes.ts'
import { preparePush, prepareReply } from './prepare-calls.ts'
import { beginPage, goOnWithPage, type PageInWork, pageIsFresh, type RoutinePage } from './routine-page.ts'
import type { Call } from './settle-calls.ts'
import { dueBatches, openBatch } from './shared-calls.ts'

export type Choosing = {
  lanes: Readonly<Record<LaneName, Lane>>
  /** LINE ids to which a message is under way, and multicasts that are. */
  busy: readonly string[]
  busyBatches: ReadonlySet<number>
  quota: MessageQuota
  /** LINE is being asked about the quota right now: what is routine waits for its answer. */
  quotaAsked: boolean
  page: RoutinePage | null
  work: PageInWork | null
}

/** `more`: there is something to go on with at once. */
export type Chosen = { calls: Call[]; page: RoutinePage | null; work: PageInWork | null; more: boolean }

/**
 * What to send next, as far as rates, calls under way and quota allow: answers by reply token first, then what is personal and
 * urgent, then what is routine, shared where the bytes are the same. Each call is written down before it is made.
 */
export function chooseCalls(deps: BytesDeps, tx: Tx, given: Choosing, now: number): Chosen {
  const busy = new Set(given.busy)
  const free = {
    reply: freeCalls(given.lanes.reply, now),
    push: freeCalls(given.lanes.push, now),
    multicast: freeCalls(given.lanes.multicast, now),
  }
  const quota = { ...given.quota }
  const calls: Call[] = []
  const spend = (recipients: number): void => {
    if (quota.left !== null) quota.left -= recipients
  }

  for (const row of dueReplies(tx, { now, busy: [...busy], most: free.reply })) {
    const call = prepareReply(deps, tx, row, now)
    if (!call) continue
    calls.push(call)
    busy.add(row.lineUserId)
  }

  const least = Math.min(leastUrgentWithRoom(quota), given.quotaAsked ? ROUTINE_FROM - 1 : Number.MAX_SAFE_INTEGER)
  const personal = { now, busy: [...busy], from: 0, to: Math.min(least, ROUTINE_FROM - 1), most: free.push }
  for (const row of duePushes(tx, personal)) {
    if (busy.has(row.lineUserId) || roomFor(quota, row.urgency) < 1) continue
    const call = preparePush(deps, tx, { row }, now)
    if (!call) continue
    calls.push(call)
    busy.add(row.lineUserId)
    free.push -= 1
    spend(1)
  }

  if (least >= 1)
    for (const call of dueBatches(deps, tx, { now, busy: given.busyBatches, most: free.multicast })) {
      calls.push(call)
      free.multicast -= 1
      spend(call.batch.recipients)
    }
  if (least < ROUTINE_FROM || free.push + free.multicast <= 0) return { calls, page: null, work: null, more: false }

  const made = pageToSend(deps, tx, { ...given, busy: [...busy], to: least }, now)
  if (!made.page) return { calls, ...made, more: made.work !== null }
  // Nothing of it had to be sent: the next ones may.
  if (made.page.shared.length + made.page.alone.length === 0) return { calls, page: null, work: null, more: true }
  const page = { ...made.page, shared: [...made.page.shared], alone: [] as RoutinePage['alone'] }
  while (free.multicast > 0 && page.shared.length > 0) {
    const group = page.shared.shift() ?? []
    const room = roomFor(quota, Math.max(...group.map(({ row }) => row.urgency)))
    const call = openBatch(tx, group.slice(0, Math.min(group.length, room)), now)
    if (!call) continue
    calls.push(call)
    free.multicast -= 1
    spend(call.batch.recipients)
  }
  for (const one of made.page.alone) {
    const { row, payload } = one
    if (free.push <= 0 || busy.has(row.lineUserId)) {
      page.alone.push(one)
      continue
    }
    if (roomFor(quota, row.urgency) < 1) continue
    const call = preparePush(deps, tx, { row, bytes: { kind: 'bytes', payload } }, now)
    if (!call) continue
    calls.push(call)
    busy.add(row.lineUserId)
    free.push -= 1
    spend(1)
  }
  return { calls, page, work: null, more: false }
}

function pageToSend(
  deps: BytesDeps,
  tx: Tx,
  given: Pick<Choosing, 'page' | 'work' | 'busy'> & { to: number },
  now: number,
): { page: RoutinePage | null; work: PageInWork | null } {
  if (given.page && pageIsFresh(given.page, performance.now())) return { page: given.page, work: null }
  const work = given.work ?? beginPage(tx, { now, busy: given.busy, to: given.to })
  return work ? goOnWithPage(deps, tx, work, now) : { page: null, work: null }
}
