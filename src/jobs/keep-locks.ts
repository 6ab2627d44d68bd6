import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import type { SheetFileId } from '../db/ids.ts'
import { transact } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import { setFileLock } from '../sheets/lock-file.ts'
import type { SheetDeps, SheetFile } from '../sheets/sheet-deps.ts'
import { openRunOf } from '../workflow/confirm-run.ts'
import { errorFacts } from './error-facts.ts'
import { backoffMs } from './job-backoff.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'

const LEASE_MS = 60_000

/** Brings every file's lock to where the chain wants it: shut while confirmed, open after reopening. */
export function keepLocksJob(deps: SheetDeps, options: { everyMs?: number } = {}): Job {
  const pauses = new Map<SheetFileId, { attempts: number; until: number }>()
  return {
    name: 'keep-locks',
    everyMs: options.everyMs ?? 1_000,
    async run(signal) {
      await withLease(deps.db, 'keep-locks', LEASE_MS, deps.clock.platformNow, async () => {
        for (const file of filesToTurn(deps)) {
          if (signal.aborted) return
          const pause = pauses.get(file.id)
          if (pause && pause.until > deps.clock.platformNow()) continue
          try {
            await turnLock(deps, file)
            pauses.delete(file.id)
          } catch (error) {
            const attempts = pause?.attempts ?? 0
            const until = deps.clock.platformNow() + backoffMs(attempts, { firstMs: 2_000, mostMs: 300_000 })
            pauses.set(file.id, { attempts: attempts + 1, until })
            deps.log.warn(
              { sheetFileId: file.id, wanted: file.lockWanted, error: errorFacts(error) },
              'lock not turned; tried again later',
            )
          }
        }
      })
    },
  }
}

function filesToTurn(deps: SheetDeps): SheetFile[] {
  return transact(deps.db, (tx) =>
    tx
      .select()
      .from(sheetFiles)
      .where(
        and(
          isNotNull(sheetFiles.spreadsheetId),
          inArray(sheetFiles.state, ['ok', 'header_broken', 'tab_missing']),
          ne(sheetFiles.locked, sheetFiles.lockWanted),
        ),
      )
      .all()
      // A confirmation that runs turns the lock itself.
      .filter((file) => openRunOf(tx, file.unitId) === null),
  )
}

async function turnLock(deps: SheetDeps, file: SheetFile): Promise<void> {
  if (!file.spreadsheetId) return
  const locked = file.lockWanted
  await setFileLock(deps.google, { spreadsheetId: file.spreadsheetId, locked, urgent: false })
  transact(deps.db, (tx) =>
    tx
      .update(sheetFiles)
      // What could not be written into the locked sheet is written now.
      .set({ locked, ...(locked ? {} : { dirtyAt: deps.clock.platformNow() }) })
      .where(eq(sheetFiles.id, file.id))
      .run(),
  )
}
