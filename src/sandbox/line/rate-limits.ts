import type { SettingsStore } from './sandbox-settings.ts'

type Rate = { requests: number; windowMs: number }

const perSecond = (requests: number): Rate => ({ requests, windowMs: 1_000 })
const perMinute = (requests: number): Rate => ({ requests, windowMs: 60_000 })
const perHour = (requests: number): Rate => ({ requests, windowMs: 3_600_000 })

// LINE's reference, "Rate limits": per channel and endpoint; what is not named there has 2,000 a second.
const published: Record<string, Rate> = {
  multicast: perSecond(200),
  broadcast: perHour(60),
  narrowcast: perHour(60),
  loading: perSecond(100),
  shortLivedToken: perSecond(370),
  createRichMenu: perHour(100),
  deleteRichMenu: perHour(100),
  createRichMenuAlias: perHour(100),
  deleteRichMenuAlias: perHour(100),
  richMenuBatch: perHour(3),
  richMenuBatchProgress: perHour(100),
  setWebhookEndpoint: perMinute(1_000),
  testWebhookEndpoint: perHour(60),
}
const otherEndpoints = perSecond(2_000)

/** Counts calls per endpoint in fixed windows of the platform clock; kept in memory, as a restart forgives at most one window. */
export function openRateLimits(options: { settings: SettingsStore; now: () => number }) {
  const windows = new Map<string, { startedAt: number; used: number }>()
  return {
    /** Counts this call; false when the endpoint's window is full. */
    admits: (endpoint: string): boolean => {
      const rate = options.settings.read().rates[endpoint] ?? published[endpoint] ?? otherEndpoints
      const now = options.now()
      const open = windows.get(endpoint)
      if (!open || now - open.startedAt >= rate.windowMs) {
        windows.set(endpoint, { startedAt: now, used: 1 })
        return true
      }
      open.used += 1
      return open.used <= rate.requests
    },
  }
}

export type RateLimits = ReturnType<typeof openRateLimits>
