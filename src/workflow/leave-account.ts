import { and, eq, ne } from 'drizzle-orm'
import type { InboxId, Instant, PersonId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { conversations, inbox, outbox, pendingActions, people, wrongCodes } from '../db/schema.ts'
import { tellWhomChatMisses } from './account-reach.ts'
import type { Tap } from './act-time.ts'
import { appendEvent } from './event-log.ts'
import { personById } from './person-account.ts'

/** Stands where the account's id stood: the order of what was worked off is kept, whose it was is not. */
const GONE = 'left'

/**
 * ออกจากระบบ: the LINE account no longer stands for the person, and what was kept of it goes: its id, its display name, the
 * conversation, offered buttons, and the words of its messages. The appointment is the level above's to end; acts, receipts and the
 * reasons recorded with them stay on record. The level above learns which units chat reaches nobody of. `inboxId` is the event
 * being worked: its reply token is still needed for the farewell.
 */
export function leaveAccount(
  tx: Tx,
  input: { personId: PersonId; inboxId: InboxId | null; tap?: Tap | undefined },
  now: Instant,
): { left: boolean } {
  const { personId, inboxId, tap } = input
  const lineUserId = personById(tx, personId)?.lineUserId
  if (!lineUserId) return { left: false }
  tx.update(people)
    .set({ lineUserId: null, lineDisplayName: null, blockedAt: null })
    .where(eq(people.id, personId))
    .run()
  tx.delete(conversations).where(eq(conversations.lineUserId, lineUserId)).run()
  tx.delete(pendingActions).where(eq(pendingActions.personId, personId)).run()
  appendEvent(tx, { at: now, type: 'account-left', personId, data: { tap } })
  forgetChat(tx, { chatId: lineUserId, keep: inboxId })
  tellWhomChatMisses(tx, { personId }, now)
  return { left: true }
}

/** The words of a chat, a person's or a group's, and where they came from; what was sent there is kept by meaning and fate only. */
export function forgetChat(tx: Tx, input: { chatId: string; keep: InboxId | null }): void {
  const { chatId, keep } = input
  tx.delete(wrongCodes).where(eq(wrongCodes.chatId, chatId)).run()
  const worked = and(eq(inbox.orderKey, chatId), ne(inbox.state, 'new'))
  const others = keep === null ? worked : and(worked, ne(inbox.id, keep))
  tx.update(inbox)
    .set({ body: { type: 'forgotten' }, orderKey: GONE })
    .where(others)
    .run()
  const waiting = and(eq(outbox.lineUserId, chatId), eq(outbox.state, 'pending'))
  tx.update(outbox).set({ state: 'dropped' }).where(waiting).run()
  tx.update(outbox)
    .set({ lineUserId: GONE, payload: null, replyToken: null })
    .where(and(eq(outbox.lineUserId, chatId), ne(outbox.state, 'pending')))
    .run()
}
