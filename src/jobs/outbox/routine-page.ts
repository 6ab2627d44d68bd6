import type { Tx } from '../../db/open.ts'
import { ROUTINE_FROM } from '../../workflow/rules/sending-order.ts'
import { duePushes, type OutboxRow } from './due-rows.ts'
import { type BytesDeps, messageBytes } from './message-bytes.ts'
import { endWithoutBytes } from './prepare-calls.ts'
import { shareBytes } from './shared-calls.ts'

export type Rendered = { row: OutboxRow; payload: string }

/** Routine messages that were put into words a moment ago, sorted into those who share a call and those who go alone. */
export type RoutinePage = { shared: Rendered[][]; alone: Rendered[]; madeAtMs: number }
/** The same while it is being made: rendering is spread over several transactions, so that webhooks are answered in between. */
export type PageInWork = { todo: OutboxRow[]; rendered: Rendered[] }

const PAGE = 500
const RENDER_FOR_MS = 25
/** Older words might name what is done by now: the rest of the page is looked at afresh. */
const PAGE_LIFE_MS = 3000

/** `nowMs`: a clock that only runs forward; not the platform's. */
export const pageIsFresh = (page: RoutinePage, nowMs: number): boolean =>
  nowMs - page.madeAtMs < PAGE_LIFE_MS && page.alone.length + page.shared.length > 0

/** Takes the next routine messages whose time has come, up to urgency `to`; null when there are none. */
export function beginPage(tx: Tx, asked: { now: number; busy: readonly string[]; to: number }): PageInWork | null {
  const rows = duePushes(tx, { ...asked, from: ROUTINE_FROM, most: PAGE })
  return rows.length > 0 ? { todo: rows, rendered: [] } : null
}

/** Renders on for a moment; a finished page is sorted. */
export function goOnWithPage(
  deps: BytesDeps,
  tx: Tx,
  work: PageInWork,
  now: number,
): { page: RoutinePage; work: null } | { page: null; work: PageInWork } {
  const until = performance.now() + RENDER_FOR_MS
  const rendered = [...work.rendered]
  let at = 0
  for (; at < work.todo.length && performance.now() < until; at += 1) {
    const row = work.todo[at]
    if (!row) break
    const bytes = messageBytes(deps, tx, row)
    if (bytes.kind === 'bytes') rendered.push({ row, payload: bytes.payload })
    else endWithoutBytes(tx, row, bytes.kind, now)
  }
  const todo = work.todo.slice(at)
  if (todo.length > 0) return { page: null, work: { todo, rendered } }
  return { page: { ...shareBytes(tx, rendered), madeAtMs: performance.now() }, work: null }
}
