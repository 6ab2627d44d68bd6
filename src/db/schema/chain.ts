import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type {
  AppointmentId,
  ConfirmationId,
  HeldActId,
  InboxId,
  Instant,
  PersonId,
  RequestId,
  RoundId,
  RunId,
  SnapshotId,
  UnitId,
} from '../ids.ts'
import { packedRows } from '../packed-json.ts'
import { appointments, people } from './people.ts'
import { rounds } from './rounds.ts'
import { units } from './units.ts'

/** What of a unit is confirmed: an institution's roster, an LAO's overview and other-affiliation counts (R32), a province. */
export type Component = 'roster' | 'overview' | 'other_counts' | 'province'

/** State of one component of one unit in one round; no row means open and never touched. */
export const componentStates = sqliteTable(
  'component_states',
  {
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    component: text().notNull().$type<Component>(),
    state: text().notNull().$type<'open' | 'confirmed' | 'not_required'>(),
    version: integer().notNull(),
    /** The confirmation that holds now; null while open. */
    confirmationId: integer().$type<ConfirmationId>(),
    /** The last one that held: stays the reported figure while the unit corrects (อยู่ระหว่างแก้ไข). */
    reportedConfirmationId: integer().$type<ConfirmationId>(),
    reopenedTimes: integer().notNull().default(0),
    notRequiredReason: text(),
    changedAt: integer().$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.unitId, t.component] }), index('component_states_unit').on(t.unitId)],
)

/** Exactly what was confirmed: rows for an institution, the children's confirmations for the levels above. */
export const snapshots = sqliteTable(
  'snapshots',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<SnapshotId>(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    component: text().notNull().$type<Component>(),
    hash: text().notNull(),
    counted: integer().notNull(),
    totals: text({ mode: 'json' }).notNull().$type<unknown>(),
    /** A large roster's are packed: see `packed-json.ts`. */
    rows: packedRows().notNull(),
    createdAt: integer().$type<Instant>().notNull(),
  },
  (t) => [index('snapshots_unit').on(t.roundId, t.unitId, t.component)],
)

export const confirmations = sqliteTable(
  'confirmations',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<ConfirmationId>(),
    /** "2567/1-000012": running within the round. */
    receiptNumber: text().notNull(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    component: text().notNull().$type<Component>(),
    snapshotId: integer()
      .notNull()
      .$type<SnapshotId>()
      .references(() => snapshots.id),
    personId: integer()
      .notNull()
      .$type<PersonId>()
      .references(() => people.id),
    appointmentId: integer()
      .notNull()
      .$type<AppointmentId>()
      .references(() => appointments.id),
    /** The second person, at an institution where one certifies; the tap is then theirs. */
    certifierPersonId: integer().$type<PersonId>(),
    certifierAppointmentId: integer().$type<AppointmentId>(),
    /** The tap in LINE, on the domain clock; the act is dated by it. */
    tappedAt: integer().$type<Instant>().notNull(),
    receivedAt: integer().$type<Instant>().notNull(),
    committedAt: integer().$type<Instant>().notNull(),
    /** ยืนยันหลังกำหนด: a fact, not a fault. Holds the due instant that was passed. */
    afterDueAt: integer().$type<Instant>(),
    eventSeq: integer().notNull(),
    /** Head of the event log when it was written: shows a cut tail. */
    headHash: text().notNull(),
    cancelledAt: integer().$type<Instant>(),
    cancelReason: text(),
  },
  (t) => [
    uniqueIndex('confirmations_receipt').on(t.receiptNumber),
    index('confirmations_unit').on(t.roundId, t.unitId, t.component),
  ],
)

/** The act of R28: this appointed person attests that every pupil of exactly this content exists. */
export const attestations = sqliteTable(
  'attestations',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    component: text().notNull().$type<Component>(),
    contentHash: text().notNull(),
    counted: integer().notNull(),
    personId: integer().notNull().$type<PersonId>(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [index('attestations_unit').on(t.roundId, t.unitId, t.component)],
)

/** The province's mark on an LAO (ตรวจสอบแล้ว), valid for exactly what was shown. */
export const laoMarks = sqliteTable(
  'lao_marks',
  {
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    laoId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    shownHash: text().notNull(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.roundId, t.laoId] })],
)

export type RequestState = 'waiting' | 'carried_out' | 'sent_back' | 'withdrawn' | 'lapsed'

/** ขอยกเลิกการยืนยันข้อมูล: climbs as far as the chain is confirmed, unwinds from the top down (R33 R34). */
export const reopeningRequests = sqliteTable(
  'reopening_requests',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<RequestId>(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    component: text().notNull().$type<Component>(),
    confirmationId: integer().notNull().$type<ConfirmationId>(),
    category: text().notNull(),
    reason: text().notNull(),
    state: text().notNull().$type<RequestState>(),
    /** The unit whose officer must act now. */
    waitingAtUnitId: integer().$type<UnitId>(),
    personId: integer().notNull().$type<PersonId>(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    version: integer().notNull(),
    createdAt: integer().$type<Instant>().notNull(),
    endedAt: integer().$type<Instant>(),
  },
  (t) => [
    uniqueIndex('reopening_one_open').on(t.roundId, t.unitId, t.component).where(sql`state = 'waiting'`),
    index('reopening_waiting').on(t.waitingAtUnitId, t.state),
  ],
)

export const reopeningSteps = sqliteTable(
  'reopening_steps',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    requestId: integer()
      .notNull()
      .$type<RequestId>()
      .references(() => reopeningRequests.id),
    unitId: integer().notNull().$type<UnitId>(),
    act: text().notNull().$type<'asked' | 'endorsed' | 'carried_out' | 'sent_back' | 'withdrawn' | 'lapsed'>(),
    word: text(),
    personId: integer().$type<PersonId>(),
    appointmentId: integer().$type<AppointmentId>(),
    at: integer().$type<Instant>().notNull(),
  },
  (t) => [index('reopening_steps_request').on(t.requestId)],
)

export type RunStep = 'read' | 'lock' | 'verify' | 'commit' | 'unlock' | 'done'

/**
 * One act that needs the sheet read afresh, step by step, so that a kill at any step resumes there:
 * `show` reads back what the system holds (R25); `confirm` locks, reads, compares with what was shown, commits, else unlocks.
 */
export const confirmRuns = sqliteTable(
  'confirm_runs',
  {
    id: integer().primaryKey({ autoIncrement: true }).$type<RunId>(),
    purpose: text().notNull().$type<'show' | 'confirm'>(),
    step: text().notNull().$type<RunStep>(),
    roundId: integer()
      .notNull()
      .$type<RoundId>()
      .references(() => rounds.id),
    unitId: integer()
      .notNull()
      .$type<UnitId>()
      .references(() => units.id),
    component: text().notNull().$type<'roster' | 'other_counts'>(),
    personId: integer().notNull().$type<PersonId>(),
    appointmentId: integer().notNull().$type<AppointmentId>(),
    inboxId: integer().$type<InboxId>(),
    /** What the officer submitted and this person certifies: both stand behind the confirmation. */
    submissionId: integer(),
    /** Content hash that the person saw; null for `show`. */
    seenHash: text(),
    /** The late tap that the department accepted and this sequence carries out. */
    heldActId: integer().$type<HeldActId>(),
    tappedAt: integer().$type<Instant>().notNull(),
    receivedAt: integer().$type<Instant>().notNull(),
    outcome: text({ mode: 'json' }).$type<unknown>(),
    attempts: integer().notNull().default(0),
    /** Platform clock: when the next try may run. */
    notBefore: integer().notNull().default(0),
    createdAt: integer().$type<Instant>().notNull(),
    endedAt: integer().$type<Instant>(),
  },
  (t) => [index('confirm_runs_open').on(t.step, t.notBefore), index('confirm_runs_unit').on(t.unitId, t.step)],
)
