import type { Role } from '../../db/schema.ts'
import { createInvitation } from '../../workflow/invitations.ts'
import { childrenOf } from '../../workflow/unit.ts'
import { text } from '../cards/messages.ts'
import { type Answer, say, type Talk } from '../turn.ts'
import { INVITE } from '../words/join-words.ts'
import { refusalOf, refused } from './refused.ts'
import { unitBelow } from './show-status.ts'

const BELOW = { department: 'province', province: 'lao', lao: 'institution' } as const

/** เชิญ: a one-time code for a unit directly below (R4, R6, R7), shown this once. */
export function invite(talk: Talk, input: { unit: string | null; executive: boolean }): Answer {
  const { tx, actor, now } = talk
  if (actor.role !== 'officer') return refused(talk, { why: 'reads-only' })
  if (actor.level === 'institution') return say(text(INVITE.nobodyBelow))
  if (input.unit === null) {
    const [example] = childrenOf(tx, { unitId: actor.unitId, level: BELOW[actor.level] }, now)
    return say(text(example ? INVITE.which(example.name) : INVITE.nobodyBelow))
  }
  const found = unitBelow(talk, input.unit, { deep: false })
  if ('answer' in found) return found.answer
  const role: Role = input.executive ? 'executive' : 'officer'
  const made = createInvitation(
    tx,
    { actor, unitId: found.unit.id, role, personName: null, orderNumber: null, orderDate: null },
    now,
  )
  if (!made.ok) return refused(talk, refusalOf(made))
  return say(text(INVITE.made({ unit: found.unit.name, role, code: made.code, expiresAt: made.expiresAt })))
}
