import type { Clock } from '../clock.ts'
import { type Db, transact } from '../db/open.ts'
import { unsettledLocks, writeLocks } from '../workflow/settle-locks.ts'
import type { Job } from './runner.ts'

const AT_ONCE = 1_000

/**
 * Writes down which sheets are to be locked because their window has closed, or opened because an extension reaches them.
 * It talks to nobody: the job that keeps the locks carries it out at its own pace, and a kill loses nothing.
 */
export function lockAtCloseJob(deps: { db: Db; clock: Pick<Clock, 'now'> }, options: { everyMs?: number } = {}): Job {
  return {
    name: 'lock-at-close',
    everyMs: options.everyMs ?? 5_000,
    async run(signal) {
      while (!signal.aborted) {
        // Looked up outside a write transaction: almost always there is nothing to write.
        if (unsettledLocks(deps.db, deps.clock.now(), 1).length === 0) return
        transact(deps.db, (tx) => writeLocks(tx, unsettledLocks(tx, deps.clock.now(), AT_ONCE)))
      }
    },
  }
}
