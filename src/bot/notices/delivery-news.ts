import { deadCount } from '../../workflow/dead-letters.ts'
import type { Notice } from '../../workflow/notice.ts'
import type { CardLine } from '../cards/card.ts'
import { cardMessage, type Message } from '../cards/messages.ts'
import type { Stage } from '../stage.ts'
import { DEAD_LETTERS, QUOTA } from '../words/delivery-words.ts'

/** To the department: how much of the month's messages is used, what waits first, and who can change it. */
export function quotaWarning(notice: Extract<Notice, { type: 'quota-warning' }>): Message[] {
  const { percent, month, used, limit } = notice
  const lines: CardLine[] = [{ kind: 'pair', label: QUOTA.used, value: QUOTA.people(used) }]
  if (limit !== null) lines.push({ kind: 'pair', label: QUOTA.limit, value: QUOTA.people(limit) })
  lines.push({ kind: 'text', text: QUOTA.order[percent] }, { kind: 'text', text: QUOTA.next, strong: true })
  return [cardMessage({ over: QUOTA.month(month), title: QUOTA.title(percent), lines, buttons: [] }, QUOTA.alt)]
}

/** To the department: how many letters are dead now. Pointless once all were sent again or dropped. */
export function lettersDead(stage: Stage): Message[] | null {
  const dead = deadCount(stage.tx)
  if (dead === 0) return null
  const lines: CardLine[] = [
    { kind: 'text', text: DEAD_LETTERS.what },
    { kind: 'text', text: DEAD_LETTERS.next, strong: true },
  ]
  return [cardMessage({ over: 'LEC Confirm', title: DEAD_LETTERS.title(dead), lines, buttons: [] }, DEAD_LETTERS.alt)]
}
