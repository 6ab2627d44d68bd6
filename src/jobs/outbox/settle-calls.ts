import type { SendResult } from '../../bot/line-client.ts'
import type { Tx } from '../../db/open.ts'
import { isAnswer } from '../../workflow/dead-letters.ts'
import { countSent, markExhausted } from '../../workflow/message-quota.ts'
import { backoffMs } from '../job-backoff.ts'
import { changeRow, noteAccepted, type RowChange } from './change-rows.ts'
import type { OutboxRow } from './due-rows.ts'
import type { CallOutcome } from './lanes.ts'
import { lateStep, unknownStep } from './late-reply.ts'
import { type SingleCall, takeReplyStep } from './prepare-calls.ts'
import { dissolveBatch, endBatch, retryBatch, type SharedCall } from './shared-calls.ts'

export type Call = SingleCall | SharedCall

const PERSON_PAUSE_MS = 60_000
/** A reply is worth nothing after its minute. */
const REPLY_RETRY_MOST_MS = 4000
const PUSH_RETRY_MOST_MS = 300_000

/** What a call's outcome tells about LINE as a whole. */
export function outcomeOf(result: SendResult): CallOutcome {
  if (result.kind === 'rate-limited') return 'rate-limited'
  if (result.kind === 'unreachable') return 'silent'
  return result.kind === 'refused' && result.ofAccount ? 'account-refused' : 'answered'
}

/** Writes down what became of a call, for each message in it. */
export function settleCall(tx: Tx, call: Call, result: SendResult, now: number): void {
  if (result.kind === 'monthly-limit') markExhausted(tx, now)
  if (call.kind === 'multicast') {
    settleBatch(tx, call, result, now)
    return
  }
  const { row } = call
  if (result.kind === 'accepted') {
    noteAccepted(tx, row.id, { requestId: result.requestId, at: now })
    if (call.kind === 'push') countSent(tx, 1, now)
  } else if (result.kind === 'invalid-reply-token') {
    // Used up or too old. On the first try nothing was sent; after a try of unknown fate it probably landed.
    takeReplyStep(tx, row, row.attempts === 1 ? lateStep(row, now) : unknownStep(row), now)
  } else changeRow(tx, row.id, changeAfter(call, result, now), now)
}

type Failure = Exclude<SendResult, { kind: 'accepted' | 'invalid-reply-token' }>

function changeAfter({ kind, row }: SingleCall, result: Failure, now: number): RowChange {
  switch (result.kind) {
    case 'refused':
      return result.ofAccount ? { ...undoTry(row), error: wordsOf(result) } : { state: 'dead', error: wordsOf(result) }
    case 'rate-limited':
    case 'monthly-limit':
      // The pause is everybody's, not this row's.
      return { ...undoTry(row), error: result.words }
    case 'too-many-to-one': {
      const notBefore = now + backoffMs(0, { firstMs: PERSON_PAUSE_MS, mostMs: PERSON_PAUSE_MS })
      return { ...undoTry(row), notBefore, waitsFor: 'person', error: result.words }
    }
    case 'unreachable': {
      const mostMs = kind === 'reply' ? REPLY_RETRY_MOST_MS : PUSH_RETRY_MOST_MS
      const notBefore = now + backoffMs(row.attempts, { firstMs: 300, mostMs })
      const undone = result.nothingSent ? undoTry(row) : {}
      return { ...undone, notBefore, waitsFor: 'retry', error: result.words }
    }
  }
}

/**
 * The try surely left nothing behind: a reply token is still good, a retry key unused. Without an earlier try of unknown fate a notice
 * is rendered anew next time, so that what was done meanwhile drops out.
 */
function undoTry(row: OutboxRow): RowChange {
  if (row.attempts > 1) return { attempts: row.attempts - 1 }
  return { attempts: 0, firstTriedAt: null, ...(keepsWords(row) ? {} : { payload: null }) }
}

/** An answer has nothing but its words; what was a reply may say by now that it is sent again. */
const keepsWords = (row: OutboxRow): boolean => isAnswer(row) || row.replyToken !== null

const wordsOf = (result: Extract<SendResult, { kind: 'refused' }>): string => `${result.status} ${result.words}`

function settleBatch(tx: Tx, { batch }: SharedCall, result: SendResult, now: number): void {
  if (result.kind === 'accepted') {
    countSent(tx, batch.recipients, now)
    endBatch(tx, batch, { state: 'accepted', requestId: result.requestId }, now)
    return
  }
  const error =
    result.kind === 'invalid-reply-token' ? result.kind : 'status' in result ? wordsOf(result) : result.words
  const ofCall = result.kind === 'invalid-reply-token' || (result.kind === 'refused' && !result.ofAccount)
  const nothingSent = result.kind !== 'unreachable' || result.nothingSent
  // One bad recipient has the whole call refused: each for itself shows which.
  if (ofCall) dissolveBatch(tx, batch, { error, alone: true }, now)
  // After an earlier try of unknown fate the same recipients must be asked for again; else everybody is looked at afresh.
  else if (nothingSent && batch.attempts === 1) dissolveBatch(tx, batch, { error, alone: false }, now)
  else retryBatch(tx, batch, { error, counts: !nothingSent }, now)
}
