import { isOfSeveral, type Notice } from '../../workflow/notice.ts'
import type { OutboxRow } from './due-rows.ts'

/** Somebody who asked looks at the phone for about so long; a status card that comes later only costs. */
export const WAITS_MS = 10 * 60_000
/** LINE may count a token's minute from a later delivery than we do; after this it is surely over. */
const TOKEN_SURELY_OVER_MS = 60_000

export type ReplyStep = 'try' | 'push' | 'drop' | 'send-again' | 'unknown'

/** What to do with a reply at `now` (platform clock). Its token works once, and a try of unknown fate may have used it. */
export function replyStep(row: OutboxRow, now: number): ReplyStep {
  const until = row.replyTokenUntil ?? 0
  if (now <= until) return 'try'
  if (row.firstTriedAt === null) return lateStep(row, now)
  return now <= until + TOKEN_SURELY_OVER_MS ? 'try' : unknownStep(row)
}

/**
 * Nothing was sent and the token is over: the outcome of an act is told at any time, the rest while somebody waits for it.
 * A group is told nothing late.
 */
export function lateStep(row: OutboxRow, now: number): 'push' | 'drop' {
  if (isOfSeveral(row.lineUserId)) return 'drop'
  return row.ofAct || now <= (row.replyTokenUntil ?? 0) + WAITS_MS ? 'push' : 'drop'
}

/** It may have arrived. A receipt is worth coming twice, and then says so; nothing else is. */
export const unknownStep = (row: OutboxRow): 'send-again' | 'unknown' =>
  (row.notice as Notice | { type: 'answer' }).type === 'receipt' ? 'send-again' : 'unknown'
