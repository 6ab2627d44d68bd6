import type { UnitId } from '../../db/ids.ts'
import { setNotRequired } from '../../workflow/confirm-province.ts'
import { setInstitutionNotRequired } from '../../workflow/spare-institution.ts'
import { laoLines } from '../../workflow/structure.ts'
import { unitById } from '../../workflow/unit.ts'
import { isBare } from '../cards/lao-nothing-owed.ts'
import { text } from '../cards/messages.ts'
import { expectNext } from '../conversation.ts'
import { type Answer, say, type Turn } from '../turn.ts'
import { SPARE } from '../words/confirm-words.ts'
import { withoutIds } from '../words/terms.ts'
import { refusalOf, refused } from './refused.ts'
import { unitBelow } from './show-status.ts'

/**
 * ไม่ต้องยืนยัน: the province puts on record, with a reason, that an LAO has nothing to confirm (domain.md section 7); an LAO does so
 * for an institution without pupils.
 */
export function spareUnit(turn: Turn, asked: string | null): Answer {
  const { level } = turn.actor
  if (level !== 'province' && level !== 'lao') return refused(turn, { why: 'not-yours' })
  if (turn.actor.role !== 'officer') return refused(turn, { why: 'reads-only' })
  if (asked === null) return say(text(level === 'lao' ? SPARE.whichInstitution : SPARE.which))
  const found = unitBelow(turn, asked, { deep: false })
  if ('answer' in found) return found.answer
  if (level === 'province') {
    const [line] = laoLines(turn.tx, { roundId: turn.round.id, laos: [found.unit] }, turn.now)
    if (!line || !isBare(line)) return say(text(SPARE.notBare(found.unit.name)))
  }
  const expecting = { kind: 'not-required-reason', unitId: found.unit.id } as const
  expectNext(turn.tx, { lineUserId: turn.lineUserId, expecting }, turn.now)
  return say(text(level === 'lao' ? SPARE.askInstitution(found.unit.name) : SPARE.askReason(found.unit.name)))
}

export function spareWith(turn: Turn, input: { unitId: UnitId; reason: string }): Answer {
  const { tx, round, actor, tap, now } = turn
  const reason = withoutIds(input.reason)
  const decision =
    actor.level === 'lao'
      ? setInstitutionNotRequired(tx, { round, actor, institutionId: input.unitId, reason, tap }, now)
      : setNotRequired(tx, { round, actor, laoId: input.unitId, reason, tap }, now)
  return decision.ok ? say(text(SPARE.done(unitById(tx, input.unitId).name))) : refused(turn, refusalOf(decision))
}
