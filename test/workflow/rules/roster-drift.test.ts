import { describe, expect, it } from 'vitest'
import type { Pupil } from '../../../src/workflow/rules/roster/pupil.ts'
import { countDrift, rosterDrift } from '../../../src/workflow/rules/roster-drift.ts'

const ID = '1101700207030'
const OTHER_ID = '0113200420331'
const G_CODE = 'G644200000001'

function pupil(change: Partial<Pupil> = {}): Pupil {
  return {
    row: 2,
    key: change.number ?? ID,
    numberKind: 'national_id',
    number: ID,
    pupilNumber: '1001',
    prefix: 'เด็กชาย',
    firstName: 'ทดสอบ',
    lastName: 'สมมติ',
    sex: 'm',
    birthDate: { year: 2017, month: 5, day: 15 },
    nationality: 'ไทย',
    grade: 'ป.1',
    room: '1',
    enteredOn: null,
    status: 'เรียนอยู่',
    counts: true,
    exists: true,
    explanation: '',
    ...change,
  }
}

const other = (change: Partial<Pupil> = {}) =>
  pupil({ row: 3, key: OTHER_ID, number: OTHER_ID, firstName: 'สมมุติ', ...change })

type Case = {
  what: string
  confirmed?: Pupil[]
  now: Pupil[]
  unreadable?: string[]
  otherErrorRows?: number
  rows: unknown[]
}

const CASES: Case[] = [
  { what: 'the same roster', now: [pupil()], rows: [] },
  {
    what: 'rows in another order',
    confirmed: [pupil(), other()],
    now: [other({ row: 2 }), pupil({ row: 3 })],
    rows: [],
  },
  {
    what: 'a pupil more',
    now: [pupil(), other()],
    rows: [{ kind: 'added', row: 3, number: '0-1132-xxxxx-xx-1' }],
  },
  {
    what: 'a pupil less, by the row at confirming',
    confirmed: [pupil(), other()],
    now: [pupil()],
    rows: [{ kind: 'missing', row: 3, number: '0-1132-xxxxx-xx-1' }],
  },
  {
    what: 'changed columns, each with both values',
    now: [pupil({ row: 7, grade: 'ป.2', room: '', exists: false, birthDate: { year: 2016, month: null, day: null } })],
    rows: [
      {
        kind: 'changed',
        row: 7,
        number: '1-1017-xxxxx-xx-0',
        changes: [
          { column: 'birthDate', from: '15/5/2560', to: '2559' },
          { column: 'grade', from: 'ป.1', to: 'ป.2' },
          { column: 'room', from: '1', to: '' },
          { column: 'exists', from: '✓', to: '' },
        ],
      },
    ],
  },
  {
    what: 'a number typed into another column, masked',
    now: [pupil({ explanation: `เลขเดิม ${OTHER_ID}` })],
    rows: [
      {
        kind: 'changed',
        row: 2,
        number: '1-1017-xxxxx-xx-0',
        changes: [{ column: 'explanation', from: '', to: 'เลขเดิม 0-1132-xxxxx-xx-1' }],
      },
    ],
  },
  {
    what: 'the same person under a new number',
    confirmed: [pupil({ key: G_CODE, number: G_CODE, numberKind: 'g_code' })],
    now: [pupil({ row: 4, grade: 'ป.2' })],
    rows: [
      {
        kind: 'new_number',
        row: 4,
        from: 'G6442-xxxxxxx-1',
        number: '1-1017-xxxxx-xx-0',
        changes: [{ column: 'grade', from: 'ป.1', to: 'ป.2' }],
      },
    ],
  },
  {
    what: 'two of one name and birth date: nobody is guessed',
    confirmed: [pupil(), other({ firstName: 'ทดสอบ' })],
    now: [pupil({ key: G_CODE, number: G_CODE, numberKind: 'g_code' })],
    rows: [
      { kind: 'added', row: 2, number: 'G6442-xxxxxxx-1' },
      { kind: 'missing', row: 2, number: '1-1017-xxxxx-xx-0' },
      { kind: 'missing', row: 3, number: '0-1132-xxxxx-xx-1' },
    ],
  },
  {
    what: 'a row with an error: not missing, not compared',
    now: [pupil({ grade: 'ป.5' })],
    unreadable: [ID],
    rows: [{ kind: 'unreadable', row: 2, number: '1-1017-xxxxx-xx-0' }],
  },
  {
    what: 'a row with an error that is nobody’s who was confirmed',
    now: [pupil()],
    otherErrorRows: 1,
    rows: [{ kind: 'unreadable', row: null, number: null }],
  },
  {
    what: 'somebody who waits for a number, by nothing that could be shown',
    confirmed: [pupil({ key: 'waiting:a', number: null, numberKind: 'waiting' })],
    now: [pupil({ key: 'waiting:a', number: null, numberKind: 'waiting', grade: 'ป.2' })],
    rows: [{ kind: 'changed', row: 2, number: null, changes: [{ column: 'grade', from: 'ป.1', to: 'ป.2' }] }],
  },
]

describe('what differs from a confirmed roster', () => {
  it.each(CASES)('$what', ({ confirmed = [pupil()], now, unreadable = [], otherErrorRows = 0, rows }) => {
    expect(rosterDrift({ confirmed, now, unreadable: new Set(unreadable), otherErrorRows })).toEqual(rows)
  })

  it('is counted by kind, a new number as a change', () => {
    const kinds = ['added', 'missing', 'changed', 'new_number', 'unreadable', 'missing'].map((kind) => ({ kind }))
    expect(countDrift(kinds)).toEqual({ added: 1, missing: 2, changed: 2, unreadable: 1 })
  })
})
