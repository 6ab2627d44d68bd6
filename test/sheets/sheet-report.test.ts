import { describe, expect, it } from 'vitest'
import { mergedNote, reportHash, reportLines, type SheetReport, wantedNotes } from '../../src/sheets/sheet-report.ts'
import { bangkokMoment, reportWords, thaiDay } from '../../src/sheets/sheet-words.ts'

function reportOf(problems: SheetReport['problems']): SheetReport {
  return {
    problems,
    figures: { passed: 78, errors: 2, warnings: 0, unit: 'ราย' },
    nameOf: (row) => `ชื่อ ${row}`,
    headerOf: (column) => column.toUpperCase(),
    positionOf: (column) => ({ id: 0, grade: 8 })[column] ?? null,
    keyPosition: 0,
  }
}

describe('the findings in a sheet', () => {
  it('name row, person, column, level, what is wrong and what to type', () => {
    const lines = reportLines(
      reportOf([
        { row: 5, column: 'grade', severity: 'error', message: 'ไม่รู้จัก', suggestion: 'ป.1' },
        { row: 6, column: null, severity: 'warning', message: 'แปลก', explained: true },
      ]),
    )
    expect(lines).toEqual([
      ['5', 'ชื่อ 5', 'GRADE', 'ต้องแก้ไข', 'ไม่รู้จัก', 'น่าจะเป็น ป.1'],
      ['6', 'ชื่อ 6', 'ทั้งแถว', 'ชี้แจงแล้ว', 'แปลก', ''],
    ])
  })

  it('stand at their cells as one note each, what is explained needs none, whole rows are noted at the key', () => {
    const notes = wantedNotes(
      reportOf([
        { row: 5, column: 'grade', severity: 'error', message: 'ก' },
        { row: 5, column: 'grade', severity: 'warning', message: 'ข', suggestion: 'ค' },
        { row: 6, column: null, severity: 'error', message: 'ง' },
        { row: 7, column: 'grade', severity: 'warning', message: 'จ', explained: true },
        { row: 8, column: 'gone', severity: 'error', message: 'ฉ' },
      ]),
    )
    expect(notes).toEqual([
      { rowIndex: 4, columnIndex: 8, text: 'LEC: ต้องแก้ไข: ก\nต้องชี้แจง: ข น่าจะเป็น ค' },
      { rowIndex: 5, columnIndex: 0, text: 'LEC: ต้องแก้ไข: ง' },
    ])
  })

  it.each([
    ['', 'LEC: ก', 'LEC: ก'],
    ['LEC: ก', 'LEC: ข', 'LEC: ข'],
    ['LEC: ก', '', ''],
    ['ของครู', 'LEC: ก', 'ของครู\nLEC: ก'],
    ['ของครู\nLEC: ก', '', 'ของครู'],
  ])('leave what people noted themselves: %j with %j becomes %j', (existing, ours, expected) => {
    expect(mergedNote(existing, ours)).toBe(expected)
  })

  it('are many at most 2,000 lines, and then say how many are left', () => {
    const problems = Array.from({ length: 2500 }, (_, row) => ({
      row,
      column: 'id',
      severity: 'error' as const,
      message: 'ก',
    }))
    const lines = reportLines(reportOf(problems))
    expect(lines).toHaveLength(2001)
    expect(lines.at(-1)?.join('')).toContain('500')
  })

  it('have the same hash until something reads differently', () => {
    const one = reportOf([{ row: 5, column: 'id', severity: 'error', message: 'ก' }])
    const moved = reportOf([{ row: 6, column: 'id', severity: 'error', message: 'ก' }])
    expect(reportHash(one, 'x')).toBe(reportHash(one, 'x'))
    expect(new Set([reportHash(one, 'x'), reportHash(moved, 'x'), reportHash(one, 'y')]).size).toBe(3)
  })

  it('say when and how many in the words of the field', () => {
    const at = Date.parse('2024-06-11T03:42:00Z')
    expect(reportWords.checked({ at, passed: 78, errors: 0, warnings: 3, unit: 'ราย' })).toBe(
      'ตรวจล่าสุด 10.42 น. (11 มิ.ย. 2567) ผ่าน 78 ราย ต้องชี้แจง 3 รายการ',
    )
    expect(reportWords.checked({ at, passed: 78, errors: 2, warnings: 0, unit: 'ราย' })).toBe(
      'ตรวจล่าสุด 10.42 น. (11 มิ.ย. 2567) ผ่าน 78 ราย ต้องแก้ไข 2 ราย',
    )
    expect(bangkokMoment(Date.parse('2024-12-31T17:05:00Z'))).toBe('00.05 น. (1 ม.ค. 2568)')
    expect(thaiDay('2020-08-07')).toBe('7 ส.ค. 2563')
  })
})
