import type { Clock } from '../clock.ts'
import { type Db, transact } from '../db/open.ts'
import { readTogether } from '../db/read-together.ts'
import { forgetLaoFigures, keepLaoFigures, laoFigureMissing } from '../workflow/lao-figures.ts'
import { activeRound } from '../workflow/rounds.ts'
import type { Job } from './runner.ts'

/** A few milliseconds of work: webhooks are answered in between. */
const AT_ONCE = 100

/**
 * Computes the figures of LAOs that were forgotten because something changed, so that the nation's overview finds nearly all of
 * them kept. Without it the overview is as right, only slower; two processes may share the work.
 */
export function keepFiguresJob(deps: { db: Db; clock: Pick<Clock, 'now'> }, options: { everyMs?: number } = {}): Job {
  let started = false
  return {
    name: 'keep-figures',
    everyMs: options.everyMs ?? 2_000,
    async run(signal) {
      if (!started) transact(deps.db, forgetLaoFigures)
      started = true
      while (!signal.aborted && keepSome(deps) > 0) await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

function keepSome({ db, clock }: { db: Db; clock: Pick<Clock, 'now'> }): number {
  const now = clock.now()
  const waiting = readTogether(db, (tx) => {
    const round = activeRound(tx)
    return round && laoFigureMissing(tx, { roundId: round.id }, now) ? round.id : null
  })
  return waiting === null ? 0 : transact(db, (tx) => keepLaoFigures(tx, { roundId: waiting, limit: AT_ONCE }, now))
}
