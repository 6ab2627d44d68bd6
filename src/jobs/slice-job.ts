import { setImmediate as breathe } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import type { Instant } from '../db/ids.ts'
import { type Db, type Tx, transact } from '../db/open.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

export type SliceDeps = { db: Db; clock: Pick<Clock, 'now' | 'platformNow'>; wakeOutbox: () => void }

/**
 * A job that queues messages for many people in slices, each a transaction of its own, so that webhooks are answered in between.
 * `slice` returns how many it queued, or null when nothing is left.
 */
export function sliceJob(
  deps: SliceDeps,
  job: { name: string; everyMs: number; slice: (tx: Tx, now: Instant) => number | null },
): Job {
  const { db, clock } = deps
  const { name, everyMs, slice } = job
  return {
    name,
    everyMs,
    async run(signal) {
      await withLease(db, name, 30_000, clock.platformNow, async () => {
        while (!signal.aborted) {
          const queued = transact(db, (tx) => slice(tx, clock.now()))
          if (queued === null) return
          if (queued > 0) deps.wakeOutbox()
          await breathe()
        }
      })
    },
  }
}
