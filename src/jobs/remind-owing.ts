import { eq } from 'drizzle-orm'
import type { Clock } from '../clock.ts'
import { type Db, transact } from '../db/open.ts'
import { units } from '../db/schema.ts'
import { remindOwing } from '../workflow/remind.ts'
import { lapseRequests } from '../workflow/reopening.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

export type RemindOwingDeps = { db: Db; clock: Clock; wakeOutbox: () => void }

/** Looks at the clock: who owes what at a reminder's moment, and which requests lapse with a close. */
export function remindOwingJob(deps: RemindOwingDeps): Job {
  return {
    name: 'remind-owing',
    everyMs: 2000,
    async run() {
      await withLease(deps.db, 'remind-owing', 30_000, deps.clock.platformNow, async () => {
        const queued = transact(deps.db, (tx) => {
          const now = deps.clock.now()
          const department = tx.select({ id: units.id }).from(units).where(eq(units.level, 'department')).get()
          if (!department) return 0
          return remindOwing(tx, { departmentId: department.id }, now) + lapseRequests(tx, now)
        })
        if (queued > 0) deps.wakeOutbox()
      })
    },
  }
}
