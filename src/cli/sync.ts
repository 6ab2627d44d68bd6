import { Command } from 'commander'
import { lte } from 'drizzle-orm'
import { transact } from '../db/open.ts'
import { sheetFiles } from '../db/schema.ts'
import { pollChangesJob } from '../jobs/poll-changes.ts'
import { provisionSheetsJob } from '../jobs/provision-sheets.ts'
import { syncSheetsJob } from '../jobs/sync-sheets.ts'
import { openLog } from '../log.ts'
import { openSheetDeps } from '../product-sheets.ts'
import { withGoogleSession } from './session.ts'

const TELL_EVERY_MS = 10_000

/** `lec sync --once`: one pass of the worker: missing sheets made, the change feed followed, changed sheets read. */
export function syncCommand(): Command {
  return new Command('sync')
    .description('อ่านตารางที่เปลี่ยนแปลงหนึ่งรอบ / follow the change feed once and read what changed')
    .requiredOption('--once', 'one pass; the running product does this by itself')
    .action(() =>
      withGoogleSession(async ({ config, clock, database }) => {
        const log = openLog(config.logLevel === 'info' ? 'warn' : config.logLevel)
        const deps = openSheetDeps({ config, database, clock, log })
        const { signal } = new AbortController()
        const waiting = () =>
          transact(
            database.db,
            (tx) =>
              tx
                .select({ id: sheetFiles.id })
                .from(sheetFiles)
                .where(lte(sheetFiles.dirtyAt, clock.platformNow()))
                .all().length,
          )
        await provisionSheetsJob(deps).run(signal)
        await pollChangesJob(deps).run(signal)
        const before = waiting()
        let toldAt = clock.platformNow()
        const onProgress = ({ done }: { done: number }) => {
          const now = clock.platformNow()
          if (now - toldAt < TELL_EVERY_MS) return
          toldAt = now
          const left = before - done
          const minutes = Math.ceil((((now - beganAt) / done) * Math.max(0, left)) / 60_000)
          console.error(`อ่านแล้ว ${done} จาก ${before} ไฟล์ เหลือประมาณ ${minutes} นาที`)
        }
        const beganAt = clock.platformNow()
        await syncSheetsJob(deps, { debounceMs: 0, onProgress }).run(signal)
        console.log(`อ่านตารางแล้ว ${before - waiting()} จาก ${before} ไฟล์ที่เปลี่ยนแปลง`)
      }),
    )
}
