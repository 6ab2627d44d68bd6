import { and, asc, desc, eq, inArray, isNotNull } from 'drizzle-orm'
import type { FindingId, Instant, RoundId, SnapshotId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { componentStates, confirmations, findings, people, rounds, snapshots, units } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { appendEvent, pupilHash } from './event-log.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import { isSelfOrAncestor, parentOf, type Round, windowOf } from './rounds.ts'
import { reasonRefusal } from './rules/reason.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { maskId, maskNumbers } from './rules/roster/mask-id.ts'
import type { Pupil } from './rules/roster/pupil.ts'
import { wordKey } from './rules/text/thai-text.ts'

export type Finding = typeof findings.$inferSelect

/** Which confirmed pupil is meant: the row of the sheet as it was confirmed, the whole number, or a name or words. */
export type PupilMeant =
  | { kind: 'row'; row: number }
  | { kind: 'number'; number: string }
  | { kind: 'words'; words: string }

export type FoundPupil = {
  snapshotId: SnapshotId
  row: number | null
  /** Masked number and grade, or the finder's own words when no confirmed pupil has such a name. */
  shown: string
  key: string | null
}

/** May this person put on record that a pupil of the institution's confirmed figure was found not to exist, and which one is it? */
export function findConfirmedPupil(
  tx: Tx,
  input: { round: Round; actor: Actor; institutionId: UnitId; pupil: PupilMeant },
  now: Instant,
): Decision<FoundPupil> {
  const { round, actor, institutionId, pupil } = input
  if (actor.unitId === institutionId || !isSelfOrAncestor(tx, actor.unitId, institutionId))
    return refuse({ why: 'not-yours' })
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  const figure = reportedSnapshot(tx, { roundId: round.id, institutionId })
  if (!figure) return refuse({ why: 'not-confirmed' })
  const window = windowOf(tx, { round, unitId: institutionId, component: 'roster' }, now)
  if (window.state !== 'closed') return refuse({ why: 'not-closed-yet', closesAt: window.closesAt })
  const counted = (figure.rows as Pupil[]).filter((row) => row.counts)
  const same = pupil.kind === 'words' ? counted.filter((row) => wordKey(pupil.words) === nameKey(row)) : []
  const fitting = same.length > 0 ? same : counted.filter((row) => fits(row, pupil))
  const [found, other] = fitting
  if (other) return refuse({ why: 'pupil-unclear', rows: fitting.map((row) => row.row) })
  if (found) return { ok: true, snapshotId: figure.id, row: found.row, shown: shownAs(found), key: found.key }
  if (pupil.kind !== 'words') return refuse({ why: 'pupil-not-in-figure' })
  return { ok: true, snapshotId: figure.id, row: null, shown: maskNumbers(pupil.words.trim()), key: null }
}

/**
 * ตรวจพบภายหลัง (R39): puts on record that a confirmed pupil was found not to exist after the close, by whom, how and on which day. The
 * institution and every level above hear of it; no confirmed figure changes. Found twice, it is recorded once.
 */
export function recordFinding(
  tx: Tx,
  input: { round: Round; actor: Actor; institutionId: UnitId; pupil: PupilMeant; how: string; foundOn: string },
  now: Instant,
): Decision<{ finding: Finding; added: boolean }> {
  const { round, actor, institutionId } = input
  const how = maskNumbers(input.how.trim())
  const unreasoned = reasonRefusal(how)
  if (unreasoned) return refuse(unreasoned)
  if (Date.parse(`${input.foundOn}T00:00:00+07:00`) > now)
    return refuse({ why: 'not-closed-yet', closesAt: Date.parse(`${input.foundOn}T00:00:00+07:00`) })
  const found = findConfirmedPupil(tx, input, now)
  if (!found.ok) return found
  const { snapshotId, row, shown, key } = found
  const known = tx
    .select()
    .from(findings)
    .where(and(eq(findings.roundId, round.id), eq(findings.institutionId, institutionId)))
    .all()
    .find((other) => (row === null ? other.row === null && other.pupil === shown : other.pupilHash === hashOf(tx, key)))
  if (known) return { ok: true, finding: known, added: false }
  const finding = tx
    .insert(findings)
    .values({
      roundId: round.id,
      institutionId,
      snapshotId,
      row,
      pupil: shown,
      pupilHash: hashOf(tx, key),
      how,
      foundOn: input.foundOn,
      personId: actor.personId,
      appointmentId: actor.appointmentId,
      createdAt: now,
    })
    .returning()
    .get()
  appendEvent(tx, {
    at: now,
    type: 'finding-recorded',
    roundId: round.id,
    unitId: institutionId,
    personId: actor.personId,
    appointmentId: actor.appointmentId,
    data: { findingId: finding.id, snapshotId, row, pupil: finding.pupilHash, foundOn: input.foundOn },
  })
  for (let unitId: UnitId | null = institutionId; unitId !== null; unitId = parentOf(tx, unitId)) {
    const notice = { type: 'finding-recorded', findingId: finding.id, unitId } as const
    noticeUnit(tx, { unitId, notice, urgency: URGENCY.result, except: actor.personId }, now)
  }
  return { ok: true, finding, added: true }
}

export type ShownFinding = Finding & { institutionName: string; personName: string; roundCode: string }

export function findingById(tx: Tx, id: FindingId): ShownFinding | null {
  return select(tx).where(eq(findings.id, id)).all().map(shape)[0] ?? null
}

/** What was found after the close, oldest first: in a round, or at these institutions, or both. */
export function findingsOf(tx: Tx, input: { roundId?: RoundId; institutionIds?: readonly UnitId[] }): ShownFinding[] {
  const inRound = input.roundId === undefined ? undefined : eq(findings.roundId, input.roundId)
  const at = input.institutionIds ? inArray(findings.institutionId, [...input.institutionIds]) : undefined
  return select(tx).where(and(inRound, at)).orderBy(asc(findings.id)).all().map(shape)
}

/** The round that a finding at an institution is about: the newest in which it has confirmed and can no more; null when there is none. */
export function roundOfFinding(tx: Tx, institutionId: UnitId, now: Instant): Round | null {
  const confirmed = tx
    .select({ round: rounds })
    .from(componentStates)
    .innerJoin(rounds, eq(rounds.id, componentStates.roundId))
    .where(
      and(
        eq(componentStates.unitId, institutionId),
        eq(componentStates.component, 'roster'),
        isNotNull(componentStates.reportedConfirmationId),
      ),
    )
    .orderBy(desc(rounds.closesAt))
    .all()
    .map((row) => row.round)
  const closed = (round: Round) =>
    windowOf(tx, { round, unitId: institutionId, component: 'roster' }, now).state === 'closed'
  return confirmed.find(closed) ?? confirmed[0] ?? null
}

function select(tx: Tx) {
  return tx
    .select({ finding: findings, institutionName: units.name, personName: people.name, roundCode: rounds.code })
    .from(findings)
    .innerJoin(units, eq(units.id, findings.institutionId))
    .innerJoin(people, eq(people.id, findings.personId))
    .innerJoin(rounds, eq(rounds.id, findings.roundId))
    .$dynamic()
}

type Joined = { finding: Finding; institutionName: string; personName: string; roundCode: string }
const shape = ({ finding, ...names }: Joined): ShownFinding => ({ ...finding, ...names })

function reportedSnapshot(tx: Tx, input: { roundId: RoundId; institutionId: UnitId }) {
  return tx
    .select({ id: snapshots.id, rows: snapshots.rows })
    .from(componentStates)
    .innerJoin(confirmations, eq(confirmations.id, componentStates.reportedConfirmationId))
    .innerJoin(snapshots, eq(snapshots.id, confirmations.snapshotId))
    .where(
      and(
        eq(componentStates.roundId, input.roundId),
        eq(componentStates.unitId, input.institutionId),
        eq(componentStates.component, 'roster'),
      ),
    )
    .get()
}

function fits(row: Pupil, meant: PupilMeant): boolean {
  switch (meant.kind) {
    case 'row':
      return row.row === meant.row
    case 'number':
      return row.number === meant.number.toUpperCase()
    case 'words': {
      const asked = wordKey(meant.words)
      return asked.length >= 4 && nameKey(row).includes(asked)
    }
  }
}

const nameKey = (row: Pupil): string => wordKey(`${row.firstName}${row.lastName}`)

const shownAs = (row: Pupil): string => [row.number === null ? '' : maskId(row.number), row.grade].join(' ').trim()

const hashOf = (tx: Tx, key: string | null): string | null => (key === null ? null : pupilHash(tx, key))
