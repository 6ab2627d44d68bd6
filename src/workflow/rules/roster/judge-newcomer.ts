import { type CarriedPupils, carriedKey } from './carried-pupils.ts'
import type { JudgedNumber } from './judge-number.ts'
import { personWords } from './problem-words.ts'
import { type RowFindings, report } from './row-findings.ts'
import type { RowTrace } from './same-pupil.ts'
import type { PupilStatus } from './status.ts'

/**
 * In a round that carries the last one forward (R11, R26), who is there without having been there moved in, and says so.
 */
export function judgeNewcomer(
  findings: RowFindings,
  pupil: { status: PupilStatus | null; number: JudgedNumber | null; trace: RowTrace },
  carried: CarriedPupils,
): void {
  const { status, number, trace } = pupil
  if (status !== 'เรียนอยู่' || number === null || number.kind === 'waiting') return
  if (carriedKey({ ...trace, key: number.number }, carried) !== null) return
  report(findings, { column: 'status', code: 'new_not_moved_in', message: personWords.newNotMovedIn(findings.kind) })
}
