import { describe, expect, it } from 'vitest'
import { countsTemplate } from '../../src/sheets/counts-template.ts'
import { type FileTemplate, templateBatches } from '../../src/sheets/file-template.ts'
import { rosterTemplate } from '../../src/sheets/roster-template.ts'
import { rosterColumns } from '../../src/workflow/rules/roster/columns.ts'
import { leavingStatuses, pupilStatuses } from '../../src/workflow/rules/roster/status.ts'

const WORKER = 'worker@project.example'
const requestsOf = (template: FileTemplate) =>
  templateBatches({ template, dataTabId: 0, unitMark: '12', roundMark: '3', editors: [WORKER] }).flat()
const roster = rosterTemplate({ unit: 'โรงเรียนตัวอย่าง', kind: 'school', round: '2567/1', helpDesk: null, carried: null })
const counts = countsTemplate({ unit: 'อบต.ตัวอย่าง', round: '2567/1', helpDesk: null, institutions: [] })
const marksOf = (template: FileTemplate) =>
  requestsOf(template).flatMap(({ createDeveloperMetadata }) => {
    const { metadataKey, metadataValue, location } = createDeveloperMetadata?.developerMetadata ?? {}
    return metadataKey
      ? [{ key: metadataKey, value: metadataValue, column: location?.dimensionRange?.startIndex ?? null }]
      : []
  })

describe('the sheet that people get', () => {
  it('keeps ids, dates and rooms as typed: those columns are text', () => {
    const text = (template: FileTemplate) => template.columns.filter((column) => column.text).map(({ key }) => key)
    expect(text(roster)).toEqual(['nationalId', 'pupilNumber', 'birthDate', 'room', 'enteredOn'])
    expect(text(counts)).toEqual(['code', 'baselineDate'])
    const formats = requestsOf(roster).filter(
      ({ repeatCell }) => repeatCell?.cell?.userEnteredFormat?.numberFormat?.type === 'TEXT',
    )
    expect(formats).toHaveLength(5)
  })

  it('marks its columns by the keys that files made before carry, and says what the file is', () => {
    const ofColumns = marksOf(roster).filter(({ key }) => key === 'lec.column')
    expect(ofColumns.map(({ value }) => value)).toEqual([...rosterColumns])
    expect(ofColumns.map(({ column }) => column)).toEqual(rosterColumns.map((_, index) => index))
    expect(
      marksOf(counts)
        .filter(({ key }) => key === 'lec.column')
        .map(({ value }) => value),
    ).toEqual(['code', 'name', 'affiliation', 'baseline', 'baselineDate', 'current', 'checked', 'reason'])
    expect(marksOf(roster)).toEqual(
      expect.arrayContaining([
        { key: 'lec.unit', value: '12', column: null },
        { key: 'lec.round', value: '3', column: null },
      ]),
    )
  })

  it('protects header, findings and instructions, each with its editors named', () => {
    const ranges = requestsOf(roster).flatMap(({ addProtectedRange }) => addProtectedRange?.protectedRange ?? [])
    expect(ranges.map(({ range }) => range)).toEqual([
      { sheetId: 0, startRowIndex: 0, endRowIndex: 1 },
      { sheetId: 1001 },
      { sheetId: 1002 },
    ])
    for (const { editors, warningOnly } of ranges)
      expect({ editors, warningOnly }).toEqual({ editors: { users: [WORKER] } })
  })

  it('strikes out, not by colour alone, the rows of those who do not count', () => {
    const rule = requestsOf(roster).find((request) => request.addConditionalFormatRule)?.addConditionalFormatRule?.rule
    expect(rule?.booleanRule?.format?.textFormat?.strikethrough).toBe(true)
    const [formula] = rule?.booleanRule?.condition?.values ?? []
    for (const status of pupilStatuses) {
      const named = formula?.userEnteredValue?.includes(`$L2="${status}"`)
      expect(named).toBe(leavingStatuses.some((leaving) => leaving === status))
    }
  })

  it('tells every status with whether it counts, and the steps and the link for a child without a number (R27)', () => {
    const rows = roster.howTo.map(({ cells }) => cells)
    for (const status of pupilStatuses) {
      const row = rows.find(([topic]) => topic === status)
      expect(row?.[2]).toMatch(leavingStatuses.some((leaving) => leaving === status) ? /^ไม่นับ/ : /^นับ/)
    }
    expect(roster.howTo.find(({ link }) => link)?.link).toBe('http://www.gcode.moe.go.th')
  })
})
