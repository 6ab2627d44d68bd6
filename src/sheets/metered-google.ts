import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../app-error.ts'
import type { Db } from '../db/open.ts'
import type { GoogleIdentity } from './google-clients.ts'
import { googleError, googleFailureOf } from './google-errors.ts'
import { closeQuota, GOOGLE_LIMITS, type QuotaBucket, type QuotaLimits, takeQuota } from './quota.ts'

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

/** A person who waits is worth holding the request this long for the next minute's budget. */
const URGENT_WAIT_MS = 10_000

export function meterGoogle(options: {
  identities: readonly GoogleIdentity[]
  db: Db
  platformNow: () => number
  limits?: QuotaLimits
}): Google {
  const { identities, db, platformNow } = options
  const limits = options.limits ?? GOOGLE_LIMITS
  const owner = identities[0]
  if (!owner) throw new AppError('No Google service account is configured', { code: 'bad-config' })

  const grant = async (request: GoogleRequest): Promise<GoogleIdentity> => {
    const urgent = request.urgent ?? false
    // Only the first identity is surely an organizer, and Drive's limits are wide: files are handled by it alone.
    const candidates = request.bucket === 'drive' ? [owner] : identities
    for (;;) {
      const now = platformNow()
      const taken = takeQuota(db, { bucket: request.bucket, urgent, identities: candidates, limits, platformNow: now })
      if (taken.ok) return taken.identity
      if (!urgent || taken.retryAt - now > URGENT_WAIT_MS) {
        throw new AppError(`Our own budget of Google requests (${request.bucket}) is used up for this minute`, {
          code: 'quota',
          retry: true,
          cause: { kind: 'quota', status: null, reason: 'own-budget', retryAt: taken.retryAt },
        })
      }
      await wait(taken.retryAt - now)
    }
  }

  return {
    identities,
    owner,
    async ask(request, work) {
      const identity = await grant(request)
      try {
        return await work(identity)
      } catch (error) {
        const told = googleError(error, request.what)
        if (googleFailureOf(told)?.kind === 'quota') {
          closeQuota(db, { bucket: request.bucket, identity, limits, platformNow: platformNow() })
        }
        throw told
      }
    },
  }
}
