import { onlyNear } from '../text/nearest-word.ts'
import { remember } from '../text/remember.ts'
import { plainDashes, wordKey } from '../text/thai-text.ts'

export const countingStatuses = ['เรียนอยู่', 'ย้ายเข้า', 'รอออกรหัส G-Code'] as const
export const leavingStatuses = ['ย้ายออก', 'จบการศึกษา', 'ลาออก', 'เสียชีวิต', 'ไม่มีตัวตน'] as const
export const pupilStatuses = [...countingStatuses, ...leavingStatuses] as const
export type LeavingStatus = (typeof leavingStatuses)[number]
export type PupilStatus = (typeof pupilStatuses)[number]

export const waitingStatus = 'รอออกรหัส G-Code' satisfies PupilStatus

function statusKey(text: string): string {
  return plainDashes(wordKey(text)).replace(/-/g, '')
}

const byKey = new Map<string, PupilStatus>(pupilStatuses.map((status) => [statusKey(status), status]))
const counting: ReadonlySet<PupilStatus> = new Set(countingStatuses)

/** Reads สถานะ; spaces, the dash and the case of G-Code do not matter. Null when it is none of the eight. */
export const readStatus = remember((text): PupilStatus | null => byKey.get(statusKey(text)) ?? null)

// What people write for a status. ย้าย and ออก alone are left out: each may be one of two.
const spokenStatuses: Record<PupilStatus, readonly string[]> = {
  เรียนอยู่: ['เรียน', 'กำลังเรียน', 'กำลังเรียนอยู่', 'กำลังศึกษา', 'กำลังศึกษาอยู่', 'ศึกษาอยู่', 'ปกติ'],
  ย้ายเข้า: ['ย้ายมา', 'รับย้าย', 'รับย้ายเข้า'],
  'รอออกรหัส G-Code': [
    'รอ G-Code',
    'รอรหัส',
    'รอรหัส G-Code',
    'รอออกรหัส',
    'รอออก G-Code',
    'ขอ G-Code',
    'ขอรหัส G-Code',
    'G-Code',
  ],
  ย้ายออก: ['ย้ายไป', 'ย้ายออกแล้ว'],
  จบการศึกษา: ['จบ', 'จบแล้ว', 'จบหลักสูตร', 'สำเร็จการศึกษา'],
  ลาออก: ['ลาออกแล้ว'],
  เสียชีวิต: ['ตาย', 'ถึงแก่กรรม', 'เสียชีวิตแล้ว'],
  ไม่มีตัวตน: ['ไม่มีตัวตนจริง', 'ไม่มีตัวตนอยู่จริง', 'ไม่พบตัวตน'],
}

const spokenByKey = new Map(
  pupilStatuses.flatMap((status) =>
    [status, ...spokenStatuses[status]].map((word) => [statusKey(word), status] as const),
  ),
)

/** The status that a word which is none was meant to be, when it can be only one. */
export function statusMeant(text: string): PupilStatus | null {
  const key = statusKey(text)
  return spokenByKey.get(key) ?? onlyNear(key, byKey)
}

/** Whether a pupil with this status is part of the number that is confirmed. */
export function statusCounts(status: PupilStatus): boolean {
  return counting.has(status)
}
