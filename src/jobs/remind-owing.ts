import { setImmediate as breathe } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import type { Clock } from '../clock.ts'
import { type Db, type Tx, transact } from '../db/open.ts'
import { readTogether } from '../db/read-together.ts'
import { units } from '../db/schema.ts'
import { planDepartment, planProvince } from '../workflow/remind-plan.ts'
import { type ReminderPass, remindDepartment, reminderPass, remindProvince } from '../workflow/remind-tick.ts'
import { lapseRequests } from '../workflow/reopening.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

export type RemindOwingDeps = { db: Db; clock: Clock; wakeOutbox: () => void }

/** One pass is enough for a moment; who joins later, or whose quiet hours end, is found by another look. */
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

function passNow(deps: Pick<RemindOwingDeps, 'db' | 'clock'>): ReminderPass | null {
  return readTogether(deps.db, (tx) => {
    const department = tx.select({ id: units.id }).from(units).where(eq(units.level, 'department')).get()
    return department ? reminderPass(tx, { departmentId: department.id }, deps.clock.now()) : null
  })
}

/** Province by province, so that webhooks are answered in between; false when it was stopped on the way. */
async function remindAll(deps: RemindOwingDeps, pass: ReminderPass, signal: AbortSignal): Promise<boolean> {
  const steps = [
    ...pass.provinceIds.map((provinceId) => ({
      anything: (tx: Tx, now: number) => planProvince(tx, { ...pass, provinceId }, now).length > 0,
      remind: (tx: Tx, now: number) => remindProvince(tx, { ...pass, provinceId }, now),
    })),
    {
      anything: (tx: Tx, now: number) => planDepartment(tx, pass, now).length > 0,
      remind: (tx: Tx, now: number) => remindDepartment(tx, pass, now),
    },
  ]
  for (const { anything, remind } of steps) {
    if (signal.aborted) return false
    // Most looks find nothing, and a look keeps nobody from writing.
    if (readTogether(deps.db, (tx) => anything(tx, deps.clock.now()))) {
      const told = transact(deps.db, (tx) => remind(tx, deps.clock.now()))
      if (told > 0) deps.wakeOutbox()
    }
    await breathe()
  }
  return true
}

/** What one look of the job does, for `lec reminders send`: returns how many people were told. */
export async function remindOnce(deps: Pick<RemindOwingDeps, 'db' | 'clock'>): Promise<number> {
  const pass = passNow(deps)
  if (!pass) return 0
  let told = 0
  for (const provinceId of pass.provinceIds) {
    told += transact(deps.db, (tx) => remindProvince(tx, { ...pass, provinceId }, deps.clock.now()))
    await breathe()
  }
  return told + transact(deps.db, (tx) => remindDepartment(tx, pass, deps.clock.now()))
}
