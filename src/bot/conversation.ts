import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { AppointmentId, HeldActId, Instant, RequestId, SharedPupilId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { conversations } from '../db/schema.ts'

const unitId = z
  .number()
  .int()
  .transform((id) => id as UnitId)
const sharedPupilId = z
  .number()
  .int()
  .transform((id) => id as SharedPupilId)
const component = z.enum(['roster', 'overview', 'other_counts', 'province'])

/** What the next text of a person is the answer to. */
const expectingShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accept-invitation'), invitationId: z.number().int() }),
  z.object({ kind: z.literal('google-address') }),
  z.object({ kind: z.literal('name') }),
  z.object({ kind: z.literal('reopening-category'), component }),
  z.object({
    kind: z.literal('reopening-reason'),
    component,
    category: z.enum(['moved_in', 'moved_out', 'not_existing', 'wrong_data', 'other']),
  }),
  z.object({
    kind: z.literal('send-back-word'),
    requestId: z
      .number()
      .int()
      .transform((id) => id as RequestId),
    version: z.number().int(),
  }),
  z.object({ kind: z.literal('not-required-reason'), unitId }),
  z.object({
    kind: z.literal('duty-reason'),
    appointmentId: z
      .number()
      .int()
      .transform((id) => id as AppointmentId),
    change: z.enum(['suspend', 'resume', 'end']),
  }),
  z.object({ kind: z.literal('submission-word'), submissionId: z.number().int() }),
  z.object({ kind: z.literal('cancel-reason'), unitId, component }),
  z.object({
    kind: z.literal('late-tap-word'),
    heldActId: z
      .number()
      .int()
      .transform((id) => id as HeldActId),
  }),
  z.object({ kind: z.literal('shared-pupil-evidence'), sharedPupilId }),
  z.object({ kind: z.literal('shared-pupil-keeper'), sharedPupilId, keeperId: unitId, version: z.number().int() }),
])

export type Expecting = z.output<typeof expectingShape>

/** A question that nobody answered for so long is no longer what a text is about. */
const EXPECTING_LIFE_MS = 24 * 60 * 60 * 1000

export type Conversation = { appointmentId: AppointmentId | null; expecting: Expecting | null }

export function conversationOf(tx: Tx, lineUserId: string, now: Instant): Conversation {
  const row = tx.select().from(conversations).where(eq(conversations.lineUserId, lineUserId)).get()
  if (!row) return { appointmentId: null, expecting: null }
  const parsed = expectingShape.safeParse(row.expecting)
  const fresh = Math.abs(now - row.updatedAt) < EXPECTING_LIFE_MS
  return { appointmentId: row.appointmentId, expecting: parsed.success && fresh ? parsed.data : null }
}

/** `null`: nothing special is waited for any more. */
export function expectNext(tx: Tx, input: { lineUserId: string; expecting: Expecting | null }, now: Instant): void {
  const set = { expecting: input.expecting, updatedAt: now }
  tx.insert(conversations)
    .values({ lineUserId: input.lineUserId, ...set })
    .onConflictDoUpdate({ target: conversations.lineUserId, set })
    .run()
}

/** Questions about the account itself, whichever duty it speaks for. */
const OF_THE_ACCOUNT: ReadonlySet<Expecting['kind']> = new Set(['accept-invitation', 'google-address', 'name'])

/** What is still asked when the account speaks for another duty than the one that was asked: an answer acts for nobody else. */
export const askedOfAnyDuty = (expecting: Expecting | null): Expecting | null =>
  expecting && OF_THE_ACCOUNT.has(expecting.kind) ? expecting : null

/** From now on the account speaks for this duty; what another one was asked is asked no more. */
export function speakFor(tx: Tx, input: { lineUserId: string; appointmentId: AppointmentId }, now: Instant): void {
  const { lineUserId, appointmentId } = input
  const before = conversationOf(tx, lineUserId, now)
  const same = before.appointmentId === appointmentId
  const expecting = same ? before.expecting : askedOfAnyDuty(before.expecting)
  const set = { appointmentId, expecting, updatedAt: now }
  tx.insert(conversations)
    .values({ lineUserId, ...set })
    .onConflictDoUpdate({ target: conversations.lineUserId, set })
    .run()
}
