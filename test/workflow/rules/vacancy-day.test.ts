import { expect, it } from 'vitest'
import { vacancyDay } from '../../../src/workflow/rules/vacancy-day.ts'

const at = (local: string) => Date.parse(`${local}+07:00`)
const ROUND = { recordingOpensAt: at('2024-04-29T00:00'), closesAt: at('2024-06-12T00:00') }

it.each([
  ['2024-04-14T10:00', null],
  ['2024-04-15T08:30', null],
  ['2024-04-17T08:29', null],
  ['2024-04-17T08:30', '2024-04-17T00:00'],
  ['2024-06-05T16:29', '2024-06-05T00:00'],
  ['2024-06-05T16:30', null],
  ['2024-06-08T09:00', null],
  ['2024-06-09T09:00', null],
  ['2024-06-03T09:00', null],
  ['2024-06-04T09:00', '2024-06-04T00:00'],
  ['2024-06-11T16:00', '2024-06-11T00:00'],
  ['2024-06-12T09:00', null],
])('units without an officer are looked for at %s: %s', (now, day) => {
  expect(vacancyDay(ROUND, at(now))).toBe(day === null ? null : at(day))
})
