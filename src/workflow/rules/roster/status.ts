import { plainDashes, wordKey } from '../text/thai-text.ts'

export const countingStatuses = ['เรียนอยู่', 'ย้ายเข้า', 'รอออกรหัส G-Code'] as const
export const leavingStatuses = ['ย้ายออก', 'จบการศึกษา', 'ลาออก', 'เสียชีวิต', 'ไม่มีตัวตน'] as const
export const pupilStatuses = [...countingStatuses, ...leavingStatuses] as const
export type PupilStatus = (typeof pupilStatuses)[number]

export const waitingStatus = 'รอออกรหัส G-Code' satisfies PupilStatus

function statusKey(text: string): string {
  return plainDashes(wordKey(text)).replace(/-/g, '')
}

const byKey = new Map<string, PupilStatus>(pupilStatuses.map((status) => [statusKey(status), status]))
const counting: ReadonlySet<PupilStatus> = new Set(countingStatuses)

/** Reads สถานะ; spaces, the dash and the case of G-Code do not matter. Null when it is none of the eight. */
export function readStatus(text: string): PupilStatus | null {
  return byKey.get(statusKey(text)) ?? null
}

/** Whether a pupil with this status is part of the number that is confirmed. */
export function statusCounts(status: PupilStatus): boolean {
  return counting.has(status)
}
