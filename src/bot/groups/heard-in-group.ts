import { z } from 'zod'
import { normaliseText } from '../../workflow/rules/text/thai-text.ts'

const mentionShape = z.looseObject({
  mentionees: z.array(
    z.looseObject({ index: z.number().int(), length: z.number().int(), isSelf: z.boolean().optional() }),
  ),
})

/** People without the mention (LINE for PC, a copied text) begin with the name. */
const BY_NAME = /^@?\s*lec(?:\s*confirm)?(?![a-z])\s*[:,]?\s*/i

/** What a text in a group says to the bot, without its name; null when it is not spoken to. */
export function saidToUs(message: { text?: string | null | undefined; mention?: unknown }): string | null {
  const typed = message.text ?? ''
  const mention = mentionShape.safeParse(message.mention)
  const self = mention.success ? mention.data.mentionees.find(({ isSelf }) => isSelf === true) : undefined
  if (self) {
    // Positions are in UTF-16 units, and may lie: what is not there cannot be cut.
    const said = `${typed.slice(0, Math.max(0, self.index))} ${typed.slice(Math.max(0, self.index) + Math.max(0, self.length))}`
    return normaliseText(said).replace(BY_NAME, '').trim()
  }
  const plain = normaliseText(typed)
  return BY_NAME.test(plain) ? plain.replace(BY_NAME, '').trim() : null
}
