import { describe, expect, it } from 'vitest'
import { type CountedInstitution, countsDrift } from '../../../src/workflow/rules/counts-drift.ts'

const school = (change: Partial<CountedInstitution> = {}): CountedInstitution => ({
  code: '1099000011',
  name: 'โรงเรียนอนุบาลตัวอย่าง',
  current: 120,
  reason: null,
  checked: true,
  ...change,
})
const { name } = school()

describe('what differs from confirmed counts', () => {
  it.each<{ what: string; now: CountedInstitution[]; rows: unknown[] }>([
    { what: 'nothing', now: [school()], rows: [] },
    { what: 'an empty reason is none', now: [school({ reason: '' })], rows: [] },
    {
      what: 'another number',
      now: [school({ current: 130 })],
      rows: [{ kind: 'changed', name, from: 120, to: 130, reasonChanged: false, unticked: false }],
    },
    {
      what: 'a reason, and the tick taken out',
      now: [school({ reason: 'ย้าย', checked: false })],
      rows: [{ kind: 'changed', name, from: 120, to: 120, reasonChanged: true, unticked: true }],
    },
    {
      what: 'a row that is gone',
      now: [school({ current: null, checked: false })],
      rows: [{ kind: 'missing', name, from: 120 }],
    },
    {
      what: 'an institution that came',
      now: [school(), school({ code: '1099000012', name: 'โรงเรียนใหม่', current: 9 })],
      rows: [{ kind: 'added', name: 'โรงเรียนใหม่', to: 9 }],
    },
    {
      what: 'a new row that nobody has filled in',
      now: [school(), school({ code: '1099000012', current: null, checked: false })],
      rows: [],
    },
  ])('$what', ({ now, rows }) => {
    expect(countsDrift({ confirmed: [school()], now })).toEqual(rows)
  })
})
