import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageAt } from '../../../../src/workflow/rules/roster/age.ts'
import { daysInMonth, fromSerial, schoolYearOf, writtenInBe } from '../../../../src/workflow/rules/roster/calendar.ts'
import { type Plausible, readDate } from '../../../../src/workflow/rules/roster/read-date.ts'
import { asOf, cell } from './sample-row.ts'

const birth: Plausible = (date) => ageAt(date, asOf).max >= 1 && ageAt(date, asOf).min <= 25
const read = (typed: string | number) => readDate(cell(typed), birth)
const on = (year: number, month: number | null, day: number | null) => ({ ok: true, date: { year, month, day } })
const serial = (year: number, month: number, day: number) =>
  (Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000

describe('a typed date', () => {
  it.each([
    '15/05/2560',
    '15/5/2560',
    '15-5-2560',
    '15-5-60',
    '15/5/60',
    '15.5.2560',
    '15 5 2560',
    ' 15 / 5 / 2560 ',
    '๑๕/๐๕/๒๕๖๐',
    "'15/05/2560",
    '15/05/2017',
    '15-5-17',
    '2017-05-15',
    '2560-05-15',
    '2017-05-15T00:00:00.000Z',
    '15/5/2560 0:00:00',
    '15/5/2560 12:00:00 AM',
    '15 พ.ค. 60',
    '15 พ.ค. 2560',
    '15 พค 60',
    '15พ.ค.60',
    '15-พ.ค.-60',
    '15 พ.ค.2560',
    '๑๕ พ.ค. ๖๐',
    '15 พฤษภาคม พ.ศ. 2560',
    '15 พฤษภาคม 2560',
    '15 พฤษภาคม พ.ศ.2560',
    '15 พฤษภาคม พศ 2560',
    '15 พฤษภาคม พ.ศ. 60',
    '15 พฤษภาคม ค.ศ. 2017',
    'วันที่ 15 เดือนพฤษภาคม พ.ศ. 2560',
    '15-May-17',
    '15 May 2017',
    '42870',
    '42870.0',
    '241197',
  ])('%s is 15 May 2560', (typed) => {
    expect(read(typed)).toEqual(on(2017, 5, 15))
  })

  it.each([
    ['ม.ค.', 1],
    ['ก.พ.', 2],
    ['มี.ค.', 3],
    ['เม.ย.', 4],
    ['พ.ค.', 5],
    ['มิ.ย.', 6],
    ['ก.ค.', 7],
    ['ส.ค.', 8],
    ['ก.ย.', 9],
    ['ต.ค.', 10],
    ['พ.ย.', 11],
    ['ธ.ค.', 12],
    ['มกราคม', 1],
    ['กุมภาพันธ์', 2],
    ['มีนาคม', 3],
    ['เมษายน', 4],
    ['พฤษภาคม', 5],
    ['มิถุนายน', 6],
    ['กรกฎาคม', 7],
    ['กรกฏาคม', 7],
    ['สิงหาคม', 8],
    ['กันยายน', 9],
    ['ตุลาคม', 10],
    ['พฤศจิกายน', 11],
    ['ธันวาคม', 12],
  ])('knows the month %s', (word, month) => {
    expect(read(`1 ${word} พ.ศ. 2560`)).toEqual(on(2017, month, 1))
    expect(read(`1 ${word} 60`)).toEqual(on(2017, month, 1))
  })

  it.each([
    ['2560', 2017, null],
    ['๒๕๖๐', 2017, null],
    ['พ.ศ. 2560', 2017, null],
    ['ปี 2560', 2017, null],
    ['2017', 2017, null],
    ['00/00/2560', 2017, null],
    ['0/0/2560', 2017, null],
    ['-/-/2560', 2017, null],
    ['00/00/60', 2017, null],
    ['00/05/2560', 2017, 5],
    ['พฤษภาคม 2560', 2017, 5],
    ['พ.ค. 2560', 2017, 5],
    ['5/2560', 2017, 5],
  ])('%s is known in part', (typed, year, month) => {
    expect(read(typed)).toEqual(on(year, month, null))
  })

  it.each([
    ['29/02/2559', on(2016, 2, 29)],
    ['29/02/2560', { ok: false, why: 'no-such-day' }],
    ['29 ก.พ. 60', { ok: false, why: 'no-such-day' }],
    ['31/04/2560', { ok: false, why: 'no-such-day' }],
    ['32/01/2560', { ok: false, why: 'no-such-day' }],
    ['05/15/2560', { ok: false, why: 'no-such-day' }],
    ['15/00/2560', { ok: false, why: 'no-such-day' }],
    ['15/05/2200', { ok: false, why: 'year-out-of-range' }],
    ['15/05/2399', { ok: false, why: 'year-out-of-range' }],
    ['15/05/2101', { ok: false, why: 'year-out-of-range' }],
    ['15/05/1899', { ok: false, why: 'year-out-of-range' }],
    ['15 พ.ค. พ.ศ. 2017', { ok: false, why: 'year-out-of-range' }],
    ['15 พ.ค. ค.ศ. 2560', { ok: false, why: 'year-out-of-range' }],
    ['15/05/2400', on(1857, 5, 15)],
    ['15/05/1900', on(1900, 5, 15)],
    ['15/05/2100', on(2100, 5, 15)],
    ['15/05/560', { ok: false, why: 'year-unclear' }],
    ['15/05/6', { ok: false, why: 'year-unclear' }],
    ['15/05/67', { ok: false, why: 'year-unclear' }],
    ['15/05/30', { ok: false, why: 'year-unclear' }],
    ['ไม่ทราบ', { ok: false, why: 'unreadable' }],
    ['15 มกรคม 2560', { ok: false, why: 'unreadable' }],
    ['15/05', { ok: false, why: 'unreadable' }],
    ['15052560', { ok: false, why: 'unreadable' }],
    ['15/05/25600', { ok: false, why: 'unreadable' }],
    ['7', { ok: false, why: 'unreadable' }],
  ])('%s is understood as %j', (typed, reading) => {
    expect(read(typed)).toEqual(reading)
  })

  it.each([
    ['1/6/66', 2023, 'BE 2566 gives an age of 1'],
    ['11/6/65', 2022, 'BE 2565'],
    ['1/1/44', 2001, 'BE 2544 gives 23'],
    ['1/1/99', 1999, 'CE 1999 gives 25'],
    ['1/1/10', 2010, 'CE 2010 gives 14'],
  ])('%s has the only sensible year %i: %s', (typed, year) => {
    expect(read(typed)).toMatchObject({ ok: true, date: { year } })
  })
})

describe('a date that the sheet keeps as a number', () => {
  it.each([
    ['a CE date', serial(2017, 5, 15), on(2017, 5, 15)],
    ['with a time of day', serial(2017, 5, 15) + 0.75, on(2017, 5, 15)],
    ['a date typed in BE', serial(2560, 5, 15), on(2017, 5, 15)],
    ['the first day of 2400', 182_623, on(1857, 1, 1)],
    ['29 February of a BE year that has none in CE', serial(2560, 2, 29), { ok: false, why: 'no-such-day' }],
    ['28 February typed in BE', serial(2559, 2, 28), on(2016, 2, 28)],
    ['1 March typed in BE, never moved by a day', serial(2559, 3, 1), on(2016, 3, 1)],
    ['the last day of 2399', 182_622, { ok: false, why: 'year-out-of-range' }],
    ['the first day of 2101', serial(2101, 1, 1), { ok: false, why: 'year-out-of-range' }],
    ['the last day of 2100', serial(2100, 12, 31), on(2100, 12, 31)],
    ['1 January 1970', serial(1970, 1, 1), on(1970, 1, 1)],
    ['a bare BE year', 2560, on(2017, null, null)],
    ['a bare CE year', 2017, on(2017, null, null)],
    ['zero', 0, { ok: false, why: 'unreadable' }],
    ['a negative number', -5, { ok: false, why: 'unreadable' }],
    ['a pupil number', 1101700207030, { ok: false, why: 'unreadable' }],
  ])('%s', (_, typed, reading) => {
    expect(read(typed)).toEqual(reading)
  })

  it('in a year before 1970 is none: two digits of a BE year were typed', () => {
    expect(read(serial(1960, 5, 15))).toEqual({ ok: false, why: 'serial-before-1970' })
    expect(read(serial(1969, 5, 15))).toEqual({ ok: false, why: 'serial-before-1970' })
  })

  it('is read back from every day of 1970 to 2100, typed in CE, in BE and as text', () => {
    const days = fc.integer({ min: serial(1970, 1, 1), max: serial(2100, 12, 31) })
    fc.assert(
      fc.property(days, (day) => {
        const date = fromSerial(day)
        expect(read(day)).toEqual({ ok: true, date })
        expect(read(writtenInBe(date))).toEqual({ ok: true, date })
        const typedInBe = serial(date.year + 543, date.month, date.day)
        fc.pre(daysInMonth(date.year + 543, date.month) >= date.day)
        expect(read(typedInBe)).toEqual({ ok: true, date })
      }),
    )
  })

  it('a tick or a formula is no date', () => {
    expect(readDate({ kind: 'bool', value: true }, birth)).toEqual({ ok: false, why: 'unreadable' })
  })
})

describe('the school year of a day', () => {
  it.each([
    [{ year: 2024, month: 5, day: 15 }, 2566],
    [{ year: 2024, month: 5, day: 16 }, 2567],
    [{ year: 2024, month: 12, day: 31 }, 2567],
    [{ year: 2025, month: 1, day: 1 }, 2567],
  ])('%j is %i', (day, year) => {
    expect(schoolYearOf(day)).toBe(year)
  })
})
