import { setImmediate as breathe } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { type Db, transact } from '../db/open.ts'
import { activeRound } from '../workflow/rounds.ts'
import { weeklyCardWeek } from '../workflow/rules/weekly-card-week.ts'
import { queueWeeklyCards } from '../workflow/weekly-cards.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

/** So few at once that webhooks are answered in between. */
const AT_ONCE = 200

/** Once a week, on its first working morning while the round is open: the executives' card. */
export function weeklyCardJob(deps: {
  db: Db
  clock: Pick<Clock, 'now' | 'platformNow'>
  wakeOutbox: () => void
}): Job {
  const { db, clock } = deps
  return {
    name: 'weekly-card',
    everyMs: 60_000,
    async run(signal) {
      await withLease(db, 'weekly-card', 30_000, clock.platformNow, async () => {
        while (!signal.aborted) {
          const queued = transact(db, (tx) => {
            const round = activeRound(tx)
            const week = round ? weeklyCardWeek(round, clock.now()) : null
            if (!round || week === null) return 0
            return queueWeeklyCards(tx, { roundId: round.id, week, limit: AT_ONCE }, clock.now())
          })
          if (queued === 0) return
          deps.wakeOutbox()
          await breathe()
        }
      })
    },
  }
}
