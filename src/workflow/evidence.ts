import { and, eq, inArray, isNull, or, type SQL } from 'drizzle-orm'
import type { AppointmentId, Instant, OutboxId, PersonId, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { appointments, confirmations, events, people, type Role, rosterReads, units } from '../db/schema.ts'
import type { EventType } from './event-log.ts'
import { type Duty, type EvidenceAbout, type MessageSent, messagesTo, sentById } from './evidence-messages.ts'
import { typedWords } from './evidence-typed.ts'

/** Who acted, and for which duty; the duty is unknown where the event names the person alone. */
export type EvidencePerson = { name: string; duty: { role: Role; unitName: string } | null }

export type EvidenceAct = {
  kind: 'act'
  at: Instant
  seq: number
  type: EventType
  unitName: string | null
  person: EvidencePerson | null
  /** A message that the event itself speaks of: a reminder, a report of vacancies. */
  sent: MessageSent | null
  data: Record<string, unknown>
  receiptNumber: string | null
  /** What a person typed with the act: a reason, a word. */
  typed: string | null
  /** Of a read: who edited the file last, as Google names them (R39). */
  lastEditor: string | null
}

export type EvidenceMessage = { kind: 'message'; at: Instant } & MessageSent
export type EvidenceEntry = EvidenceAct | EvidenceMessage

/**
 * Everything on record about a unit or a person, oldest first (R38): who did what and when, what each was told and reminded of, and
 * what became of the message. Acts of a unit's own officers elsewhere (an endorsement, a mark) belong to it too.
 */
export function evidenceOf(tx: Tx, input: { about: EvidenceAbout; roundId?: RoundId | null }): EvidenceEntry[] {
  const { about } = input
  const duties = dutiesOf(tx, about)
  const rows = eventsOf(tx, { about, duties, roundId: input.roundId ?? null })
  const acts = rows.map((row) => actOf(tx, row))
  const shown = new Set<OutboxId>(acts.flatMap(({ sent }) => (sent ? [sent.id] : [])))
  const messages = messagesTo(tx, { about, duties, roundId: input.roundId ?? null })
    .filter(({ id }) => !shown.has(id))
    .map((sent): EvidenceMessage => ({ kind: 'message', at: sent.occurredAt, ...sent }))
  return [...acts, ...messages].sort((a, b) => a.at - b.at || orderOf(a) - orderOf(b))
}

/** At one instant the act comes before what was told of it. */
const orderOf = (entry: EvidenceEntry): number => (entry.kind === 'act' ? entry.seq : Number.MAX_SAFE_INTEGER)

function dutiesOf(tx: Tx, about: EvidenceAbout): Duty[] {
  const which = 'unitId' in about ? eq(appointments.unitId, about.unitId) : eq(appointments.personId, about.personId)
  return tx.select().from(appointments).where(which).all()
}

type EventRow = typeof events.$inferSelect

/** Changes of an appointment name the person concerned in their data only; there are few of them. */
const NAMED_IN_DATA: EventType[] = [
  'appointment-suspended',
  'appointment-resumed',
  'appointment-ended',
  'appointment-restored',
  'late-tap-accepted',
  'late-tap-refused',
  'letter-retried',
  'letter-dropped',
]

function eventsOf(
  tx: Tx,
  input: { about: EvidenceAbout; duties: readonly Duty[]; roundId: RoundId | null },
): EventRow[] {
  const { about, duties, roundId } = input
  const found = new Map<number, EventRow>()
  const ofRound = roundId === null ? undefined : or(eq(events.roundId, roundId), isNull(events.roundId))
  const add = (which: SQL | undefined, fits: (row: EventRow) => boolean = () => true): void => {
    for (const row of tx.select().from(events).where(and(which, ofRound)).all()) if (fits(row)) found.set(row.seq, row)
  }
  if ('unitId' in about) {
    add(eq(events.unitId, about.unitId))
    const held = new Set<AppointmentId>(duties.map(({ id }) => id))
    const persons = [...new Set(duties.map(({ personId }) => personId))]
    for (const personId of persons)
      add(eq(events.personId, personId), (row) => row.appointmentId !== null && held.has(row.appointmentId))
    const above = linesAbove(tx, about.unitId)
    add(inArray(events.type, ['extension-granted', 'extension-ended']), (row) => above.has(row.unitId))
    return sorted(found)
  }
  add(eq(events.personId, about.personId))
  const { personId } = about
  add(inArray(events.type, NAMED_IN_DATA), (row) => {
    const data = dataOf(row)
    return data['ofPerson'] === personId || data['ofPersonId'] === personId
  })
  add(and(eq(events.type, 'confirmed'), inArray(events.seq, certifiedSeqs(tx, personId))))
  return sorted(found)
}

const sorted = (rows: Map<number, EventRow>): EventRow[] => [...rows.values()].sort((a, b) => a.seq - b.seq)

function certifiedSeqs(tx: Tx, personId: PersonId): number[] {
  return tx
    .select({ seq: confirmations.eventSeq })
    .from(confirmations)
    .where(eq(confirmations.certifierPersonId, personId))
    .all()
    .map(({ seq }) => seq)
}

/** An extension for everyone, or for a unit above, is one for this unit too. Null stands for everyone. */
function linesAbove(tx: Tx, unitId: UnitId): Set<UnitId | null> {
  const above = new Set<UnitId | null>([null])
  let current: UnitId | null = unitId
  while (current !== null && !above.has(current)) {
    above.add(current)
    current = tx.select({ parentId: units.parentId }).from(units).where(eq(units.id, current)).get()?.parentId ?? null
  }
  return above
}

/** An event of the log with what it names looked up. */
export function actOf(tx: Tx, row: EventRow): EvidenceAct {
  const data = dataOf(row)
  const { outboxId, receiptNumber } = data
  return {
    kind: 'act',
    at: row.at,
    seq: row.seq,
    type: row.type as EventType,
    unitName: row.unitId === null ? null : nameOfUnit(tx, row.unitId),
    person: row.personId === null ? null : personOf(tx, row.personId, row.appointmentId),
    sent: typeof outboxId === 'number' ? sentById(tx, outboxId as OutboxId) : null,
    data,
    receiptNumber: typeof receiptNumber === 'string' ? receiptNumber : null,
    typed: typedWords(tx, { type: row.type as EventType, unitId: row.unitId, roundId: row.roundId, data }),
    lastEditor: row.type === 'roster-read' ? editorOf(tx, row) : null,
  }
}

function editorOf(tx: Tx, { unitId, roundId, at }: EventRow): string | null {
  if (unitId === null || roundId === null) return null
  const here = and(eq(rosterReads.institutionId, unitId), eq(rosterReads.roundId, roundId), eq(rosterReads.readAt, at))
  return tx.select({ editor: rosterReads.lastEditor }).from(rosterReads).where(here).get()?.editor ?? null
}

const dataOf = (row: EventRow): Record<string, unknown> => JSON.parse(row.data) as Record<string, unknown>

const nameOfUnit = (tx: Tx, unitId: UnitId): string | null =>
  tx.select({ name: units.name }).from(units).where(eq(units.id, unitId)).get()?.name ?? null

function personOf(tx: Tx, personId: PersonId, appointmentId: AppointmentId | null): EvidencePerson | null {
  const person = tx.select({ name: people.name }).from(people).where(eq(people.id, personId)).get()
  if (!person) return null
  if (appointmentId === null) return { name: person.name, duty: null }
  const duty = tx
    .select({ role: appointments.role, unitName: units.name })
    .from(appointments)
    .innerJoin(units, eq(units.id, appointments.unitId))
    .where(eq(appointments.id, appointmentId))
    .get()
  return { name: person.name, duty: duty ?? null }
}

/** People whom a text names: their number in this system, or part of the name. */
export function peopleNamed(tx: Tx, asked: string): { id: PersonId; name: string; units: string[] }[] {
  const text = asked.trim()
  const rows = tx.select({ id: people.id, name: people.name }).from(people).orderBy(people.id).all()
  const found = /^\d{1,9}$/.test(text)
    ? rows.filter(({ id }) => id === Number(text))
    : rows.filter(({ name }) => text !== '' && name.includes(text))
  const same = found.filter(({ name }) => name === text)
  return (same.length > 0 ? same : found).map(({ id, name }) => ({ id, name, units: unitsOfPerson(tx, id) }))
}

function unitsOfPerson(tx: Tx, personId: PersonId): string[] {
  const rows = tx
    .selectDistinct({ name: units.name })
    .from(appointments)
    .innerJoin(units, eq(units.id, appointments.unitId))
    .where(eq(appointments.personId, personId))
    .all()
  return rows.map(({ name }) => name)
}
