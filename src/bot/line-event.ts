import { z } from 'zod'

/** The parts of LINE's events that the bot acts on; anything else in them is let be. */
const eventShape = z.looseObject({
  type: z.string(),
  mode: z.string().optional(),
  source: z
    .looseObject({
      type: z.string(),
      userId: z.string().optional(),
      groupId: z.string().optional(),
      roomId: z.string().optional(),
    })
    .optional(),
  message: z.looseObject({ type: z.string(), id: z.string().optional(), text: z.string().nullish() }).optional(),
  postback: z.looseObject({ data: z.string() }).optional(),
  unsend: z.looseObject({ messageId: z.string() }).optional(),
})

export type LineEvent = z.output<typeof eventShape>

/** Null for what is no event of LINE's: it is kept and left unanswered. */
export function lineEvent(body: unknown): LineEvent | null {
  const parsed = eventShape.safeParse(body)
  return parsed.success ? parsed.data : null
}
