import type { Instant, RoundId, UnitId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { noticeUnit, URGENCY } from './notice.ts'
import { institutionLine, type LaoLine, laoLines } from './structure.ts'
import { childrenOf, type Unit, unitById } from './unit.ts'

type Below = { roundId: RoundId; laoId: UnitId | null }

/**
 * The LAO hears when the last of its institutions is in, confirmed or no longer required; not institution by institution. Where its
 * overview stands already, as it does again when the one that it lacked is closed, the province hears what follows.
 */
export function tellLaoWhenAllIn(tx: Tx, input: Below, now: Instant): void {
  const { roundId, laoId } = input
  const line = lineOf(tx, input, now)
  if (laoId === null || !line) return
  const allIn = line.institutions.every((child) => child.state !== 'open' && !child.drifted)
  if (!allIn) return
  // An LAO whose institutions are all spared has no overview to confirm.
  if (line.overview === 'open') {
    const notice = { type: 'all-institutions-confirmed', roundId, laoId } as const
    noticeUnit(tx, { unitId: laoId, notice, urgency: URGENCY.actNow }, now)
  }
  tellProvince(tx, { roundId, line }, now)
}

/** The province hears when the last of its LAOs is complete. */
export function tellProvinceWhenAllComplete(tx: Tx, input: Below, now: Instant): void {
  const line = lineOf(tx, input, now)
  if (line) tellProvince(tx, { roundId: input.roundId, line }, now)
}

function tellProvince(tx: Tx, input: { roundId: RoundId; line: LaoLine }, now: Instant): void {
  const provinceId = isDone(input.line) ? unitById(tx, input.line.id).parentId : null
  if (provinceId !== null) tellProvinceOf(tx, { roundId: input.roundId, provinceId }, now)
}

/** The same when an LAO has left the province, by closing, merging or moving. */
export function tellProvinceOf(tx: Tx, input: { roundId: RoundId; provinceId: UnitId }, now: Instant): void {
  const { roundId, provinceId } = input
  const lines = laoLines(tx, { roundId, laos: childrenOf(tx, { unitId: provinceId, level: 'lao' }, now) }, now)
  if (lines.length === 0 || !lines.every(isDone)) return
  const notice = { type: 'all-laos-complete', roundId, provinceId } as const
  noticeUnit(tx, { unitId: provinceId, notice, urgency: URGENCY.actNow }, now)
}

/** Whether the level above waits for this unit: when it goes, that level may be complete without it. */
export function keepsWaiting(tx: Tx, input: { roundId: RoundId; unit: Unit }, now: Instant): boolean {
  const { roundId, unit } = input
  if (unit.level === 'institution') {
    const line = institutionLine(tx, { roundId, institutionId: unit.id }, now)
    return line !== null && (line.state === 'open' || line.drifted)
  }
  const line = lineOf(tx, { roundId, laoId: unit.id }, now)
  return line !== null && !isDone(line)
}

/** Complete, or declared not required. */
const isDone = (line: LaoLine): boolean =>
  line.complete || (line.overview === 'not_required' && line.otherCounts === 'not_required')

function lineOf(tx: Tx, { roundId, laoId }: Below, now: Instant): LaoLine | null {
  const lao = laoId === null ? null : unitById(tx, laoId)
  if (lao?.level !== 'lao' || lao.closedAt !== null) return null
  return laoLines(tx, { roundId, laos: [lao] }, now)[0] ?? null
}
