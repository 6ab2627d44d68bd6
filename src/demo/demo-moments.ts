import { SOURCE_ROUNDS } from '../workflow/source-rounds.ts'
import { DEMO_ROUND, DEMO_START } from './demo-units.ts'

/** Moments of the demo's round that are worth jumping to, for the sandbox page. */
export function demoMoments(): { label: string; at: number }[] {
  const round = SOURCE_ROUNDS.find((candidate) => candidate.code === DEMO_ROUND)
  if (!round) return []
  const HOUR = 3_600_000
  return [
    { label: 'เริ่มต้น 5 มิ.ย. 09.00', at: Date.parse(DEMO_START) },
    { label: '3 วันก่อนกำหนด 7 มิ.ย. 08.30', at: round.institutionDueAt - 4 * 24 * HOUR + 8.5 * HOUR },
    { label: 'วันสุดท้าย 10 มิ.ย. 08.30', at: round.institutionDueAt - 15.5 * HOUR },
    { label: 'หลังกำหนด 11 มิ.ย. 09.00', at: round.institutionDueAt + 9 * HOUR },
    { label: 'ก่อนปิด 15 นาที 11 มิ.ย. 16.45', at: round.recordingClosesAt - HOUR / 4 },
    { label: 'ปิดแล้ว 11 มิ.ย. 17.00', at: round.recordingClosesAt },
  ]
}
