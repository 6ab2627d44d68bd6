import { describe, expect, it } from 'vitest'
import {
  DAY,
  isWorkingDay,
  startOfDay,
  workingDayFrom,
  workingDaysBefore,
  yearsKnown,
} from '../../../../src/workflow/rules/reminders/calendar.ts'
import { THAI_HOLIDAYS } from '../../../../src/workflow/rules/reminders/thai-holidays.ts'

const day = (date: string): number => Date.parse(`${date}T00:00:00+07:00`)
const dateOf = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10)

describe('the working days of Thai government offices', () => {
  it.each([
    ['2020-04-13', true, 'Songkran of 2563 was put off'],
    ['2020-04-15', true, 'Songkran of 2563 was put off'],
    ['2020-07-27', false, 'first day instead of Songkran'],
    ['2020-09-04', false, 'second day instead of Songkran'],
    ['2020-09-07', false, 'third day instead of Songkran'],
    ['2020-11-19', false, 'special holiday'],
    ['2020-11-20', false, 'special holiday'],
    ['2020-12-07', true, 'its holiday was moved to the 11th'],
    ['2020-12-10', false, 'Constitution Day'],
    ['2020-12-11', false, 'moved from the 7th'],
    ['2020-12-24', true, 'Thursday, the due day of 2563/2'],
    ['2020-12-25', true, 'Friday, no holiday in Thailand'],
    ['2020-12-26', false, 'Saturday'],
    ['2021-07-27', true, 'a special holiday that was called off'],
    ['2021-10-22', false, 'moved from the 25th'],
    ['2021-10-25', true, 'moved to the 22nd'],
    ['2024-05-01', true, 'Labour Day is none for officials'],
    ['2024-05-10', false, 'Royal Ploughing Ceremony'],
    ['2024-06-03', false, "the Queen's birthday, a Monday"],
    ['2024-06-09', false, 'Sunday'],
    ['2024-06-10', true, 'Monday, the due day of 2567/1'],
    ['2024-06-11', true, 'Tuesday, when it closes'],
    ['2019-12-05', true, 'a year that is not known has weekends only'],
    ['2030-01-05', false, 'Saturday of a year that is not known'],
  ])('%s: %s (%s)', (date, working) => {
    expect(isWorkingDay(day(date))).toBe(working)
  })

  it('counts back over weekends and holidays', () => {
    expect(dateOf(workingDaysBefore(day('2020-12-24'), 7))).toBe('2020-12-15')
    expect(dateOf(workingDaysBefore(day('2020-12-24'), 3))).toBe('2020-12-21')
    expect(dateOf(workingDaysBefore(day('2024-06-10'), 7))).toBe('2024-05-29')
    expect(dateOf(workingDaysBefore(day('2024-06-10'), 3))).toBe('2024-06-05')
    expect(dateOf(workingDaysBefore(day('2024-06-10'), 1))).toBe('2024-06-07')
    expect(dateOf(workingDayFrom(day('2020-12-10')))).toBe('2020-12-14')
    expect(dateOf(workingDayFrom(day('2024-06-10')))).toBe('2024-06-10')
  })

  it('a day begins at midnight in Bangkok', () => {
    expect(startOfDay(day('2024-06-10') - 1)).toBe(day('2024-06-09'))
    expect(startOfDay(day('2024-06-10'))).toBe(day('2024-06-10'))
    expect(startOfDay(day('2024-06-10') + DAY - 1)).toBe(day('2024-06-10'))
  })

  it('says what is known of each year', () => {
    const known = yearsKnown({ from: day('2026-12-01'), to: day('2028-01-02') })
    expect(known.map(({ year, how }) => [year, how])).toEqual([
      [2569, 'provisional'],
      [2570, 'provisional'],
      [2571, 'unknown'],
    ])
    expect(yearsKnown({ from: day('2024-04-29'), to: day('2024-06-12') })).toEqual([
      { year: 2567, how: 'known', source: expect.stringContaining('มติ ครม.') },
    ])
  })

  it('holds real dates, in order, none of them a weekend, and a source for each year from 2563 to 2570', () => {
    expect(Object.keys(THAI_HOLIDAYS).map(Number)).toEqual([2563, 2564, 2565, 2566, 2567, 2568, 2569, 2570])
    for (const [year, { days, source }] of Object.entries(THAI_HOLIDAYS)) {
      const dates = days.flatMap((line) => line.split(' ')).map((monthAndDay) => `${Number(year) - 543}-${monthAndDay}`)
      expect(dates, year).toEqual([...new Set(dates)].sort())
      for (const date of dates) {
        const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
        expect(new Date(`${date}T00:00:00Z`).toISOString(), date).toContain(date)
        expect([0, 6], date).not.toContain(weekday)
      }
      expect(source.length).toBeGreaterThan(20)
    }
  })
})
