import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AppointmentId, HeldActId, Instant, PersonId, RoundId, RunId, UnitId } from '../ids.ts'
import type { Component } from './chain.ts'
import { rounds } from './rounds.ts'
import { units } from './units.ts'

/**
 * คำสั่งที่มาช้า: an act tapped before the close that came to us more than a minute later. It has no effect until the department
 * decides (domain.md section 7); `input` is what carrying it out needs, exactly as the person saw it.
 */
export const heldActs = sqliteTable(
  'held_acts',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<HeldActId>(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    component: text().notNull().$type<Component>(),
    personId: integer().notNull().$type<PersonId>(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    input: text({ mode: 'json' }).notNull().$type<unknown>(),
    tappedAt: integer().$type<Instant>().notNull(),
    receivedAt: integer().$type<Instant>().notNull(),
    /** The close that it missed. */
    closesAt: integer().$type<Instant>().notNull(),
    state: text().notNull().$type<'waiting' | 'accepted' | 'refused'>(),
    decidedAt: integer().$type<Instant>(),
    decidedByPersonId: integer().$type<PersonId>(),
    decidedByAppointmentId: integer().$type<AppointmentId>(),
    word: text(),
    /** Accepted, but it could no longer be carried out: why. */
    outcome: text({ mode: 'json' }).$type<unknown>(),
    /** Accepted, and the sheet is read afresh: the sequence that carries it out. */
    runId: integer().$type<RunId>(),
    /** Accepted after the close: until when the levels above may confirm again because of it (exclusive). */
    aboveUntil: integer().$type<Instant>(),
    createdAt: integer().$type<Instant>().notNull(),
  },
  (t) => [index('held_acts_state').on(t.roundId, t.state), index('held_acts_unit').on(t.unitId)],
)
