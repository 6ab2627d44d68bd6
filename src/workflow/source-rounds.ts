import type { RoundInstants } from './rules/round-window.ts'

export type SourceRound = Omit<RoundInstants, 'archivedAt'> & {
  code: string
  schoolYear: number
  term: number
  carries: string | null
  /** ISO date (CE). */
  asOf: string
  letterNumber: string | null
  letterDate: string | null
  helpDesk: string | null
  baselineDate: string | null
  assumed: string[]
  clauses: Record<string, string>
}

/** Bangkok has no daylight saving: local time plus a fixed +07:00. */
const bangkok = (local: string): number => Date.parse(`${local}+07:00`)

/**
 * The two rounds of the source documents. "ภายในวันที่ 24" ends with the day: the exclusive instant is the 25th, 00:00.
 * What a source does not give is named in `assumed` and shown as such.
 */
export const SOURCE_ROUNDS: readonly SourceRound[] = [
  // The guideline: R12 opening of the confirmation, R13 institutions and LAOs, R14 provinces, R23 baseline, R42 help desk.
  {
    code: '2563/2',
    schoolYear: 2563,
    term: 2,
    carries: '2563/1',
    asOf: '2020-12-24',
    recordingOpensAt: bangkok('2020-11-03T00:00:00'),
    confirmingOpensAt: bangkok('2020-12-21T00:00:00'),
    institutionDueAt: bangkok('2020-12-25T00:00:00'),
    laoDueAt: bangkok('2020-12-25T00:00:00'),
    otherCountsDueAt: bangkok('2020-12-25T00:00:00'),
    provinceDueAt: bangkok('2020-12-26T00:00:00'),
    recordingClosesAt: bangkok('2020-12-26T00:00:00'),
    closesAt: bangkok('2020-12-26T00:00:00'),
    letterNumber: 'มท ๐๘๑๖.๒/ว ๓๔๐๐',
    letterDate: '2020-11-03',
    helpDesk: 'กลุ่มงานยุทธศาสตร์การพัฒนาการจัดการศึกษาท้องถิ่น โทร. 0 2241 9021-3 ต่อ 302, 306',
    baselineDate: '2020-08-07',
    assumed: ['recordingOpensAt', 'recordingClosesAt', 'closesAt', 'asOf'],
    clauses: {
      confirmingOpensAt: 'ข้อ 4.1',
      institutionDueAt: 'ข้อ 4.2',
      laoDueAt: 'ข้อ 4.2, 7.1',
      otherCountsDueAt: 'ข้อ 7.3',
      provinceDueAt: 'ข้อ 4.3, 9.2',
      recordingClosesAt: 'ข้อ 9.1',
      closesAt: 'ข้อ 9.2',
      baselineDate: 'ข้อ 5.2(1)',
      helpDesk: 'ท้ายแนวทาง',
    },
  },
  // The letter: R15 open from and to, R16 institutions and LAOs, R17 provinces, and recording closed at 17.00.
  {
    code: '2567/1',
    schoolYear: 2567,
    term: 1,
    carries: null,
    asOf: '2024-06-10',
    recordingOpensAt: bangkok('2024-04-29T00:00:00'),
    confirmingOpensAt: bangkok('2024-04-29T00:00:00'),
    institutionDueAt: bangkok('2024-06-11T00:00:00'),
    laoDueAt: bangkok('2024-06-11T00:00:00'),
    otherCountsDueAt: bangkok('2024-06-11T00:00:00'),
    provinceDueAt: bangkok('2024-06-12T00:00:00'),
    recordingClosesAt: bangkok('2024-06-11T17:00:00'),
    closesAt: bangkok('2024-06-12T00:00:00'),
    letterNumber: null,
    letterDate: null,
    helpDesk: 'กลุ่มงานยุทธศาสตร์การพัฒนาการจัดการศึกษาท้องถิ่น โทร. 0 2241 9021-3 ต่อ 302, 306',
    baselineDate: null,
    assumed: ['confirmingOpensAt', 'closesAt', 'asOf', 'helpDesk', 'letterNumber'],
    clauses: {
      recordingOpensAt: 'หนังสือปี 2567 วรรคแรก',
      institutionDueAt: 'หนังสือปี 2567 ข้อ 1',
      laoDueAt: 'หนังสือปี 2567 ข้อ 2',
      otherCountsDueAt: 'หนังสือปี 2567 ข้อ 1',
      provinceDueAt: 'หนังสือปี 2567 ข้อ 4',
      recordingClosesAt: 'หนังสือปี 2567 ข้อ 4',
    },
  },
]
