import { randomUUID } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { LogWriter } from './fill-log.ts'
import type { FilledRoster } from './fill-rosters.ts'
import { insertInto } from './insert-into.ts'
import { EVENTS, HOUR, NOW } from './nation-size.ts'
import { seeded } from './seeded.ts'

const SHARED = 1_500

/** What else lies in the database by then: messages, requests, pupils in two institutions, rows held back, a long log. */
export function fillTraffic(
  raw: Database.Database,
  input: { roundId: number; rosters: readonly FilledRoster[]; log: LogWriter },
): void {
  const { roundId, rosters, log } = input
  const random = seeded(5)
  const some = (): FilledRoster => rosters[random.below(rosters.length)] as FilledRoster
  const message = insertInto(raw, 'outbox', [
    'line_user_id',
    'person_id',
    'notice',
    'payload',
    'channel',
    'retry_key',
    'state',
    'created_at',
    'occurred_at',
  ])
  const body = JSON.stringify([{ type: 'text', text: 'ก'.repeat(300) }])
  for (const { institution } of rosters) {
    for (let sent = 0; sent < 3; sent += 1) {
      const account = `U${String(institution.id).padStart(32, '0')}`
      const at = NOW - 20 * HOUR
      message(account, institution.officer.personId, '{}', body, 'push', randomUUID(), 'accepted', at, at)
    }
  }
  const hold = insertInto(raw, 'holds', [
    'round_id',
    'institution_id',
    'content_hash',
    'missing',
    'out_of',
    'missing_pupil_ids',
    'state',
    'created_at',
  ])
  for (let made = 0; made < 400; made += 1) {
    const { institution, confirmationId, ready, hash } = some()
    if (confirmationId === null && ready === null) hold(roundId, institution.id, hash, 12, 60, '[]', 'open', NOW - HOUR)
  }
  const request = insertInto(raw, 'reopening_requests', [
    'round_id',
    'unit_id',
    'component',
    'confirmation_id',
    'category',
    'reason',
    'state',
    'waiting_at_unit_id',
    'person_id',
    'appointment_id',
    'version',
    'created_at',
  ])
  const asked = new Set<number>()
  for (let made = 0; made < 300; made += 1) {
    const { institution, confirmationId } = some()
    if (confirmationId === null || asked.has(institution.id)) continue
    asked.add(institution.id)
    const { personId, appointmentId } = institution.officer
    const where = [institution.id, 'roster', confirmationId, 'wrong_data', 'แก้ไขข้อมูล', 'waiting'] as const
    request(roundId, ...where, institution.laoId, personId, appointmentId, 1, NOW - HOUR)
  }
  fillShared(raw, { roundId, rosters: rosters.filter((roster) => roster.ready === null), random })
  for (let seq = log({ ...idle(some()), roundId }).seq; seq < EVENTS; ) seq = log({ ...idle(some()), roundId }).seq
}

const idle = ({ institution, counted, hash }: FilledRoster) => ({
  at: NOW - 60 * HOUR,
  type: 'roster-read' as const,
  unitId: institution.id,
  data: { contentHash: hash, counted, added: 0, changed: 1, gone: 0, errors: 0, warnings: 0 },
})

function fillShared(
  raw: Database.Database,
  input: { roundId: number; rosters: readonly FilledRoster[]; random: ReturnType<typeof seeded> },
): void {
  const { roundId, rosters, random } = input
  const question = insertInto(raw, 'shared_pupils', ['round_id', 'key', 'state', 'version', 'superior_id', 'opened_at'])
  const claim = insertInto(raw, 'shared_pupil_claims', ['shared_pupil_id', 'institution_id', 'since'])
  const first = raw
    .prepare<[number, number], string>('SELECT key FROM pupils WHERE round_id = ? AND institution_id = ? LIMIT 1')
    .pluck()
  const taken = new Set<string>()
  for (let made = 0; made < SHARED; made += 1) {
    const one = rosters[random.below(rosters.length)]
    const two = rosters[random.below(rosters.length)]
    const key = one ? first.get(roundId, one.institution.id) : undefined
    if (!one || !two || one === two || key === undefined || taken.has(key)) continue
    taken.add(key)
    const superior = one.institution.provinceId === two.institution.provinceId ? one.institution.provinceId : 1
    const id = question(roundId, key, 'open', 1, superior, NOW - HOUR)
    claim(id, one.institution.id, NOW - 3 * HOUR)
    claim(id, two.institution.id, NOW - 2 * HOUR)
  }
}
