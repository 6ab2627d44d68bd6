import { eq } from 'drizzle-orm'
import type { HoldId } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { holds } from '../../db/schema.ts'
import type { Notice } from '../../workflow/notice.ts'
import { unitById } from '../../workflow/unit.ts'
import { sheetOf } from '../../workflow/unit-facts.ts'
import { afterCloseWay, isClosed } from '../cards/after-close.ts'
import { holdButtons, openSheet } from '../cards/institution-card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import { type Stage, sceneAt } from '../stage.ts'
import { HOLD } from '../words/notice-words.ts'
import { holdLine } from '../words/status-words.ts'
import { round as roundWords } from '../words/terms.ts'

export function holdById(tx: Tx, id: HoldId): typeof holds.$inferSelect | null {
  return tx.select().from(holds).where(eq(holds.id, id)).get() ?? null
}

/** Many rows are gone from the sheet: a person decides. Pointless once decided or mended. */
export function holdOpened(stage: Stage, notice: Extract<Notice, { type: 'hold-opened' }>): Message[] | null {
  const hold = holdById(stage.tx, notice.holdId)
  if (hold?.state !== 'open') return null
  const scene = sceneAt(stage, { unitId: hold.institutionId, roundId: hold.roundId })
  if (!scene) return null
  const sheet = sheetOf(stage.tx, { roundId: hold.roundId, unitId: hold.institutionId })
  const { kind, name } = unitById(stage.tx, hold.institutionId)
  const closed = isClosed(scene, { unitId: hold.institutionId, component: 'roster' })
  const card = {
    over: `${roundWords(scene.round)} · ${name}`,
    title: HOLD.title,
    lines: [
      {
        kind: 'text' as const,
        text: holdLine({ missing: hold.missing, outOf: hold.outOf, refused: false }, { kind, own: true, closed }),
        tone: 'stop' as const,
      },
      ...(closed ? [{ kind: 'text' as const, text: afterCloseWay(scene), strong: true }] : []),
    ],
    buttons: [...(closed ? [] : holdButtons(scene, hold.id)), ...(sheet ? [openSheet(scene, sheet)] : [])],
  }
  return [cardMessage(card, HOLD.alt)]
}
