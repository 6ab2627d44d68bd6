import { AppError } from '../app-error.ts'
import type { UnitId } from '../db/ids.ts'
import { googleFailureOf } from '../sheets/google-errors.ts'
import { backoffMs } from './job-backoff.ts'

const UNIT = { firstMs: 2_000, mostMs: 600_000 }
/** Quotas are counted by the minute; sharing has a limit of its own that Google does not tell. */
const QUOTA = { firstMs: 60_000, mostMs: 600_000 }

export type Verdict =
  /** A budget is used up, nothing is wrong with the unit. */
  | 'later'
  /** May pass by itself. */
  | 'again'
  /** Will be the same next time. */
  | 'refused'

export type Pauses = ReturnType<typeof openPauses>

/** When Google may be asked again: for a unit, for anything at all, for sharing. On the platform clock. */
export function openPauses(platformNow: () => number) {
  const units = new Map<UnitId, { attempts: number; until: number }>()
  const whole = { until: 0, times: 0 }
  const sharing = { until: 0, times: 0 }

  function widen(pause: typeof whole, known?: number): void {
    pause.until = known ?? platformNow() + backoffMs(pause.times, QUOTA)
    pause.times += 1
  }

  return {
    mayShare: () => sharing.until <= platformNow(),
    /** When the unit's turn comes; a unit that only lacks sharing waits for that too. */
    dueAt: (unitId: UnitId, need: 'sheet' | 'sharing'): number =>
      Math.max(whole.until, units.get(unitId)?.until ?? 0, need === 'sharing' ? sharing.until : 0),
    attempts: (unitId: UnitId): number => units.get(unitId)?.attempts ?? 0,
    /** Another process is at it: a look again soon. */
    rest(unitId: UnitId): void {
      units.set(unitId, { attempts: 0, until: platformNow() + UNIT.firstMs })
    },
    done(unitId: UnitId, told: { shared: boolean }): void {
      units.delete(unitId)
      whole.times = 0
      if (told.shared) sharing.times = 0
    },
    failed(unitId: UnitId, error: unknown): Verdict {
      if (error instanceof AppError && error.code === 'quota') {
        const failure = googleFailureOf(error)
        if (failure?.reason === 'sharingRateLimitExceeded') widen(sharing)
        else widen(whole, retryAtOf(error))
        return 'later'
      }
      const attempts = units.get(unitId)?.attempts ?? 0
      units.set(unitId, { attempts: attempts + 1, until: platformNow() + backoffMs(attempts, UNIT) })
      return error instanceof AppError && error.retry ? 'again' : 'refused'
    },
  }
}

/** Our own budget says when it is there again. */
function retryAtOf(error: AppError): number | undefined {
  const cause = error.cause
  if (typeof cause !== 'object' || cause === null || !('retryAt' in cause)) return undefined
  return typeof cause.retryAt === 'number' ? cause.retryAt : undefined
}
