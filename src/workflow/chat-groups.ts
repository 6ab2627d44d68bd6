import { createHash } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { Instant, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { chatGroups, groupCodes } from '../db/schema.ts'
import { type Actor, actorOf } from './actor.ts'
import { appendEvent } from './event-log.ts'
import { newCode } from './invitation-code.ts'
import { forgetChat } from './leave-account.ts'
import { type Decision, refuse } from './rules/refusal.ts'
import { unitById } from './unit.ts'

export type ChatGroup = typeof chatGroups.$inferSelect

/** Long enough to open the group and type it. */
export const GROUP_CODE_LIFE_MS = 15 * 60_000

const hashOf = (code: string): string => createHash('sha256').update(`group:${code}`).digest('hex')

/** เชื่อมกลุ่ม in the private chat: a one-time code that links the group it is typed in to the officer's unit. */
export function createGroupCode(
  tx: Tx,
  input: { actor: Actor },
  now: Instant,
): Decision<{ code: string; expiresAt: Instant }> {
  const { role, unitId, appointmentId } = input.actor
  if (role !== 'officer') return refuse({ why: 'reads-only' })
  const code = newCode()
  const expiresAt = now + GROUP_CODE_LIFE_MS
  tx.insert(groupCodes)
    .values({ codeHash: hashOf(code), unitId, appointmentId, expiresAt })
    .run()
  return { ok: true, code, expiresAt }
}

/** Who made a code that is still good, through the duty he made it with; null for anything else. */
export function actorOfGroupCode(tx: Tx, code: string, now: Instant): Actor | null {
  const open = and(eq(groupCodes.codeHash, hashOf(code)), isNull(groupCodes.usedAt), gt(groupCodes.expiresAt, now))
  const row = tx.select().from(groupCodes).where(open).get()
  return row ? actorOf(tx, row.appointmentId, now) : null
}

/** Links a group to the officer's unit; one that is linked to another unit must be let go by that unit first. */
export function linkGroup(
  tx: Tx,
  input: { actor: Actor; chatId: string; code?: string },
  now: Instant,
): Decision<{ group: ChatGroup; already: boolean }> {
  const { actor, chatId, code } = input
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  const linked = groupOf(tx, chatId)
  if (linked && linked.unitId !== actor.unitId)
    return refuse({ why: 'group-linked', unit: { id: linked.unitId, name: unitById(tx, linked.unitId).name } })
  if (code !== undefined)
    tx.update(groupCodes)
      .set({ usedAt: now })
      .where(eq(groupCodes.codeHash, hashOf(code)))
      .run()
  if (linked) return { ok: true, group: linked, already: true }
  const { unitId, appointmentId } = actor
  const group = tx
    .insert(chatGroups)
    .values({ chatId, unitId, linkedByAppointmentId: appointmentId, linkedAt: now })
    .returning()
    .get()
  record(tx, { type: 'group-linked', group, actor }, now)
  return { ok: true, group, already: false }
}

/** An officer of the unit lets go of one group, or of all that are linked to the unit; returns how many. */
export function unlinkGroups(
  tx: Tx,
  input: { actor: Actor; chatId: string | null },
  now: Instant,
): Decision<{ unlinked: number }> {
  const { actor, chatId } = input
  if (actor.role !== 'officer') return refuse({ why: 'reads-only' })
  const own = eq(chatGroups.unitId, actor.unitId)
  const groups = tx
    .select()
    .from(chatGroups)
    .where(chatId === null ? own : and(own, eq(chatGroups.chatId, chatId)))
    .all()
  for (const group of groups) {
    tx.delete(chatGroups).where(eq(chatGroups.id, group.id)).run()
    record(tx, { type: 'group-unlinked', group, actor }, now)
  }
  return { ok: true, unlinked: groups.length }
}

/** The bot is in the group no longer: the link and every stored word of the group go. */
export function forgetGroup(tx: Tx, chatId: string, now: Instant): void {
  const group = groupOf(tx, chatId)
  tx.delete(chatGroups).where(eq(chatGroups.chatId, chatId)).run()
  if (group) record(tx, { type: 'group-unlinked', group, actor: null }, now)
  forgetChat(tx, { chatId, keep: null })
}

export function groupOf(tx: Tx, chatId: string): ChatGroup | null {
  return tx.select().from(chatGroups).where(eq(chatGroups.chatId, chatId)).get() ?? null
}

export function groupsOfUnit(tx: Tx, unitId: UnitId): number {
  return tx.select({ id: chatGroups.id }).from(chatGroups).where(eq(chatGroups.unitId, unitId)).all().length
}

function record(
  tx: Tx,
  input: { type: 'group-linked' | 'group-unlinked'; group: ChatGroup; actor: Actor | null },
  now: Instant,
): void {
  const { type, group, actor } = input
  appendEvent(tx, {
    at: now,
    type,
    unitId: group.unitId,
    personId: actor?.personId ?? null,
    appointmentId: actor?.appointmentId ?? null,
    data: { groupId: group.id },
  })
}
