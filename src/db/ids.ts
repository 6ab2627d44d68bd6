/** Branded row ids: a unit's id is never passed where a person's is meant. All are SQLite row numbers. */
declare const brand: unique symbol
type Id<Name extends string> = number & { readonly [brand]: Name }

export type UnitId = Id<'unit'>
export type PersonId = Id<'person'>
export type AppointmentId = Id<'appointment'>
export type RoundId = Id<'round'>
export type ConfirmationId = Id<'confirmation'>
export type SnapshotId = Id<'snapshot'>
export type RequestId = Id<'request'>
export type SheetFileId = Id<'sheetFile'>
export type InboxId = Id<'inbox'>
export type OutboxId = Id<'outbox'>
export type RunId = Id<'run'>
export type HoldId = Id<'hold'>
export type DriftId = Id<'drift'>
export type PupilId = Id<'pupil'>
export type SharedPupilId = Id<'sharedPupil'>
export type UnitChangeId = Id<'unitChange'>
export type SpotCheckId = Id<'spotCheck'>
export type OtherInstitutionId = Id<'otherInstitution'>
export type HeldActId = Id<'heldAct'>
export type FindingId = Id<'finding'>
export type AnnouncementId = Id<'announcement'>
/** Epoch milliseconds, UTC. */
export type Instant = number
