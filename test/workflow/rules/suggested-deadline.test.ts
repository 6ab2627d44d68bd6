import { expect, it } from 'vitest'
import { suggestedDeadline } from '../../../src/workflow/rules/suggested-deadline.ts'

const bangkok = (local: string): number => Date.parse(`${local}+07:00`)

it.each([
  ['a Monday at midnight: the Friday before', '2024-06-11T00:00', '2024-06-07T16:30'],
  ['a Thursday at midnight: the day before', '2020-12-25T00:00', '2020-12-23T16:30'],
  ['a due time within a day: the day before that day', '2024-06-12T17:00', '2024-06-11T16:30'],
  ['a Sunday: the Friday', '2024-06-17T00:00', '2024-06-14T16:30'],
])('R18: suggests 16.30 of the working day before the LAO is due: %s', (_what, due, expected) => {
  expect(suggestedDeadline(bangkok(due))).toBe(bangkok(expected))
})

it('R18: leaves out holidays when they are told', () => {
  const holiday = bangkok('2024-06-07T00:00')
  const working = (day: number) => day !== holiday && ![0, 6].includes(new Date(day + 7 * 3_600_000).getUTCDay())
  expect(suggestedDeadline(bangkok('2024-06-11T00:00'), working)).toBe(bangkok('2024-06-06T16:30'))
})
