import type { Logger } from 'pino'
import { AppError } from './app-error.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { OpenDatabase } from './db/open.ts'
import { openGoogleClients } from './sheets/google-clients.ts'
import { meterGoogle } from './sheets/metered-google.ts'
import type { SheetDeps } from './sheets/sheet-deps.ts'
import { queueNotice, URGENCY } from './workflow/notice.ts'

/** A person in chat waits for some of these calls; what takes longer is tried again. */
const GOOGLE_TIMEOUT_MS = 20_000

/** What the Google side works with; AppError `bad-config` when there are no Google settings. */
export function openSheetDeps(input: { config: Config; database: OpenDatabase; clock: Clock; log: Logger }): SheetDeps {
  const { config, database, clock, log } = input
  if (!config.google) throw new AppError('There are no Google settings', { code: 'bad-config' })
  const { credentials, sheetsRootUrl, driveRootUrl, tokenUrl, sharedDriveId } = config.google
  const identities = openGoogleClients({
    credentials,
    sheetsRootUrl,
    driveRootUrl,
    tokenUrl,
    timeoutMs: GOOGLE_TIMEOUT_MS,
  })
  const google = meterGoogle({ identities, db: database.db, platformNow: clock.platformNow })
  return {
    db: database.db,
    google,
    driveId: sharedDriveId,
    clock,
    log,
    onAddress(tx, { personId, unitId, roundId, email, state }) {
      if (state === 'refused') {
        const notice = { type: 'google-address-refused', email } as const
        queueNotice(tx, { personId, notice, urgency: URGENCY.actNow }, clock.now())
      } else {
        const notice = { type: 'sheet-ready', unitId, roundId } as const
        queueNotice(tx, { personId, notice, urgency: URGENCY.result }, clock.now())
      }
    },
  }
}
