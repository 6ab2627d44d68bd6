import type Database from 'better-sqlite3'
import type { Instant, OutboxId, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { reminders, UnitLevel } from '../db/schema.ts'
import { appendEvent } from './event-log.ts'
import { queueNotice, type ReminderDuty, type ReminderNotice, URGENCY } from './notice.ts'
import { NOBODY } from './remind-people.ts'
import type { PlannedReminder } from './remind-plan.ts'
import type { MomentKind } from './rules/reminders/moments.ts'

/**
 * Queues what was planned: one person, one message, however many units it speaks of, and puts each unit and person on record
 * (R38), those whom nobody can reach with the reason. A message of the same kind that still waits for LINE takes in what is new.
 * Returns how many people a message goes to.
 */
export function queueReminders(
  tx: Tx,
  input: { roundId: RoundId; planned: readonly PlannedReminder[] },
  now: Instant,
): number {
  const { roundId, planned } = input
  const reachable = planned.filter((one) => one.unreachable === null)
  for (const one of planned) if (one.unreachable !== null) record(tx, { roundId, one, outboxId: null }, now)
  let people = 0
  for (const [personId, ones] of Map.groupBy(reachable, ({ person }) => person?.personId ?? NOBODY)) {
    const outboxId = tellPerson(tx, { roundId, personId, ones }, now)
    for (const one of ones) record(tx, { roundId, one, outboxId }, now)
    if (outboxId !== null) people += 1
  }
  return people
}

function tellPerson(
  tx: Tx,
  input: { roundId: RoundId; personId: PersonId; ones: PlannedReminder[] },
  now: Instant,
): OutboxId | null {
  const { roundId, personId, ones } = input
  const sorted = ones.toSorted((a, b) => RANK[a.level] - RANK[b.level] || a.unitId - b.unitId)
  const [first] = sorted
  if (!first) return null
  const duties = sorted.map(dutyOf)
  const urgency = Math.min(...ones.map(urgencyOf))
  const waiting = preparedOn(tx, statements).waiting.get({ personId, roundId })
  if (waiting) {
    const notice = JSON.parse(waiting.notice) as ReminderNotice
    const merged = { ...notice, duties: union([...(notice.duties ?? []), ...duties]) }
    preparedOn(tx, statements).merge.run({ id: waiting.id, notice: JSON.stringify(merged), urgency })
    return waiting.id
  }
  const notice: ReminderNotice = { type: 'reminder', roundId, unitId: first.unitId, duties: union(duties) }
  const dedupeKey = `reminder:${roundId}:${first.moments[0]?.key}:${first.unitId}:${personId}`
  return queueNotice(tx, { personId, notice, urgency, dedupeKey }, now)
}

/** One's own list first, then what one waits for. */
const RANK: Record<UnitLevel, number> = { institution: 0, lao: 1, province: 2, department: 3 }

const dutyOf = ({ unitId, role, moments }: PlannedReminder): ReminderDuty => ({
  unitId,
  role,
  kinds: [...new Set(moments.map(({ kind }) => kind))],
})

/** An officer who is the executive too is told once, as the one who may act. */
function union(duties: readonly ReminderDuty[]): ReminderDuty[] {
  const byUnit = new Map<UnitId, ReminderDuty>()
  for (const duty of duties) {
    const known = byUnit.get(duty.unitId)
    const role = known?.role === 'officer' ? 'officer' : duty.role
    byUnit.set(duty.unitId, {
      unitId: duty.unitId,
      role,
      kinds: [...new Set([...(known?.kinds ?? []), ...duty.kinds])],
    })
  }
  return [...byUnit.values()]
}

/** When quota or rate run short, what the last day brings goes before what comes again. */
function urgencyOf({ moments }: PlannedReminder): number {
  const kinds = new Set(moments.map(({ kind }) => kind))
  if (['last-day', 'agreed', 'missed', 'closed'].some((kind) => kinds.has(kind as MomentKind))) return URGENCY.reminder
  return kinds.has('before') ? URGENCY.earlyReminder : URGENCY.digest
}

function record(
  tx: Tx,
  input: { roundId: RoundId; one: PlannedReminder; outboxId: OutboxId | null },
  now: Instant,
): void {
  const { roundId, one, outboxId } = input
  const { unitId, owes, moments, person, unreachable } = one
  const personId = person?.personId ?? NOBODY
  const { remember } = preparedOn(tx, statements)
  const about = { roundId, unitId, personId, owes: JSON.stringify(owes), outboxId, unreachable, at: now }
  for (const { key } of moments) remember.run({ ...about, moment: key })
  const [moment] = moments
  appendEvent(tx, {
    at: now,
    type: 'reminder-queued',
    roundId,
    unitId,
    personId: person?.personId ?? null,
    appointmentId: person?.appointmentId ?? null,
    data: {
      moment: moment?.key ?? null,
      moments: moments.map(({ key }) => key),
      outboxId,
      reached: outboxId !== null,
      ...(unreachable === null ? {} : { unreachable }),
    },
  })
}

type Remembered = Omit<typeof reminders.$inferInsert, 'id' | 'owes'> & { owes: string }

/** For every person at every moment: see docs/decisions/0009. */
function statements(raw: Database.Database) {
  return {
    /** Not yet put into words, let alone tried. */
    waiting: raw.prepare<[{ personId: PersonId; roundId: RoundId }], { id: OutboxId; notice: string }>(
      `SELECT o.id, o.notice FROM people p
       JOIN outbox o ON o.line_user_id = p.line_user_id AND o.state = 'pending'
       WHERE p.id = @personId AND o.person_id = p.id AND o.attempts = 0 AND o.payload IS NULL AND o.channel = 'push'
         AND json_extract(o.notice, '$.type') = 'reminder' AND json_extract(o.notice, '$.roundId') = @roundId
         AND json_extract(o.notice, '$.duties') IS NOT NULL
       ORDER BY o.urgency, o.id LIMIT 1`,
    ),
    remember: raw.prepare<[Remembered]>(
      `INSERT INTO reminders (round_id, unit_id, person_id, moment, owes, outbox_id, unreachable, at)
       VALUES (@roundId, @unitId, @personId, @moment, @owes, @outboxId, @unreachable, @at)`,
    ),
    merge: raw.prepare<[{ id: OutboxId; notice: string; urgency: number }]>(
      'UPDATE outbox SET notice = @notice, urgency = min(urgency, @urgency) WHERE id = @id',
    ),
  }
}
