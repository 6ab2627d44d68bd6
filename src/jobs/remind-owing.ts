import { eq } from 'drizzle-orm'
import type { Clock } from '../clock.ts'
import { type Db, transact } from '../db/open.ts'
import { units } from '../db/schema.ts'
import { type ReminderPass, reminderPass, remindProvince } from '../workflow/remind.ts'
import { lapseRequests } from '../workflow/reopening.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

export type RemindOwingDeps = { db: Db; clock: Clock; wakeOutbox: () => void }

/** One pass is enough for a moment; who joins later is found by another look. */
const LOOK_AGAIN_MS = 5 * 60_000

/** Looks at the clock: who owes what at a reminder's moment, and which requests lapse with a close. */
export function remindOwingJob(deps: RemindOwingDeps): Job {
  let passed = { key: '', at: 0 }
  return {
    name: 'remind-owing',
    everyMs: 2000,
    async run(signal) {
      await withLease(deps.db, 'remind-owing', 30_000, deps.clock.platformNow, async () => {
        const platformNow = deps.clock.platformNow()
        if (transact(deps.db, (tx) => lapseRequests(tx, deps.clock.now())) > 0) deps.wakeOutbox()
        const pass = passNow(deps)
        if (!pass || (pass.key === passed.key && platformNow - passed.at < LOOK_AGAIN_MS)) return
        if (await remindAll(deps, pass, signal)) passed = { key: pass.key, at: platformNow }
      })
    },
  }
}

function passNow(deps: RemindOwingDeps): ReminderPass | null {
  return transact(deps.db, (tx) => {
    const department = tx.select({ id: units.id }).from(units).where(eq(units.level, 'department')).get()
    return department ? reminderPass(tx, { departmentId: department.id }, deps.clock.now()) : null
  })
}

/** Province by province, so that webhooks are answered in between; false when it was stopped on the way. */
async function remindAll(deps: RemindOwingDeps, pass: ReminderPass, signal: AbortSignal): Promise<boolean> {
  const { round } = pass
  for (const provinceId of pass.provinceIds) {
    if (signal.aborted) return false
    const queued = transact(deps.db, (tx) => remindProvince(tx, { round, provinceId }, deps.clock.now()))
    if (queued > 0) deps.wakeOutbox()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return true
}
