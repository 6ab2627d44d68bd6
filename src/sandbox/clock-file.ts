import { join } from 'node:path'
import { Hono } from 'hono'
import { readJsonFile, writeJsonFile } from './json-file.ts'

/** Bangkok has no daylight saving time, so an instant written without a zone has one reading here. */
const BANGKOK = '+07:00'
const HAS_ZONE = /(?:z|[+-]\d{2}:?\d{2})$/i
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/
/** Further than this no round lies, and Date stops being able to print the result. */
const MAX_OFFSET_MS = 200 * 366 * 86_400_000

/** Milliseconds between the domain clock and this machine's clock; 0 when it was never moved. */
export function readClockOffset(dir: string): number {
  const kept = readJsonFile(join(dir, 'clock.json'))
  if (typeof kept !== 'object' || kept === null || !('offsetMs' in kept)) return 0
  return typeof kept.offsetMs === 'number' && Number.isFinite(kept.offsetMs) ? kept.offsetMs : 0
}

export function writeClockOffset(dir: string, offsetMs: number): void {
  writeJsonFile(join(dir, 'clock.json'), { offsetMs })
}

/** Epoch milliseconds of a number or an ISO text (Bangkok time when it names no zone); undefined when it is neither. */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined
  const withTime = DATE_ONLY.test(value) ? `${value}T00:00` : value
  const instant = Date.parse(HAS_ZONE.test(withTime) ? withTime : `${withTime}${BANGKOK}`)
  return Number.isNaN(instant) ? undefined : instant
}

/** `GET` and `PUT` of the domain clock. What the platforms time never reads it. */
export function clockControl(options: { dir: string; now?: () => number }): Hono {
  const now = options.now ?? Date.now
  const shown = (): { now: number; offsetMs: number } => {
    const offsetMs = readClockOffset(options.dir)
    return { now: now() + offsetMs, offsetMs }
  }
  return new Hono()
    .get('/', (c) => c.json(shown()))
    .put('/', async (c) => {
      const offsetMs = wantedOffset(await c.req.json().catch(() => null), now())
      if (offsetMs === undefined) {
        return c.json({ error: 'give { "now": epoch ms or ISO text } or { "offsetMs": number }' }, 400)
      }
      writeClockOffset(options.dir, offsetMs)
      return c.json(shown())
    })
}

function wantedOffset(body: unknown, machineNow: number): number | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const offsetMs = 'offsetMs' in body ? body.offsetMs : undefined
  const instant = 'now' in body ? parseInstant(body.now) : undefined
  const wanted = instant === undefined ? offsetMs : instant - machineNow
  if (typeof wanted !== 'number' || !Number.isFinite(wanted) || Math.abs(wanted) > MAX_OFFSET_MS) return undefined
  return Math.round(wanted)
}
