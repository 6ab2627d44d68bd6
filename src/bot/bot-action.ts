import { z } from 'zod'
import type { HoldId, RequestId, UnitId } from '../db/ids.ts'
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
const holdId = z
  .number()
  .int()
  .transform((id) => id as HoldId)

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
  z.object({ type: z.literal('pass-on'), requestId, version: z.number(), number: z.number() }),
  z.object({ type: z.literal('send-back'), requestId, version: z.number(), number: z.number() }),
  z.object({ type: z.literal('withdraw'), requestId }),
  z.object({ type: z.literal('hold'), holdId, decision: z.enum(['release', 'refuse']) }),
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
