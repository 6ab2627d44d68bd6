import type { Logger } from 'pino'
import type { HandleDeps } from '../../bot/handle-event.ts'
import { renderNotice } from '../../bot/render-notice.ts'
import type { Db, Tx } from '../../db/open.ts'
import type { Notice } from '../../workflow/notice.ts'
import { errorFacts } from '../error-facts.ts'
import type { OutboxRow } from './due-rows.ts'

export type Bytes = { kind: 'bytes'; payload: string } | { kind: 'pointless' } | { kind: 'failed' }
export type BytesDeps = { db: Db; log: Logger; handleDeps: () => HandleDeps }

/**
 * The messages of a row as JSON: those of its first try, else rendered as things stand now. What a failed rendering has written is
 * rolled back alone: others are prepared in the same transaction.
 */
export function messageBytes(deps: BytesDeps, tx: Tx, row: OutboxRow): Bytes {
  if (row.payload !== null) return { kind: 'bytes', payload: row.payload }
  const raw = deps.db.$client
  raw.exec('savepoint rendering')
  try {
    const context = { personId: row.personId, lineUserId: row.lineUserId, deps: deps.handleDeps() }
    const messages = renderNotice(tx, row.notice as Notice, context)
    return messages ? { kind: 'bytes', payload: JSON.stringify(messages) } : { kind: 'pointless' }
  } catch (error) {
    raw.exec('rollback to rendering')
    deps.log.error({ ...errorFacts(error), outboxId: row.id }, 'notice could not be put into words')
    return { kind: 'failed' }
  } finally {
    raw.exec('release rendering')
  }
}
