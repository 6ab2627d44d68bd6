import type { World } from './world.ts'

/** What a test or the page may turn. Quota defaults: https://developers.google.com/workspace/sheets/api/limits */
export type Settings = {
  changeDelayMs: number
  readPerMinutePerProject: number
  readPerMinutePerUser: number
  writePerMinutePerProject: number
  writePerMinutePerUser: number
  drivePerMinutePerUser: number
  sharesPerMinute: number
  tokenLifeMs: number
}

const defaults: Settings = {
  changeDelayMs: 2000,
  readPerMinutePerProject: 300,
  readPerMinutePerUser: 60,
  writePerMinutePerProject: 300,
  writePerMinutePerUser: 60,
  drivePerMinutePerUser: 12_000,
  sharesPerMinute: 1000,
  tokenLifeMs: 3_599_000,
}

export function readSettings(world: World): Settings {
  const held = world.sql('SELECT value FROM settings WHERE name = ?').get('settings') as { value: string } | undefined
  return held ? { ...defaults, ...(JSON.parse(held.value) as Partial<Settings>) } : defaults
}

export function changeSettings(
  world: World,
  wanted: Record<string, unknown>,
): { ok: true; settings: Settings } | { ok: false; why: string } {
  for (const [name, value] of Object.entries(wanted)) {
    if (!Object.hasOwn(defaults, name)) return { ok: false, why: `there is no setting "${name}"` }
    if (typeof value !== 'number' || !(value >= 0)) return { ok: false, why: `"${name}" must be a number of 0 or more` }
  }
  const settings = { ...readSettings(world), ...wanted } as Settings
  world
    .sql('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
    .run('settings', JSON.stringify(settings))
  return { ok: true, settings }
}
