import { setTimeout as realWait } from 'node:timers/promises'
import { AppError } from '../app-error.ts'
import type { Db } from '../db/open.ts'
import type { GoogleIdentity } from './google-clients.ts'
import { googleError, googleFailureOf } from './google-errors.ts'
import {
  GOOGLE_LIMITS,
  moveUse,
  ON_THE_WAY_MS,
  pauseQuota,
  type QuotaBucket,
  type QuotaGrant,
  type QuotaLimits,
  takeQuota,
} from './quota.ts'
import { openWaitingLine, type Turn, type WaitingLine } from './waiting-line.ts'

export type GoogleRequest = {
  bucket: QuotaBucket
  /** A person waits for the answer in chat: goes before background work. */
  urgent?: boolean
  /** For messages and logs, in English, without names or ids of people: "read the roster". */
  what: string
}

/** Every request of the product to Google goes through `ask`: it takes quota, picks the identity, sorts out failures. */
export type Google = {
  identities: readonly GoogleIdentity[]
  /** The shared drive's organizer that creates, shares and locks files. */
  owner: GoogleIdentity
  ask<T>(request: GoogleRequest, work: (identity: GoogleIdentity) => Promise<T>): Promise<T>
}

/** A request waits this long for its turn; when the turn is further off (Google has refused), its caller is told. */
const LONGEST_WAIT_MS = { urgent: 10_000, background: 5_000 }

const BUCKETS: readonly QuotaBucket[] = ['sheets-read', 'sheets-write', 'drive']

export function meterGoogle(options: {
  identities: readonly GoogleIdentity[]
  db: Db
  platformNow: () => number
  limits?: QuotaLimits
  /** Passes with `platformNow`: a bench runs a nation on a clock of its own. */
  wait?: (ms: number) => Promise<unknown>
}): Google {
  const { identities, db, platformNow, limits = GOOGLE_LIMITS, wait = realWait } = options
  const owner = identities[0]
  if (!owner) throw new AppError('No Google service account is configured', { code: 'bad-config' })

  const take = (bucket: QuotaBucket, urgent: boolean): QuotaGrant<GoogleIdentity> => {
    // Only the first identity is surely an organizer, and Drive's limits are wide: files are handled by it alone.
    const candidates = bucket === 'drive' ? [owner] : identities
    const now = platformNow()
    const grant = takeQuota(db, { bucket, urgent, identities: candidates, limits, platformNow: now })
    if (grant.ok || grant.retryAt - now <= LONGEST_WAIT_MS[urgent ? 'urgent' : 'background']) return grant
    throw new AppError(`Google's quota (${bucket}) is used up for now`, {
      code: 'quota',
      retry: true,
      cause: { kind: 'quota', status: null, reason: OWN_BUDGET, retryAt: grant.retryAt },
    })
  }
  const lines = new Map<QuotaBucket, WaitingLine<Turn<GoogleIdentity>>>(
    BUCKETS.map((bucket) => [
      bucket,
      openWaitingLine({ take: (urgent) => take(bucket, urgent), pause: (retryAt) => wait(retryAt - platformNow()) }),
    ]),
  )

  return {
    identities,
    owner,
    async ask({ bucket, urgent = false, what }, work) {
      const line = lines.get(bucket)
      if (!line) throw new Error(`no quota is known for ${bucket}`)
      const { identity, at } = await line.enter(urgent)
      try {
        return await work(identity)
      } catch (error) {
        const told = googleError(error, what)
        const failure = googleFailureOf(told)
        if (failure?.kind === 'quota' && failure.whose !== 'sharing') {
          const whose = failure.whose ?? 'project'
          const retryAfterMs = failure.retryAfterMs ?? null
          pauseQuota(db, { bucket, identity, whose, retryAfterMs, platformNow: platformNow() })
        }
        throw told
      } finally {
        const now = platformNow()
        if (now - at > ON_THE_WAY_MS) moveUse(db, { bucket, identity, grantedAt: at, platformNow: now })
      }
    },
  }
}

const OWN_BUDGET = 'own-budget'

/** Whether it only was not our turn yet: no failure, nothing to count or to warn of. Gives the time of the next try. */
export function notYetOurTurn(error: unknown): { retryAt: number } | null {
  const failure = googleFailureOf(error)
  if (failure?.reason !== OWN_BUDGET || !('retryAt' in failure)) return null
  return { retryAt: Number(failure.retryAt) }
}
