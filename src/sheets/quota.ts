import { and, eq, gt, gte, inArray, lt, max, min, sql, sum } from 'drizzle-orm'
import { type Db, type Tx, transact } from '../db/open.ts'
import { quotaPauses, quotaSlots } from '../db/schema.ts'

export type QuotaBucket = 'sheets-read' | 'sheets-write' | 'drive'
export type QuotaLimits = Record<QuotaBucket, { perProject: number; perIdentity: number }>

/** Google's published limits per minute: https://developers.google.com/workspace/sheets/api/limits */
export const GOOGLE_LIMITS: QuotaLimits = {
  'sheets-read': { perProject: 300, perIdentity: 60 },
  'sheets-write': { perProject: 300, perIdentity: 60 },
  drive: { perProject: 12_000, perIdentity: 6_000 },
}

export type QuotaCandidate = { email: string; project: string }
/** `retryAt` is the platform's clock. */
export type QuotaGrant<C> = { ok: true; identity: C; at: number } | { ok: false; retryAt: number }

const MINUTE_MS = 60_000
const SLOT_MS = 100
/** How much later than granted a request may be counted by Google; what takes longer is moved in the ledger (`moveUse`). */
export const ON_THE_WAY_MS = 500
/** Nobody says how Google's minute is cut: a window that slides is the strictest, and holds for any other. */
const WINDOW_MS = MINUTE_MS + SLOT_MS + ON_THE_WAY_MS
/** What background work leaves to people who wait, so that they get in at once beside a worker that uses all it may. */
const RESERVE = 0.013
/** Below this share of the budget nothing is slowed: a few edits after a quiet time are read at once. */
const UNPACED = 0.5

/**
 * Takes one request out of what Google allows the identity that is free first, and its project, or says when to ask again.
 * A person who waits is held up by the limits alone. Background work is spread over the minute as well, so that places
 * become free all the time rather than all at once.
 */
export function takeQuota<C extends QuotaCandidate>(
  db: Db,
  ask: { bucket: QuotaBucket; urgent: boolean; identities: readonly C[]; limits: QuotaLimits; platformNow: number },
): QuotaGrant<C> {
  const { bucket, urgent, identities, platformNow } = ask
  const limit = ask.limits[bucket]
  return transact(db, (tx) => {
    const payers = new Set(identities.flatMap((identity) => [identity.email, projectName(identity)]))
    const window = readWindow(tx, { payers: [...payers], bucket, platformNow })
    const freeAt = (payer: string, allowed: number) =>
      nextFree({ use: window.get(payer) ?? UNUSED, allowed, urgent, platformNow })
    const first = identities
      .map((identity) => ({
        identity,
        at: Math.max(freeAt(identity.email, limit.perIdentity), freeAt(projectName(identity), limit.perProject)),
        used: window.get(identity.email)?.used ?? 0,
      }))
      .sort((a, b) => a.at - b.at || a.used - b.used)[0]
    if (!first) return { ok: false, retryAt: platformNow + MINUTE_MS }
    if (first.at > platformNow) return { ok: false, retryAt: first.at }
    for (const payer of [first.identity.email, projectName(first.identity)]) {
      addUse(tx, { payer, bucket, at: platformNow, used: 1, grantedAt: platformNow })
    }
    return { ok: true, identity: first.identity, at: platformNow }
  })
}

/** A request that was long on its way was perhaps counted by Google only now. */
export function moveUse(
  db: Db,
  moved: { bucket: QuotaBucket; identity: QuotaCandidate; grantedAt: number; platformNow: number },
): void {
  const { bucket, identity, grantedAt, platformNow } = moved
  transact(db, (tx) => {
    for (const payer of [identity.email, projectName(identity)]) {
      addUse(tx, { payer, bucket, at: grantedAt, used: -1, grantedAt: 0 })
      addUse(tx, { payer, bucket, at: platformNow, used: 1, grantedAt: 0 })
    }
  })
}

/**
 * Google has refused for quota although we counted: somebody else uses it too. Background work stays away past the window,
 * longer each time, never all at the same moment; `retryAfterMs` is Google's own word and goes before ours.
 */
export function pauseQuota(
  db: Db,
  told: {
    bucket: QuotaBucket
    identity: QuotaCandidate
    /** Whose quota it is, as far as Google says so. */
    whose: 'identity' | 'project'
    retryAfterMs: number | null
    platformNow: number
    random?: () => number
  },
): number {
  const { bucket, platformNow, random = Math.random } = told
  const payer = told.whose === 'project' ? projectName(told.identity) : told.identity.email
  return transact(db, (tx) => {
    const key = and(eq(quotaPauses.payer, payer), eq(quotaPauses.bucket, bucket))
    const known = tx.select().from(quotaPauses).where(key).get()
    // Several requests on the way hear the same: that is one refusal.
    if (known && known.until > platformNow && told.retryAfterMs === null) return known.until
    const again = known !== undefined && platformNow - known.until < 2 * MINUTE_MS
    const strikes = again ? known.strikes + 1 : 1
    const own = MINUTE_MS * Math.min(10, 2 ** (strikes - 1))
    const until = Math.ceil(platformNow + (told.retryAfterMs ?? own) + random() * 10_000)
    const values = { payer, bucket, until: Math.max(until, known?.until ?? 0), strikes }
    tx.insert(quotaPauses)
      .values(values)
      .onConflictDoUpdate({ target: [quotaPauses.payer, quotaPauses.bucket], set: values })
      .run()
    return values.until
  })
}

type Use = {
  used: number
  /** When the oldest use leaves the window. */
  oldestLeavesAt: number
  lastGrantAt: number
  pausedUntil: number
}

const UNUSED: Use = { used: 0, oldestLeavesAt: 0, lastGrantAt: 0, pausedUntil: 0 }

function nextFree(input: { use: Use; allowed: number; urgent: boolean; platformNow: number }): number {
  const { use, allowed, urgent, platformNow } = input
  if (urgent) return use.used < allowed ? platformNow : use.oldestLeavesAt
  const budget = allowed - Math.max(1, Math.floor(allowed * RESERVE))
  const left = budget - use.used
  if (left <= 0) return Math.max(use.oldestLeavesAt, use.pausedUntil)
  if (use.used < budget * UNPACED) return Math.max(platformNow, use.pausedUntil)
  // What is left must last until more becomes free; half the even step lets a late timer catch up.
  const step = Math.max(WINDOW_MS / budget / 2, (use.oldestLeavesAt - platformNow) / left)
  return Math.max(platformNow, use.pausedUntil, Math.ceil(use.lastGrantAt + step))
}

function readWindow(tx: Tx, input: { payers: string[]; bucket: QuotaBucket; platformNow: number }): Map<string, Use> {
  const { payers, bucket, platformNow } = input
  const oldest = slotOf(platformNow - WINDOW_MS) + 1
  const rows = tx
    .select({
      payer: quotaSlots.payer,
      used: sum(quotaSlots.used).mapWith(Number),
      slot: min(quotaSlots.slot),
      grantedAt: max(quotaSlots.grantedAt),
    })
    .from(quotaSlots)
    .where(
      and(
        inArray(quotaSlots.payer, payers),
        eq(quotaSlots.bucket, bucket),
        gte(quotaSlots.slot, oldest),
        gt(quotaSlots.used, 0),
      ),
    )
    .groupBy(quotaSlots.payer)
    .all()
  const pauses = tx
    .select()
    .from(quotaPauses)
    .where(and(inArray(quotaPauses.payer, payers), eq(quotaPauses.bucket, bucket)))
    .all()
  const window = new Map<string, Use>()
  for (const { payer, used, slot, grantedAt } of rows) {
    const oldestLeavesAt = (slot ?? 0) * SLOT_MS + WINDOW_MS
    window.set(payer, { used, oldestLeavesAt, lastGrantAt: grantedAt ?? 0, pausedUntil: 0 })
  }
  for (const { payer, until } of pauses) window.set(payer, { ...(window.get(payer) ?? UNUSED), pausedUntil: until })
  return window
}

function addUse(
  tx: Tx,
  use: { payer: string; bucket: QuotaBucket; at: number; used: number; grantedAt: number },
): void {
  const { payer, bucket, used, grantedAt } = use
  const slot = slotOf(use.at)
  const target = [quotaSlots.payer, quotaSlots.bucket, quotaSlots.slot]
  tx.insert(quotaSlots)
    .values({ payer, bucket, slot, used, grantedAt })
    .onConflictDoUpdate({
      target,
      set: {
        used: sql`${quotaSlots.used} + ${used}`,
        grantedAt: sql`max(${quotaSlots.grantedAt}, ${grantedAt})`,
      },
    })
    .run()
  if (slot % 100 !== 0) return
  tx.delete(quotaSlots)
    .where(
      and(
        eq(quotaSlots.payer, payer),
        eq(quotaSlots.bucket, bucket),
        lt(quotaSlots.slot, slotOf(use.at - 2 * WINDOW_MS)),
      ),
    )
    .run()
}

const slotOf = (at: number) => Math.floor(at / SLOT_MS)

function projectName(identity: QuotaCandidate): string {
  return `project:${identity.project}`
}

/** When a new minute begins: long enough a pause for somebody who was told that the quota is used up. */
export function nextMinute(platformNow: number): number {
  return (Math.floor(platformNow / MINUTE_MS) + 1) * MINUTE_MS
}
