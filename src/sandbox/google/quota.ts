import { projectNumber } from './accounts.ts'
import { driveError, type GoogleError, sheetsError } from './google-error.ts'
import { readSettings } from './settings.ts'
import type { World } from './world.ts'

export type RequestKind = { service: 'sheets' | 'drive'; access: 'read' | 'write' }
export type Quota = {
  /** Counts one request, or answers the error that Google would give. */
  take: (kind: RequestKind, email: string) => GoogleError | undefined
  takeShare: (email: string) => GoogleError | undefined
}

const minute = 60_000

/** One-minute windows per project and per user, in memory: a restart is as good as a minute's wait. */
export function openQuota(world: World): Quota {
  const windows = new Map<string, number[]>()
  const recent = (key: string) => {
    const oldest = world.now() - minute
    const kept = (windows.get(key) ?? []).filter((at) => at > oldest)
    windows.set(key, kept)
    return kept
  }
  const takeAll = (limits: { key: string; limit: number }[]): number => {
    const over = limits.findIndex(({ key, limit }) => recent(key).length >= limit)
    if (over < 0) for (const { key } of limits) recent(key).push(world.now())
    return over
  }
  return {
    take: (kind, email) => {
      const settings = readSettings(world)
      if (kind.service === 'drive') {
        const over = takeAll([{ key: `drive ${email}`, limit: settings.drivePerMinutePerUser }])
        return over < 0 ? undefined : driveRateExceeded()
      }
      const read = kind.access === 'read'
      const perUser = read ? settings.readPerMinutePerUser : settings.writePerMinutePerUser
      const perProject = read ? settings.readPerMinutePerProject : settings.writePerMinutePerProject
      const over = takeAll([
        { key: `${kind.access} ${email}`, limit: perUser },
        { key: kind.access, limit: perProject },
      ])
      if (over < 0) return undefined
      return sheetsQuotaExceeded({
        access: kind.access,
        per: over === 0 ? 'user' : 'project',
        limit: over === 0 ? perUser : perProject,
      })
    },
    takeShare: (email) => {
      const over = takeAll([{ key: `share ${email}`, limit: readSettings(world).sharesPerMinute }])
      return over < 0 ? undefined : sharingRateExceeded()
    },
  }
}

export function sheetsQuotaExceeded(options: {
  access: 'read' | 'write'
  per: 'user' | 'project'
  limit: number
}): GoogleError {
  const word = options.access === 'read' ? 'Read' : 'Write'
  const per = options.per === 'user' ? ' per user' : ''
  const message = `Quota exceeded for quota metric '${word} requests' and limit '${word} requests per minute${per}' of service 'sheets.googleapis.com' for consumer 'project_number:${projectNumber}'.`
  return sheetsError(429, message, {
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'RATE_LIMIT_EXCEEDED',
        domain: 'googleapis.com',
        metadata: {
          service: 'sheets.googleapis.com',
          consumer: `projects/${projectNumber}`,
          quota_metric: `sheets.googleapis.com/${options.access}_requests`,
          quota_limit: `${word}RequestsPerMinute${options.per === 'user' ? 'PerUser' : 'PerProject'}`,
          quota_limit_value: String(options.limit),
          quota_location: 'global',
        },
      },
      {
        '@type': 'type.googleapis.com/google.rpc.Help',
        links: [
          {
            description: 'Request a higher quota limit.',
            url: 'https://cloud.google.com/docs/quotas/help/request_increase',
          },
        ],
      },
    ],
  })
}

export function driveRateExceeded(): GoogleError {
  return driveError(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded', { domain: 'usageLimits' })
}

export function sharingRateExceeded(): GoogleError {
  const message = 'Rate limit exceeded. User message: "Sorry, you have exceeded your sharing quota."'
  return driveError(403, 'sharingRateLimitExceeded', message)
}
