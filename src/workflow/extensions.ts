import { and, desc, eq, gt, isNull, or } from 'drizzle-orm'
import type { AppointmentId, Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { type ExtensionScope, extensionEndings, extensions, extensionTellings, units } from '../db/schema.ts'
import type { Actor } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { type Extension, tellOfExtension } from './extension-tellings.ts'
import { parentOf, roundById } from './rounds.ts'
import { reasonRefusal } from './rules/reason.ts'
import { type Decision, type Refusal, refuse } from './rules/refusal.ts'

export type ExtensionWanted = {
  roundId: RoundId
  scope: ExtensionScope
  /** Null for everyone. */
  unitId: UnitId | null
  /** Exclusive, epoch ms. */
  until: Instant
  reason: string
  letterNumber: string
  /** Null: the department's operator at the machine. */
  actor?: Actor | null
}

/** Why the department may not give this extension; null when it may. */
export function extensionRefusal(tx: Tx, input: ExtensionWanted, now: Instant): Refusal | null {
  const { scope, unitId, until } = input
  const round = roundById(tx, input.roundId)
  const notAllowed = mayExtend(input.actor ?? null)
  if (notAllowed) return notAllowed
  if (round.archivedAt !== null) return { why: 'round-archived', archivedAt: round.archivedAt }
  const unreasoned = reasonRefusal(input.reason)
  if (unreasoned) return unreasoned
  if (input.letterNumber.trim() === '') return { why: 'no-letter' }
  if (until <= now) return { why: 'in-the-past', at: until }
  if (until <= round.recordingClosesAt) return { why: 'extends-nothing', closesAt: round.recordingClosesAt }
  const unit = unitId === null ? null : tx.select().from(units).where(eq(units.id, unitId)).get()
  const fits = scope === 'everyone' ? unitId === null : unit?.level === scope
  if (!fits || (unit?.closedAt != null && unit.closedAt <= now)) return { why: 'unknown-unit' }
  return null
}

/**
 * An added fact (department only): who is in its scope, and the levels above as far as they need it, may act until `until`.
 * A granted one is never edited: a second may lengthen it, and one given by mistake is ended (`endExtension`). The same one twice
 * is recorded once.
 */
export function grantExtension(
  tx: Tx,
  input: ExtensionWanted,
  now: Instant,
): Decision<{ extension: Extension; added: boolean }> {
  const { roundId, scope, unitId, until } = input
  const actor = input.actor ?? null
  const refusal = extensionRefusal(tx, input, now)
  if (refusal) return refuse(refusal)
  const letterNumber = input.letterNumber.trim()
  const reason = input.reason.trim()
  const same = runningOf(tx, { roundId, unitId }, now).find(
    (row) => row.until === until && row.letterNumber === letterNumber,
  )
  if (same) return { ok: true, extension: same, added: false }
  const extension = tx
    .insert(extensions)
    .values({
      roundId,
      scope,
      unitId,
      until,
      reason,
      letterNumber,
      byAppointmentId: actor?.appointmentId ?? null,
      createdAt: now,
    })
    .returning()
    .get()
  record(tx, { extension, actor, type: 'extension-granted', data: { scope, until, letterNumber, reason } }, now)
  tellOrQueue(tx, { extension, what: 'granted' }, now)
  return { ok: true, extension, added: true }
}

/**
 * ยกเลิกการขยายเวลา: from now on the extension gives no more time; what was done until now stands. For a shorter one, a new one is
 * granted afterwards.
 */
export function endExtension(
  tx: Tx,
  input: { actor: Actor | null; extensionId: number; reason: string; letterNumber: string },
  now: Instant,
): Decision<{ extension: Extension }> {
  const { actor, extensionId } = input
  const notAllowed = mayExtend(actor)
  if (notAllowed) return refuse(notAllowed)
  const unreasoned = reasonRefusal(input.reason)
  if (unreasoned) return refuse(unreasoned)
  if (input.letterNumber.trim() === '') return refuse({ why: 'no-letter' })
  const extension = tx.select().from(extensions).where(eq(extensions.id, extensionId)).get()
  const ended = tx.select().from(extensionEndings).where(eq(extensionEndings.extensionId, extensionId)).get()
  if (!extension || ended || extension.until <= now) return refuse({ why: 'extension-over' })
  const reason = input.reason.trim()
  const letterNumber = input.letterNumber.trim()
  tx.insert(extensionEndings)
    .values({ extensionId, at: now, reason, letterNumber, byAppointmentId: actor?.appointmentId ?? null })
    .run()
  record(tx, { extension, actor, type: 'extension-ended', data: { letterNumber, reason } }, now)
  tellOrQueue(tx, { extension, what: 'ended' }, now)
  return { ok: true, extension }
}

/** Extensions of exactly this scope that still run, newest first. */
export function runningOf(tx: Tx, input: { roundId: RoundId; unitId: UnitId | null }, now: Instant): Extension[] {
  return tx
    .select({ extension: extensions })
    .from(extensions)
    .leftJoin(extensionEndings, eq(extensionEndings.extensionId, extensions.id))
    .where(
      and(
        eq(extensions.roundId, input.roundId),
        input.unitId === null ? isNull(extensions.unitId) : eq(extensions.unitId, input.unitId),
        gt(extensions.until, now),
        or(isNull(extensionEndings.at), gt(extensionEndings.at, now)),
      ),
    )
    .orderBy(desc(extensions.id))
    .all()
    .map((row) => row.extension)
}

function mayExtend(actor: Actor | null): Refusal | null {
  if (actor && actor.level !== 'department') return { why: 'not-yours' }
  if (actor && actor.role !== 'officer') return { why: 'reads-only' }
  return null
}

function record(
  tx: Tx,
  input: {
    extension: Extension
    actor: Actor | null
    type: 'extension-granted' | 'extension-ended'
    data: Record<string, unknown>
  },
  now: Instant,
): void {
  const { extension, actor } = input
  const by: { appointmentId: AppointmentId | null; data: object } = actor
    ? { appointmentId: actor.appointmentId, data: {} }
    : { appointmentId: null, data: { by: 'operator' } }
  appendEvent(tx, {
    at: now,
    type: input.type,
    roundId: extension.roundId,
    unitId: extension.unitId,
    personId: actor?.personId ?? null,
    appointmentId: by.appointmentId,
    data: { extensionId: extension.id, ...input.data, ...by.data },
  })
}

/** One province is told at once, with the act; the nation province by province, by a job. */
function tellOrQueue(tx: Tx, input: { extension: Extension; what: 'granted' | 'ended' }, now: Instant): void {
  const { extension, what } = input
  const provinceIds = provincesOf(tx, extension.unitId)
  for (const provinceId of provinceIds) {
    const { id } = tx
      .insert(extensionTellings)
      .values({ extensionId: extension.id, what, provinceId, toldAt: null })
      .returning({ id: extensionTellings.id })
      .get()
    if (extension.scope !== 'everyone') tellOfExtension(tx, id, now)
  }
}

function provincesOf(tx: Tx, unitId: UnitId | null): UnitId[] {
  if (unitId === null) {
    const all = tx.select({ id: units.id }).from(units)
    return all
      .where(and(eq(units.level, 'province'), isNull(units.closedAt)))
      .all()
      .map((row) => row.id)
  }
  let current: UnitId | null = unitId
  while (current !== null) {
    const unit = tx.select({ level: units.level }).from(units).where(eq(units.id, current)).get()
    if (unit?.level === 'province') return [current]
    current = parentOf(tx, current)
  }
  return []
}
