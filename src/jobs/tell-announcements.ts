import { setImmediate as breathe } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { type Db, transact } from '../db/open.ts'
import { nextAnnouncementTelling, tellOfAnnouncement } from '../workflow/announcement-tellings.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

/** Tells of an announcement for the nation, province by province, so that webhooks are answered in between. */
export function tellAnnouncementsJob(deps: {
  db: Db
  clock: Pick<Clock, 'now' | 'platformNow'>
  wakeOutbox: () => void
}): Job {
  const { db, clock } = deps
  return {
    name: 'tell-announcements',
    everyMs: 2_000,
    async run(signal) {
      await withLease(db, 'tell-announcements', 30_000, clock.platformNow, async () => {
        while (!signal.aborted) {
          const queued = transact(db, (tx) => {
            const telling = nextAnnouncementTelling(tx)
            return telling === null ? null : tellOfAnnouncement(tx, telling, clock.now())
          })
          if (queued === null) return
          if (queued > 0) deps.wakeOutbox()
          await breathe()
        }
      })
    },
  }
}
