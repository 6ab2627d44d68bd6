import type { LineDatabase } from './line-database.ts'
import type { SettingsStore } from './sandbox-settings.ts'

// LINE dates its delivery statistics in UTC+9; the month of the quota is taken to turn with them.
const monthOf = (now: number) => new Date(now + 9 * 3_600_000).toISOString().slice(0, 7)

export function openMessageQuota(options: { db: LineDatabase; settings: SettingsStore; now: () => number }) {
  const { db, settings, now } = options
  const used = () =>
    db.prepare<[string], { used: number }>('select used from quota_used where month = ?').get(monthOf(now()))?.used ?? 0
  return {
    used,
    limit: () => settings.read().quota,
    /** Whether this many more recipients fit into the month. */
    fits: (recipients: number): boolean => {
      const quota = settings.read().quota
      return quota.type === 'none' || used() + recipients <= quota.value
    },
    count: (recipients: number): void => {
      if (recipients === 0) return
      db.prepare(
        'insert into quota_used (month, used) values (?, ?) on conflict (month) do update set used = used + excluded.used',
      ).run(monthOf(now()), recipients)
    },
    setUsed: (value: number): void => {
      db.prepare(
        'insert into quota_used (month, used) values (?, ?) on conflict (month) do update set used = excluded.used',
      ).run(monthOf(now()), value)
    },
  }
}

export type MessageQuota = ReturnType<typeof openMessageQuota>
