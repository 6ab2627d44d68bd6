import { text } from '../../bot/cards/messages.ts'
import { SENT_AGAIN } from '../../bot/words/delivery-words.ts'
import type { Tx } from '../../db/open.ts'
import { NOBODY_WAITS } from '../../workflow/dead-letters.ts'
import { changeRow, noteTry } from './change-rows.ts'
import type { OutboxRow } from './due-rows.ts'
import { replyStep } from './late-reply.ts'
import { type Bytes, type BytesDeps, messageBytes } from './message-bytes.ts'
import { leaveTry, outdatedTry } from './outdated-try.ts'

/** A call that is to be made: the row as it was noted before it. */
export type SingleCall = { kind: 'reply' | 'push'; row: OutboxRow & { payload: string } }

/** LINE keeps a retry key for 24 hours; a few minutes are left for clocks that differ. */
const RETRY_KEY_LIFE_MS = 24 * 60 * 60_000 - 5 * 60_000
const MOST_RENDERINGS = 5
const MOST_MESSAGES = 5

/** The call for a reply, or null when it becomes a push, ends, or cannot be rendered. */
export function prepareReply(deps: BytesDeps, tx: Tx, row: OutboxRow, now: number): SingleCall | null {
  const step = replyStep(row, now)
  if (step !== 'try') {
    takeReplyStep(tx, row, step, now)
    return null
  }
  return prepare(deps, tx, { kind: 'reply', row }, now)
}

export function takeReplyStep(
  tx: Tx,
  row: OutboxRow,
  step: 'push' | 'drop' | 'send-again' | 'unknown',
  now: number,
): void {
  const asPush = { channel: 'push', attempts: 0, firstTriedAt: null, notBefore: 0, waitsFor: null } as const
  switch (step) {
    case 'push':
      changeRow(tx, row.id, asPush, now)
      return
    case 'drop':
      changeRow(tx, row.id, { state: 'dropped', error: NOBODY_WAITS }, now)
      return
    case 'send-again':
      changeRow(tx, row.id, { ...asPush, payload: sayingSo(row.payload), error: SENT_AGAIN_ERROR }, now)
      return
    case 'unknown':
      changeRow(tx, row.id, { state: 'unknown', error: 'the reply was tried before and its token is spent' }, now)
      return
  }
}

export const SENT_AGAIN_ERROR = 'sent again by push: nobody knows whether the reply arrived'

function sayingSo(payload: string | null): string {
  const messages = JSON.parse(payload ?? '[]') as unknown[]
  return JSON.stringify([text(SENT_AGAIN), ...messages].slice(0, MOST_MESSAGES))
}

/** The call for a push; `bytes` when they were just made. */
export function preparePush(
  deps: BytesDeps,
  tx: Tx,
  input: { row: OutboxRow; bytes?: Bytes },
  now: number,
): SingleCall | null {
  const { row, bytes } = input
  if (row.firstTriedAt !== null && now - row.firstTriedAt > RETRY_KEY_LIFE_MS) {
    changeRow(tx, row.id, { state: 'dead', error: row.error ?? 'LINE was not reached within 24 hours' }, now)
    return null
  }
  const outdated = outdatedTry(deps, tx, row)
  if (outdated) {
    leaveTry(tx, row, outdated, now)
    return null
  }
  return prepare(deps, tx, { kind: 'push', row, ...(bytes ? { bytes } : {}) }, now)
}

function prepare(
  deps: BytesDeps,
  tx: Tx,
  input: { kind: 'reply' | 'push'; row: OutboxRow; bytes?: Bytes },
  now: number,
): SingleCall | null {
  const { kind, row } = input
  const bytes = input.bytes ?? messageBytes(deps, tx, row)
  if (bytes.kind !== 'bytes') {
    endWithoutBytes(tx, row, bytes.kind, now)
    return null
  }
  const { payload } = bytes
  const noted = noteTry(tx, row, { payload, at: now })
  return noted ? { kind, row: { ...noted, payload } } : null
}

/** Pointless ones drop out; what cannot be rendered is tried again, and in the end set aside. */
export function endWithoutBytes(tx: Tx, row: OutboxRow, why: 'pointless' | 'failed', now: number): void {
  if (why === 'pointless') {
    changeRow(tx, row.id, { state: 'dropped' }, now)
    return
  }
  const attempts = row.attempts + 1
  const change =
    attempts >= MOST_RENDERINGS
      ? ({ state: 'dead', error: 'rendering failed' } as const)
      : { attempts, notBefore: now + 1000 * 2 ** attempts }
  changeRow(tx, row.id, change, now)
}
