import { activeRound } from '../workflow/rounds.ts'
import { weeklyCardWeek } from '../workflow/rules/weekly-card-week.ts'
import { queueWeeklyCards } from '../workflow/weekly-cards.ts'
import type { Job } from './runner.ts'
import { type SliceDeps, sliceJob } from './slice-job.ts'

/** So few at once that webhooks are answered in between. */
const AT_ONCE = 200

/** Once a week, on its first working morning while the round is open: the executives' card. */
export function weeklyCardJob(deps: SliceDeps): Job {
  return sliceJob(deps, {
    name: 'weekly-card',
    everyMs: 60_000,
    slice(tx, now) {
      const round = activeRound(tx)
      const week = round ? weeklyCardWeek(round, now) : null
      if (!round || week === null) return null
      return queueWeeklyCards(tx, { roundId: round.id, week, limit: AT_ONCE }, now) || null
    },
  })
}
