import { and, eq, lt, sql } from 'drizzle-orm'
import { type Db, type Tx, transact } from '../db/open.ts'
import { quotaLedger } from '../db/schema.ts'

export type QuotaBucket = 'sheets-read' | 'sheets-write' | 'drive'
export type QuotaLimits = Record<QuotaBucket, { perProject: number; perIdentity: number }>

/** Google's published limits per minute: https://developers.google.com/workspace/sheets/api/limits */
export const GOOGLE_LIMITS: QuotaLimits = {
  'sheets-read': { perProject: 300, perIdentity: 60 },
  'sheets-write': { perProject: 300, perIdentity: 60 },
  drive: { perProject: 12_000, perIdentity: 6_000 },
}

/** Work that nobody waits for leaves this share of every minute to people who do. */
const BACKGROUND_SHARE = 0.7
const MINUTE_MS = 60_000

export type QuotaCandidate = { email: string; project: string }
export type QuotaGrant<C> = { ok: true; identity: C } | { ok: false; retryAt: number }

/**
 * Takes one request out of the minute's budget of the identity that has most left, and of its project, in the ledger
 * that all processes share; or says when the next minute begins.
 */
export function takeQuota<C extends QuotaCandidate>(
  db: Db,
  ask: { bucket: QuotaBucket; urgent: boolean; identities: readonly C[]; limits: QuotaLimits; platformNow: number },
): QuotaGrant<C> {
  const minute = Math.floor(ask.platformNow / MINUTE_MS)
  const share = ask.urgent ? 1 : BACKGROUND_SHARE
  const limit = ask.limits[ask.bucket]
  return transact(db, (tx) => {
    const free = ask.identities
      .map((identity) => ({
        identity,
        own: limit.perIdentity * share - used(tx, { identity: identity.email, bucket: ask.bucket, minute }),
        shared: limit.perProject * share - used(tx, { identity: projectName(identity), bucket: ask.bucket, minute }),
      }))
      .filter(({ own, shared }) => own >= 1 && shared >= 1)
      .sort((a, b) => b.own - a.own)[0]
    if (!free) return { ok: false, retryAt: nextMinute(ask.platformNow) }
    add(tx, { identity: free.identity.email, bucket: ask.bucket, minute, amount: 1 })
    add(tx, { identity: projectName(free.identity), bucket: ask.bucket, minute, amount: 1 })
    return { ok: true, identity: free.identity }
  })
}

/** When a new minute's budget begins. */
export function nextMinute(platformNow: number): number {
  return (Math.floor(platformNow / MINUTE_MS) + 1) * MINUTE_MS
}

/** Google said 429: background work stops for the rest of the minute; what is left stays for people who wait. */
export function closeQuota(
  db: Db,
  told: { bucket: QuotaBucket; identity: QuotaCandidate; limits: QuotaLimits; platformNow: number },
): void {
  const minute = Math.floor(told.platformNow / MINUTE_MS)
  const background = Math.ceil(told.limits[told.bucket].perIdentity * BACKGROUND_SHARE)
  transact(db, (tx) => {
    const key = { identity: told.identity.email, bucket: told.bucket, minute }
    const missing = background - used(tx, key)
    if (missing > 0) add(tx, { ...key, amount: missing })
    tx.delete(quotaLedger)
      .where(lt(quotaLedger.minute, minute - 60))
      .run()
  })
}

type LedgerKey = { identity: string; bucket: string; minute: number }

function used(tx: Tx, key: LedgerKey): number {
  const row = tx
    .select({ used: quotaLedger.used })
    .from(quotaLedger)
    .where(
      and(
        eq(quotaLedger.identity, key.identity),
        eq(quotaLedger.bucket, key.bucket),
        eq(quotaLedger.minute, key.minute),
      ),
    )
    .get()
  return row?.used ?? 0
}

function add(tx: Tx, entry: LedgerKey & { amount: number }): void {
  const { amount, ...key } = entry
  tx.insert(quotaLedger)
    .values({ ...key, used: amount })
    .onConflictDoUpdate({
      target: [quotaLedger.identity, quotaLedger.bucket, quotaLedger.minute],
      set: { used: sql`${quotaLedger.used} + ${amount}` },
    })
    .run()
}

function projectName(identity: QuotaCandidate): string {
  return `project:${identity.project}`
}
