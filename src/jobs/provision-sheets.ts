import { eq } from 'drizzle-orm'
import { AppError } from '../app-error.ts'
import type { RoundId, UnitId } from '../db/ids.ts'
import { transact } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import { provisionUnit, unitsWithSheets } from '../sheets/provision-unit.ts'
import { allOfficersAddresses } from '../sheets/share-file.ts'
import type { SheetDeps } from '../sheets/sheet-deps.ts'
import { activeRound } from '../workflow/rounds.ts'
import { errorFacts } from './error-facts.ts'
import { backoffMs } from './job-backoff.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

const LEASE_MS = 60_000

/** Units of the active round without their sheet get one; new officers get the right to edit, former ones lose it. */
export function provisionSheetsJob(deps: SheetDeps, options: { everyMs?: number } = {}): Job {
  const pauses = new Map<UnitId, { attempts: number; until: number }>()
  return {
    name: 'provision-sheets',
    everyMs: options.everyMs ?? 10_000,
    async run(signal) {
      await withLease(deps.db, 'provision-sheets', LEASE_MS, deps.clock.platformNow, async () => {
        const round = transact(deps.db, (tx) => activeRound(tx))
        if (!round) return
        for (const unitId of unitsInNeed(deps, round.id)) {
          if (signal.aborted) return
          const pause = pauses.get(unitId)
          if (pause && pause.until > deps.clock.platformNow()) continue
          try {
            await provisionUnit(deps, { unitId, roundId: round.id })
            pauses.delete(unitId)
          } catch (error) {
            // The minute's budget is used up: the units after this one would hear the same.
            if (error instanceof AppError && error.code === 'quota') return
            const attempts = pause?.attempts ?? 0
            const until = deps.clock.platformNow() + backoffMs(attempts, { firstMs: 2_000, mostMs: 600_000 })
            pauses.set(unitId, { attempts: attempts + 1, until })
            deps.log.warn({ unitId, error: errorFacts(error) }, 'sheet not provisioned; tried again later')
          }
        }
      })
    },
  }
}

/** Looked up in the database alone: Google is asked only where something is missing. */
function unitsInNeed(deps: SheetDeps, roundId: RoundId): UnitId[] {
  const now = deps.clock.now()
  return transact(deps.db, (tx) => {
    const files = new Map(
      tx
        .select()
        .from(sheetFiles)
        .where(eq(sheetFiles.roundId, roundId))
        .all()
        .map((file) => [file.unitId, file]),
    )
    const officers = allOfficersAddresses(tx, { now })
    return unitsWithSheets(tx, now).filter((unitId) => {
      const file = files.get(unitId)
      if (!file || file.state === 'creating') return true
      return file.state === 'ok' && !sharedRightly(file.sharedWith, [...(officers.get(unitId)?.keys() ?? [])])
    })
  })
}

function sharedRightly(sharedWith: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length === sharedWith.length && wanted.every((email) => sharedWith.includes(email))
}
