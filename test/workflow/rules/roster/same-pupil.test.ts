import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PartialDate } from '../../../../src/workflow/rules/roster/calendar.ts'
import { judgeRoster } from '../../../../src/workflow/rules/roster/judge-roster.ts'
import type { Pupil } from '../../../../src/workflow/rules/roster/pupil.ts'
import { type KnownPupil, type RowTrace, samePupils } from '../../../../src/workflow/rules/roster/same-pupil.ts'
import { atSchool, rowsOf, type TypedRow, validId } from './sample-row.ts'

const born = { year: 2017, month: 5, day: 15 }
const waiting: TypedRow = { nationalId: null, status: 'รอออกรหัส G-Code' }
const gCode: TypedRow = { nationalId: 'G644200000001' }
const whole: TypedRow = { nationalId: validId('2') }

/** Stored pupils as a read of these rows would have stored them: ids 1, 2, ... */
function known(...changes: TypedRow[]): KnownPupil[] {
  return judgeRoster(rowsOf(...changes), atSchool).pupils.map((pupil, i) => ({ ...pupil, id: i + 1 }))
}

function read(...changes: TypedRow[]): { added: Pupil[]; errorRows: RowTrace[] } {
  const { pupils, tracesInErrorRows } = judgeRoster(rowsOf(...changes), atSchool)
  return { added: pupils, errorRows: tracesInErrorRows }
}

describe('a pupil with a new number', () => {
  it.each<[string, TypedRow, TypedRow]>([
    ['waited and has a G-Code', waiting, gCode],
    ['waited and has 13 digits', waiting, whole],
    ['had a G-Code and has 13 digits', gCode, whole],
    ['had an old G-Code and has 13 digits', { nationalId: 'G12345' }, whole],
    ['is written with other spaces', gCode, { ...whole, firstName: ' ทด สอบ' }],
    ['has a birth date known only in part', { ...gCode, birthDate: '2560' }, { ...whole, birthDate: '00/00/2560' }],
    ['has moved to another grade', gCode, { ...whole, grade: 'ป.2' }],
  ])('is the same who %s', (_, before, now) => {
    const missing = known(before)
    const { added, errorRows } = read(now)
    const renumbered = [{ id: 1, key: added[0]?.key, formerKey: missing[0]?.key }]
    expect(samePupils({ missing, added, errorRows })).toEqual({ renumbered, present: [] })
  })

  it.each<[string, TypedRow, TypedRow]>([
    ['has another name', waiting, { ...whole, firstName: 'อีกคน' }],
    ['has another last name', waiting, { ...whole, lastName: 'อีกสกุล' }],
    ['has another birth date', waiting, { ...whole, birthDate: '16/05/2560' }],
    ['has a birth date that was known only in part', { ...gCode, birthDate: '2560' }, whole],
    ['had 13 digits already', whole, { nationalId: validId('5') }],
    ['had 13 digits and has a G-Code', whole, gCode],
    ['had a G-Code and waits', gCode, waiting],
    ['had a G-Code and has another', gCode, { nationalId: 'G644200000002' }],
  ])('is not taken for the same who %s', (_, before, now) => {
    expect(samePupils({ missing: known(before), ...read(now) })).toEqual({ renumbered: [], present: [] })
  })

  it.each<[string, TypedRow[], TypedRow[]]>([
    ['two who may have been it', [gCode, { nationalId: 'G644200000002' }], [whole]],
    ['two who may be it now', [gCode], [whole, { nationalId: validId('5') }]],
    ['two on both sides', [gCode, { nationalId: 'G644200000002' }], [whole, { nationalId: validId('5') }]],
  ])('is never guessed between %s', (_, before, now) => {
    expect(samePupils({ missing: known(...before), ...read(...now) })).toEqual({ renumbered: [], present: [] })
  })
})

describe('a pupil in a row with errors', () => {
  it.each<[string, TypedRow]>([
    ['is blank', { nationalId: null }],
    ['lost digits', { nationalId: '1.1017E+12' }],
    ['is a formula', { nationalId: { kind: 'formula', text: '=A1' } }],
    ['is another one, mistyped', { nationalId: '1101700230705' }],
    ['and birth date are damaged', { nationalId: null, birthDate: 'ไม่ทราบ' }],
  ])('still stands in the sheet when its number %s', (_, damage) => {
    expect(samePupils({ missing: known({}), ...read(damage) })).toEqual({ renumbered: [], present: [1] })
  })

  it.each<[string, TypedRow]>([
    ['another name', { nationalId: null, firstName: 'อีกคน' }],
    ['another birth date', { nationalId: null, birthDate: '16/05/2560' }],
    ['no name', { nationalId: null, firstName: '' }],
  ])('is missing when that row has %s', (_, damage) => {
    expect(samePupils({ missing: known({}), ...read(damage) }).present).toEqual([])
  })

  it('may be one of two of the same name: both stand there when two rows are damaged, neither when one is', () => {
    const missing = known({}, whole)
    expect(samePupils({ missing, ...read({ nationalId: null }, { nationalId: '1' }) }).present).toEqual([1, 2])
    expect(samePupils({ missing, ...read({ nationalId: null }) }).present).toEqual([])
  })

  it('is not known by its name alone where two have it', () => {
    const missing = known({}, { ...whole, birthDate: '16/05/2560' })
    expect(samePupils({ missing, ...read({ nationalId: null, birthDate: '' }) }).present).toEqual([])
  })

  it('whose own number was typed over by that of another pupil is still there', () => {
    const missing = known({ nationalId: validId('5'), firstName: 'อีกคน' })
    expect(samePupils({ missing, ...read({}, { firstName: 'อีกคน' }) }).present).toEqual([1])
  })

  it('is not also taken for one with a new number', () => {
    const both = read(whole, { nationalId: null, status: 'เรียนอยู่' })
    expect(samePupils({ missing: known(gCode), ...both })).toEqual({ renumbered: [], present: [1] })
  })
})

describe('pairs', () => {
  const name = fc.constantFrom('ก', 'ข', 'ค')
  const birthDate: fc.Arbitrary<PartialDate> = fc.constantFrom(born, { year: 2017, month: null, day: null })
  const person = fc.record({ firstName: name, lastName: fc.constantFrom('ง', ''), birthDate })
  const kind = fc.constantFrom('national_id' as const, 'g_code' as const, 'waiting' as const)
  const [template] = judgeRoster(rowsOf({}), atSchool).pupils
  type One = { person: Omit<RowTrace, 'row'> & { birthDate: PartialDate }; numberKind: KnownPupil['numberKind'] }
  type Drawn = { missing: One[]; added: One[]; errorRows: { person: One['person']; dated: boolean }[] }
  const world: fc.Arbitrary<Drawn> = fc.record({
    missing: fc.array(fc.record({ person, numberKind: kind }), { maxLength: 6 }),
    added: fc.array(fc.record({ person, numberKind: kind }), { maxLength: 6 }),
    errorRows: fc.array(fc.record({ person, dated: fc.boolean() }), { maxLength: 4 }),
  })

  function build(drawn: Drawn) {
    const missing = drawn.missing.map((one, i) => ({
      ...one.person,
      numberKind: one.numberKind,
      id: i,
      key: `old${i}`,
    }))
    const added = drawn.added.flatMap((one, i): Pupil[] =>
      template ? [{ ...template, ...one.person, numberKind: one.numberKind, key: `new${i}` }] : [],
    )
    const errorRows = drawn.errorRows.map((one, i) => ({
      ...one.person,
      birthDate: one.dated ? one.person.birthDate : null,
      row: i,
    }))
    return { missing, added, errorRows }
  }

  it('never name a pupil or a row twice, and only those that were asked about', () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const input = build(drawn)
        const { renumbered, present } = samePupils(input)
        const ids = [...renumbered.map(({ id }) => id), ...present]
        const keys = renumbered.map(({ key }) => key)
        expect(new Set(ids).size).toBe(ids.length)
        expect(new Set(keys).size).toBe(keys.length)
        for (const { id, key, formerKey } of renumbered) {
          expect(input.missing[id]?.key).toBe(formerKey)
          const now = input.added.find((pupil) => pupil.key === key)
          expect(now?.firstName).toBe(input.missing[id]?.firstName)
          expect(now?.birthDate).toEqual(input.missing[id]?.birthDate)
        }
      }),
    )
  })

  it('do not depend on the order of pupils and rows', () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const input = build(drawn)
        const turned = {
          missing: input.missing.toReversed(),
          added: input.added.toReversed(),
          errorRows: input.errorRows.toReversed(),
        }
        expect(samePupils(turned)).toEqual(samePupils(input))
      }),
    )
  })
})
