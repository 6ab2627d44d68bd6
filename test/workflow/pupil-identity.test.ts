import { describe, expect, it } from 'vitest'
import { pupilChanges, pupils } from '../../src/db/schema.ts'
import { pupilHash } from '../../src/workflow/event-log.ts'
import { bangkok, type ChainWorld, openChainWorld } from '../world/chain-world.ts'
import type { TypedPupil } from '../world/roster-rows.ts'

const AT = bangkok('2024-06-05T09:00')
const GCODE = 'G990000000011'
const WAITING: TypedPupil = { nationalId: '', status: 'รอออกรหัส G-Code' }

const named = (index: number): TypedPupil => ({ firstName: `ทดสอบ${'กขคงจฉชซฌญ'.charAt(index)}` })
/** Ten pupils told apart by name; the first one's cells as given. */
const rowsWith = (world: ChainWorld, first: TypedPupil) =>
  world.rows('school', 10, (index) => ({ ...named(index), ...(index === 0 ? first : {}) }))
const all = (world: ChainWorld) => world.act((tx) => tx.select().from(pupils).orderBy(pupils.id).all())
const present = (world: ChainWorld) => all(world).filter((row) => row.goneAt === null)
const changesOf = (world: ChainWorld) =>
  world.act((tx) => tx.select().from(pupilChanges).orderBy(pupilChanges.id).all())

describe('the same pupil under another number (R27)', () => {
  it.each([
    ['who waited and got a G-Code', WAITING, { nationalId: GCODE }],
    ['who waited and got 13 digits', WAITING, {}],
    ['who had a G-Code and got 13 digits', { nationalId: GCODE }, {}],
  ])('%s stays the same, with the former number as history', (_, before, after) => {
    const world = openChainWorld()
    world.read('school', rowsWith(world, before), AT)
    const known = all(world)[0]
    expect(world.read('school', rowsWith(world, after), AT + 10, 'teacher@example.com')).toMatchObject({
      added: 0,
      updated: 1,
      gone: 0,
      hold: null,
    })
    expect(all(world)).toHaveLength(10)
    expect(all(world)[0]).toMatchObject({ id: known?.id, firstSeenAt: AT, changedAt: AT + 10, goneAt: null })
    expect(all(world)[0]?.key).not.toBe(known?.key)
    expect(changesOf(world)).toMatchObject([
      { pupilId: known?.id, change: 'new_number', formerKey: known?.key, previousReadAt: AT, readAt: AT + 10 },
    ])
  })

  it('stands in the log as two keyed hashes', () => {
    const world = openChainWorld()
    world.read('school', rowsWith(world, { nationalId: GCODE }), AT)
    world.read('school', rowsWith(world, {}), AT + 10)
    const event = world.act((tx) => tx.query.events.findMany().sync()).at(-1)
    const to = all(world)[0]?.key ?? ''
    const hashes = world.act((tx) => ({ from: pupilHash(tx, GCODE), to: pupilHash(tx, to) }))
    expect(JSON.parse(event?.data ?? '')).toMatchObject({ renumbered: [hashes], gone: [], added: 0 })
    expect(event?.data).not.toContain(GCODE)
    expect(event?.data).not.toContain(to)
  })

  it('has the former number again when a version of the sheet is restored, and the new one when that is undone', () => {
    const world = openChainWorld()
    world.read('school', rowsWith(world, { nationalId: GCODE }), AT)
    world.read('school', rowsWith(world, {}), AT + 10)
    const after = all(world)
    expect(world.read('school', rowsWith(world, { nationalId: GCODE }), AT + 20)).toMatchObject({ added: 0, gone: 0 })
    expect(all(world)[0]).toMatchObject({ id: after[0]?.id, key: GCODE, firstSeenAt: AT })
    expect(world.read('school', rowsWith(world, {}), AT + 30)).toMatchObject({ added: 0, gone: 0 })
    expect(all(world).map(({ id, key }) => [id, key])).toEqual(after.map(({ id, key }) => [id, key]))
    expect(changesOf(world).map(({ change }) => change)).toEqual(['new_number', 'new_number', 'new_number'])
  })

  it('typed in two rows, and then in one: the two become one, nobody is missing', () => {
    const world = openChainWorld()
    const both = (): ReturnType<ChainWorld['rows']> =>
      world.rows('school', 11, (index) =>
        index === 10 ? { ...named(0), nationalId: GCODE } : { ...named(index), ...(index === 0 ? {} : {}) },
      )
    world.read('school', both(), AT)
    world.read('school', both().slice(1), AT + 10)
    expect(present(world)).toHaveLength(10)
    const result = world.read('school', rowsWith(world, {}), AT + 20)
    expect(result).toMatchObject({ added: 0, updated: 1, gone: 0, hold: null })
    expect(present(world).map(({ key }) => key)).not.toContain(GCODE)
    expect(changesOf(world).map(({ change, formerKey }) => [change, formerKey])).toEqual([
      ['gone', null],
      ['returned', null],
      ['new_number', GCODE],
      ['gone', null],
    ])
    world.read('school', rowsWith(world, { nationalId: GCODE }), AT + 30)
    expect(present(world)).toHaveLength(10)
    expect(present(world).map(({ key }) => key)).toContain(GCODE)
  })

  it('is never guessed between two of one name and birth date', () => {
    const world = openChainWorld()
    const twins = (second: TypedPupil) =>
      world.rows('school', 10, (index) => ({
        ...named(index < 2 ? 0 : index),
        ...(index === 0 ? { nationalId: GCODE } : {}),
        ...(index === 1 ? second : {}),
      }))
    world.read('school', twins({ nationalId: 'G990000000029' }), AT)
    const [first, second] = all(world)
    const result = world.read(
      'school',
      world.rows('school', 10, (index) => named(index < 2 ? 0 : index)),
      AT + 10,
    )
    expect(result).toMatchObject({ added: 2, gone: 2 })
    expect(
      all(world)
        .filter(({ id }) => id === first?.id || id === second?.id)
        .every(({ goneAt }) => goneAt),
    ).toBe(true)
  })
})

describe('a pupil whose row was spoilt', () => {
  it.each([
    ['number taken out', { nationalId: '' }],
    ['number mistyped', { nationalId: '1234' }],
    ['number and birth date taken out', { nationalId: '', birthDate: '' }],
    ['number replaced while the grade is wrong', { nationalId: GCODE, grade: 'อะไรก็ไม่รู้' }],
  ])('%s: still stands in the sheet, and comes back unchanged', (_, spoilt) => {
    const world = openChainWorld()
    world.read('school', rowsWith(world, {}), AT)
    expect(world.read('school', rowsWith(world, spoilt), AT + 10)).toMatchObject({ added: 0, gone: 0, hold: null })
    expect(present(world)).toHaveLength(10)
    expect(world.read('school', rowsWith(world, {}), AT + 20)).toMatchObject({ added: 0, updated: 0, gone: 0 })
    expect(changesOf(world)).toEqual([])
  })
})
