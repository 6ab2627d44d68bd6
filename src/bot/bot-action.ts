import { z } from 'zod'
import type {
  AnnouncementId,
  AppointmentId,
  HeldActId,
  HoldId,
  OtherInstitutionId,
  RequestId,
  SharedPupilId,
  UnitId,
} from '../db/ids.ts'
import { offerAction } from '../workflow/pending-actions.ts'
import type { Scene } from './scene.ts'

const unitId = z
  .number()
  .int()
  .transform((id) => id as UnitId)
const requestId = z
  .number()
  .int()
  .transform((id) => id as RequestId)
const heldActId = z
  .number()
  .int()
  .transform((id) => id as HeldActId)
const holdId = z
  .number()
  .int()
  .transform((id) => id as HoldId)
const announcementId = z
  .number()
  .int()
  .transform((id) => id as AnnouncementId)
const otherInstitutionId = z
  .number()
  .int()
  .transform((id) => id as OtherInstitutionId)
const sharedPupilId = z
  .number()
  .int()
  .transform((id) => id as SharedPupilId)

/** What a button does when tapped; kept in the database, the button itself carries an opaque id only. */
const actionShape = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('attest'),
    component: z.enum(['roster', 'overview']),
    contentHash: z.string(),
    counted: z.number(),
  }),
  z.object({
    type: z.literal('confirm'),
    component: z.enum(['roster', 'overview', 'other_counts', 'province']),
    seenHash: z.string(),
    counted: z.number(),
  }),
  z.object({ type: z.literal('mark'), laos: z.array(z.object({ id: unitId, shownHash: z.string() })) }),
  z.object({ type: z.literal('check-counts'), rows: z.array(z.object({ id: otherInstitutionId, total: z.number() })) }),
  z.object({ type: z.literal('pass-on'), requestId, version: z.number(), number: z.number() }),
  z.object({ type: z.literal('send-back'), requestId, version: z.number(), number: z.number() }),
  z.object({ type: z.literal('withdraw'), requestId }),
  z.object({ type: z.literal('ask-release'), sharedPupilId, number: z.number() }),
  z.object({ type: z.literal('state-evidence'), sharedPupilId, number: z.number() }),
  z.object({
    type: z.literal('keep-at'),
    sharedPupilId,
    keeperId: unitId,
    version: z.number(),
    number: z.number(),
  }),
  z.object({ type: z.literal('accept-deadline'), agreementId: z.number() }),
  z.object({ type: z.literal('draw-spot-check'), institutions: z.number(), after: z.number() }),
  z.object({ type: z.literal('spot-found'), numbers: z.array(z.number()) }),
  z.object({
    type: z.literal('change-duty'),
    appointmentId: z
      .number()
      .int()
      .transform((id) => id as AppointmentId),
    change: z.enum(['suspend', 'resume', 'end']),
    /** On the card, where the name alone does not say who is meant. */
    number: z.number().optional(),
  }),
  z.object({ type: z.literal('revoke-invitation'), invitationId: z.number().int(), number: z.number() }),
  z.object({ type: z.literal('certify'), submissionId: z.number().int(), counted: z.number() }),
  z.object({ type: z.literal('return-submission'), submissionId: z.number().int() }),
  z.object({
    type: z.literal('extend'),
    scope: z.enum(['everyone', 'province', 'lao', 'institution']),
    unitId: unitId.nullable(),
    until: z.number(),
    reason: z.string(),
    letterNumber: z.string(),
  }),
  z.object({
    type: z.literal('end-extension'),
    extensionId: z.number(),
    reason: z.string(),
    letterNumber: z.string(),
  }),
  z.object({ type: z.literal('accept-late'), heldActId, number: z.number() }),
  z.object({ type: z.literal('refuse-late'), heldActId, number: z.number() }),
  z.object({
    type: z.literal('found-later'),
    institutionId: unitId,
    pupil: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('row'), row: z.number() }),
      z.object({ kind: z.literal('words'), words: z.string() }),
    ]),
    how: z.string(),
    foundOn: z.string(),
  }),
  z.object({
    type: z.literal('announce'),
    words: z.string(),
    letterNumber: z.string().nullable(),
    reach: z.enum(['all', 'next']),
    passesOnId: announcementId.nullable(),
  }),
  z.object({ type: z.literal('repeat-announcement'), announcementId }),
  z.object({ type: z.literal('leave-account') }),
  z.object({
    type: z.literal('hold'),
    holdId,
    decision: z.enum(['release', 'refuse']),
    /** Shown as refused by then: the second word is meant as such. */
    refused: z.boolean().optional(),
  }),
])

export type BotAction = z.output<typeof actionShape>

/** Offers an action to the person of the scene; returns the id for the button. */
export function offer(scene: Scene, action: BotAction): string {
  const { tx, actor, round, now } = scene
  return offerAction(tx, { actor, type: action.type, input: action, unitId: actor.unitId, roundId: round.id }, now)
}

/** The stored meaning of a button, or null when a former version of the program wrote something else. */
export function actionOf(input: unknown): BotAction | null {
  const parsed = actionShape.safeParse(input)
  return parsed.success ? parsed.data : null
}
