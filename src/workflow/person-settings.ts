import { eq } from 'drizzle-orm'
import type { Instant, PersonId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { people } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { appendEvent } from './event-log.ts'

/** Minutes of the Bangkok day; `from` may be later than `to`, over midnight. */
export type QuietSpan = { from: number; to: number }
export type PersonSettings = { thaiNumerals: boolean; quiet: QuietSpan | null }
export type SettingsChange = { what: 'thai-numerals'; on: boolean } | { what: 'quiet-hours'; hours: QuietSpan | null }

/** What a person has chosen for this chat; a person whom nobody knows has chosen nothing. */
export function settingsOf(tx: Tx, personId: PersonId): PersonSettings {
  const { thaiNumerals, quietFrom, quietTo } = people
  const row = tx.select({ thaiNumerals, quietFrom, quietTo }).from(people).where(eq(people.id, personId)).get()
  if (!row) return { thaiNumerals: false, quiet: null }
  const quiet = row.quietFrom === null || row.quietTo === null ? null : { from: row.quietFrom, to: row.quietTo }
  return { thaiNumerals: row.thaiNumerals, quiet }
}

const MINUTES = 24 * 60
const ofTheDay = (minute: number): boolean => Number.isInteger(minute) && minute >= 0 && minute < MINUTES

/** A person's own choice, of the person and not of the duty; asked for twice it is one. */
export function changeSettings(
  tx: Tx,
  input: { actor: Pick<Actor, 'personId' | 'appointmentId'>; change: SettingsChange },
  now: Instant,
): { ok: true; changed: boolean; settings: PersonSettings } | { ok: false; why: 'not-hours' } {
  const { change, actor } = input
  if (change.what === 'quiet-hours' && change.hours) {
    const { from, to } = change.hours
    if (!ofTheDay(from) || !ofTheDay(to) || from === to) return { ok: false, why: 'not-hours' }
  }
  const before = settingsOf(tx, actor.personId)
  const settings = changed(before, change)
  if (JSON.stringify(settings) === JSON.stringify(before)) return { ok: true, changed: false, settings }
  const columns = {
    thaiNumerals: settings.thaiNumerals,
    quietFrom: settings.quiet?.from ?? null,
    quietTo: settings.quiet?.to ?? null,
  }
  tx.update(people).set(columns).where(eq(people.id, actor.personId)).run()
  const { personId, appointmentId } = actor
  appendEvent(tx, {
    at: now,
    type: 'settings-changed',
    personId,
    appointmentId,
    data: { what: change.what, ...columns },
  })
  return { ok: true, changed: true, settings }
}

function changed(before: PersonSettings, change: SettingsChange): PersonSettings {
  if (change.what === 'thai-numerals') return { ...before, thaiNumerals: change.on }
  return { ...before, quiet: change.hours }
}
