import { describe, expect, it } from 'vitest'
import { judgeRoster } from '../../../../src/workflow/rules/roster/judge-roster.ts'
import { atSchool, rowsOf, type Typed, type TypedRow, validId } from './sample-row.ts'

const serial = (year: number, month: number, day: number) =>
  (Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000

/** What the first problem of the row suggests; null when there is a problem without a suggestion. */
function suggested(change: TypedRow): string | null | undefined {
  const [found] = judgeRoster(rowsOf(change), atSchool).problems
  return found === undefined ? undefined : (found.suggestion ?? null)
}

describe('what a wrong number was meant to be', () => {
  it.each<[Typed, string | null]>([
    ['113200420331', '0113200420331'],
    [113200420331, '0113200420331'],
    ['11O17OO2O7O3O', '1101700207030'],
    ['l1017oo207030', '1101700207030'],
    ['0.1132.00420.33.1', '0113200420331'],
    ['เลข 1101700207030', '1101700207030'],
    ['1101700207030 (รอแก้)', '1101700207030'],
    ['G6442000000O1', 'G644200000001'],
    ['G64/42/00000001', 'G644200000001'],
    [`1101700207030 หรือ ${validId('2')}`, null],
    ['110170023070S', null],
    ['1101700230705', null],
    ['113200420332', null],
    ['1.1017E+12', null],
    ['1234567890121', null],
    ['ไม่มี', null],
    ['GX44200000001', null],
  ])('%j: %s', (nationalId, suggestion) => {
    expect(suggested({ nationalId })).toBe(suggestion)
  })
})

describe('what a wrong word was meant to be', () => {
  it.each<[string, string | null]>([
    ['เรียนอยุ่', 'เรียนอยู่'],
    ['เรียน', 'เรียนอยู่'],
    ['กำลังศึกษา', 'เรียนอยู่'],
    ['รอ G-Code', 'รอออกรหัส G-Code'],
    ['รอออกรหส G-Code', 'รอออกรหัส G-Code'],
    ['ย้าออก', 'ย้ายออก'],
    ['จบ', 'จบการศึกษา'],
    ['จบการศึกษ', 'จบการศึกษา'],
    ['ไม่มีตัวต้น', 'ไม่มีตัวตน'],
    ['ย้าย', null],
    ['ออก', null],
    ['พักการเรียน', null],
  ])('as a status, %s: %s', (status, suggestion) => {
    expect(suggested({ status })).toBe(suggestion)
  })

  it.each<[string, string | null]>([
    ['เด็กชาบ', 'ด.ช.'],
    ['เดกหญิง', 'ด.ญ.'],
    ['นางสาง', 'นางสาว'],
    ['เณร', 'สามเณร'],
    ['ด.ข.', null],
    ['คุณ', null],
    ['เด็ก', null],
  ])('as a prefix, %s: %s', (prefix, suggestion) => {
    expect(suggested({ prefix })).toBe(suggestion)
  })

  it.each<[string, string | null]>([
    ['ป.1/2', 'ป.1'],
    ['ป.1 ห้อง 2', 'ป.1'],
    ['ป.1 (2)', 'ป.1'],
    ['P1', 'ป.1'],
    ['K2', 'อ.2'],
    ['ประถมศึกษาปีที 1', 'ป.1'],
    ['ประถมศึกา 1', 'ป.1'],
    ['มัธยมศึกษาปีที๋ 3', 'ม.3'],
    ['อนุบาน 2', 'อ.2'],
    ['เด็กเล็ด', 'เด็กเล็ก'],
    ['เตรียมอนบาล', 'เตรียมอนุบาล'],
    ['ประถมศึกา 7', null],
    ['ป.7', null],
    ['ปวซ.1', null],
    ['อนุบาล 3 ขวบ', null],
    ['1', null],
  ])('as a grade, %s: %s', (grade, suggestion) => {
    expect(suggested({ grade })).toBe(suggestion)
  })
})

describe('what a wrong birth date was meant to be', () => {
  it.each<[string, Typed, string | null]>([
    ['two digits completed to 19.. in a date cell', serial(1960, 5, 15), '15/05/2560'],
    ['two digits completed to 20..', '15/05/2060', '15/05/2560'],
    ['two digits completed to 20.. in a date cell', serial(2060, 5, 15), '15/05/2560'],
    ['BE taken for CE', '15/05/3103', '15/05/2560'],
    ['BE taken for CE in a date cell', serial(3103, 5, 15), '15/05/2560'],
    ['CE taken for BE', '15/05/1474', '15/05/2560'],
    ['the wrong era named', '15 พ.ค. พ.ศ. 2017', '15/05/2560'],
    ['the other wrong era named', '15 พ.ค. ค.ศ. 2560', '15/05/2560'],
    ['the first digit of the year lost', '15/05/560', '15/05/2560'],
    ['day and month exchanged', '05/15/2560', '15/05/2560'],
    ['no signs between', '15052560', '15/05/2560'],
    ['no signs between, the year first', '25600515', '15/05/2560'],
    ['a slip in the month', '15 มกรคม 2560', '15/01/2560'],
    ['a slip in the month and two digits of the year', '15 กันยายม 60', '15/09/2560'],
    ['a day that is not in the calendar', '31/04/2560', null],
    ['29 February of a year without', '29/02/2560', null],
    ['29 February of a year without, in a date cell', serial(1960, 2, 29), null],
    ['a year that may be many', '15/05/256', null],
    ['a year that may be none', '15/05/67', null],
    ['a year of neither era', '15/05/2200', null],
    ['born after the day', '11/06/2567', null],
    ['not a date', 'ไม่ทราบ', null],
  ])('%s', (_, birthDate, suggestion) => {
    expect(suggested({ birthDate })).toBe(suggestion)
  })

  it('is told with a warning too, where the age is beyond a pupil', () => {
    const [, found] = judgeRoster(rowsOf({ birthDate: '15/05/1960' }), atSchool).problems
    expect(found).toMatchObject({ code: 'age_over_30', severity: 'warning', suggestion: '15/05/2560' })
  })

  it('is told for the date of entry by its own measure', () => {
    expect(suggested({ enteredOn: '05/16/2566' })).toBe('16/05/2566')
    expect(suggested({ enteredOn: 'ปีที่แล้ว' })).toBeNull()
  })
})
