import { isNull } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pupils } from '../../src/db/schema.ts'
import { decideHold } from '../../src/workflow/decide-hold.ts'
import { blockingHold, openHoldOf } from '../../src/workflow/roster-holds.ts'
import { bangkok, openChainWorld } from '../world/chain-world.ts'
import { hashOfRows, type TypedPupil } from '../world/roster-rows.ts'

const AT = bangkok('2024-06-05T09:00')
const PUPILS = 14
const index = fc.integer({ min: 0, max: PUPILS - 1 })

const DAMAGE = {
  grade: () => ({ grade: 'ป.9' }),
  'no number': () => ({ nationalId: '' }),
  'neither number nor name': () => ({ nationalId: '', firstName: '' }),
  'no birth date': () => ({ nationalId: '12', birthDate: '' }),
  'G-Code': (at: number) => ({ nationalId: `G9900000000${10 + at}` }),
  waiting: () => ({ nationalId: '', status: 'รอออกรหัส G-Code' }),
} satisfies Record<string, (at: number) => TypedPupil>

const read = fc.record({
  missing: fc.uniqueArray(index, { maxLength: PUPILS }),
  damaged: fc.array(
    fc.record({ at: index, how: fc.constantFrom(...Object.keys(DAMAGE)) as fc.Arbitrary<keyof typeof DAMAGE> }),
    {
      maxLength: 4,
    },
  ),
  word: fc.constantFrom('none', 'release', 'refuse'),
})

it('whatever is read in whatever order, no read removes more than the guard lets, and the list is what the sheet says or is held', () => {
  fc.assert(
    fc.property(fc.array(read, { minLength: 3, maxLength: 10 }), (reads) => {
      const world = openChainWorld()
      const ref = { roundId: world.round().id, institutionId: world.idOf('school') }
      const present = () => world.act((tx) => tx.select().from(pupils).where(isNull(pupils.goneAt)).all())
      for (const [turn, { missing, damaged, word }] of reads.entries()) {
        const at = AT + turn * 1_000
        const change = (one: number): TypedPupil => {
          const damage = damaged.find((each) => each.at === one)
          return { firstName: `ทดสอบ${'กขคงจฉชซฌญ'.charAt(one % 10)}`, ...(damage ? DAMAGE[damage.how](one) : {}) }
        }
        const rows = world.rows('school', PUPILS, change).filter((_, one) => !missing.includes(one))
        const before = present()
        const { gone, hold } = world.read('school', rows, at)
        expect(gone).toBeLessThanOrEqual(5)
        if (hold) expect(gone).toBe(0)
        const judged = world.judge('school', rows)
        const after = present()
        expect(after.length).toBeGreaterThanOrEqual(before.length - gone)
        for (const { key } of judged.pupils) expect(after.map((pupil) => pupil.key)).toContain(key)
        const held = world.act((tx) => blockingHold(tx, { ...ref, contentHash: hashOfRows(rows) }))
        if (judged.totals.errors === 0 && !held) expect(after).toHaveLength(judged.pupils.length)
        const open = world.act((tx) => openHoldOf(tx, ref))
        if (!open || word === 'none') continue
        const actor = world.actor('school', at)
        world.act((tx) => decideHold(tx, { actor, holdId: open.id, decision: word }, at))
        if (word === 'refuse') expect(present()).toHaveLength(after.length)
        else expect(present()).toHaveLength(after.length - open.missing)
      }
    }),
    { numRuns: 20 },
  )
})
