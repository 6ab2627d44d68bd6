import { and, asc, eq, gt, lte, or } from 'drizzle-orm'
import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { wrongCodes } from '../db/schema.ts'
import { hashOfCode } from './invitation-code.ts'

export const MOST_WRONG_CODES = 10
const WINDOW_MS = 60 * 60_000

/**
 * From when on codes of this chat are looked up again, when it has typed so many different wrong ones within an hour that it may be
 * guessing; null while they are. Until then a right code is as good as a wrong one.
 */
export function codesPausedUntil(tx: Tx, chatId: string, now: Instant): Instant | null {
  const ofLastHour = and(eq(wrongCodes.chatId, chatId), gt(wrongCodes.at, now - WINDOW_MS), lte(wrongCodes.at, now))
  const wrong = tx.select({ at: wrongCodes.at }).from(wrongCodes).where(ofLastHour).orderBy(asc(wrongCodes.at)).all()
  const oldest = wrong.at(-MOST_WRONG_CODES)
  return oldest ? oldest.at + WINDOW_MS : null
}

/** A code opened nothing. The same one again, by somebody who does not see the slip, is no further guess. */
export function noteWrongCode(tx: Tx, input: { chatId: string; code: string }, now: Instant): void {
  // What is later than now was noted before the clock was set back.
  tx.delete(wrongCodes)
    .where(or(lte(wrongCodes.at, now - WINDOW_MS), gt(wrongCodes.at, now)))
    .run()
  tx.insert(wrongCodes)
    .values({ chatId: input.chatId, codeHash: hashOfCode(input.code), at: now })
    .onConflictDoNothing()
    .run()
}
