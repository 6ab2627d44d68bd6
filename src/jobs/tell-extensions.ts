import type { Clock } from '../clock.ts'
import { type Db, transact } from '../db/open.ts'
import { nextTelling, tellOfExtension } from '../workflow/extension-tellings.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

/** Tells of an extension for everyone, province by province, so that webhooks are answered in between. */
export function tellExtensionsJob(deps: { db: Db; clock: Clock; wakeOutbox: () => void }): Job {
  return {
    name: 'tell-extensions',
    everyMs: 2_000,
    async run(signal) {
      await withLease(deps.db, 'tell-extensions', 30_000, deps.clock.platformNow, async () => {
        while (!signal.aborted) {
          const queued = transact(deps.db, (tx) => {
            const telling = nextTelling(tx)
            return telling === null ? null : tellOfExtension(tx, telling, deps.clock.now())
          })
          if (queued === null) return
          if (queued > 0) deps.wakeOutbox()
          await new Promise((resolve) => setImmediate(resolve))
        }
      })
    },
  }
}
