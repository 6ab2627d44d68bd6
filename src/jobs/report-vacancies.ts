import { setImmediate as breathe } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { type Db, transact } from '../db/open.ts'
import { activeRound, type Round } from '../workflow/rounds.ts'
import { vacancyDay } from '../workflow/rules/vacancy-day.ts'
import { reportVacancies, superiorsOfVacancies } from '../workflow/vacancies.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

export type ReportVacanciesDeps = { db: Db; clock: Pick<Clock, 'now' | 'platformNow'>; wakeOutbox: () => void }

/** Once a working day in office hours, before the round opens and while it is open: which units nobody is appointed for, to the level above. */
export function reportVacanciesJob(deps: ReportVacanciesDeps, options: { everyMs?: number } = {}): Job {
  let passed = ''
  return {
    name: 'report-vacancies',
    everyMs: options.everyMs ?? 60_000,
    async run(signal) {
      await withLease(deps.db, 'report-vacancies', 30_000, deps.clock.platformNow, async () => {
        const round = transact(deps.db, activeRound)
        const day = round ? vacancyDay(round, deps.clock.now()) : null
        const key = `${round?.id} ${day}`
        if (!round || day === null || key === passed) return
        if (await reportAll(deps, round, signal)) passed = key
      })
    },
  }
}

/** Unit by unit, so that webhooks are answered in between; false when it was stopped on the way. */
async function reportAll(deps: ReportVacanciesDeps, round: Round, signal: AbortSignal): Promise<boolean> {
  for (const superiorId of superiorsOfVacancies(deps.db, deps.clock.now())) {
    if (signal.aborted) return false
    const queued = transact(deps.db, (tx) => reportVacancies(tx, { round, superiorId }, deps.clock.now()))
    if (queued > 0) deps.wakeOutbox()
    await breathe()
  }
  return true
}
