import type { Logger } from 'pino'
import type { LineClient } from './bot/line-client.ts'
import { type OpenDatabase, transact } from './db/open.ts'
import { errorFacts } from './jobs/error-facts.ts'
import { keepOwnAddress, ownAddresses } from './workflow/own-addresses.ts'

/** Who we are on LINE; `userId` null: LINE could not be asked, `basicId` is then what it said last time. */
export type OwnAccount = { userId: string | null; basicId: string | null }

/**
 * Asks LINE who we are, registers the webhook below `web`, and keeps both addresses for `lec`. LINE out of reach does not keep the
 * product from starting.
 */
export async function introduce(input: {
  line: LineClient
  database: OpenDatabase
  /** Our web server as LINE and people find it; null when nobody told us. */
  web: string | null
  log: Logger
}): Promise<OwnAccount> {
  const { line, database, web, log } = input
  const { db } = database
  transact(db, (tx) => keepOwnAddress(tx, 'web', web))
  try {
    if (web) await line.setWebhookEndpoint(`${web}/line/webhook`)
    else log.warn('PUBLIC_URL is not set: enter the webhook address in the LINE Developers Console yourself')
    const { userId, basicId } = await line.botInfo()
    transact(db, (tx) => keepOwnAddress(tx, 'lineBasicId', basicId))
    return { userId, basicId }
  } catch (error) {
    log.error(errorFacts(error), 'LINE could not be asked who we are; webhooks are taken in without that check')
    return { userId: null, basicId: transact(db, (tx) => ownAddresses(tx)).lineBasicId }
  }
}
