import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { snapshots } from '../../src/db/schema.ts'
import { confirmationOf } from '../../src/workflow/component-state.ts'
import { driftOf } from '../../src/workflow/drift.ts'
import { confirmedPupils } from '../../src/workflow/export-figures.ts'
import type { Pupil } from '../../src/workflow/rules/roster/pupil.ts'
import { confirmedFigureOf } from '../../src/workflow/snapshot-pupils.ts'
import { bangkok, mustBeDone, openChainWorld } from '../world/chain-world.ts'
import { reordered } from '../world/roster-rows.ts'

const AT = bangkok('2024-06-05T09:00')
const PUPILS = 300

describe('the snapshot of a large roster', () => {
  it('is kept packed, and everyone who reads it finds the rows in the order of the sheet', () => {
    const world = openChainWorld()
    const sheet = reordered(world.rows('school', PUPILS), (rows) => rows.reverse())
    mustBeDone(world.confirmRoster('school', { at: AT, sheet }))
    const ref = { roundId: world.round().id, unitId: world.idOf('school'), component: 'roster' } as const
    const confirmation = world.act((tx) => confirmationOf(tx, ref))
    if (!confirmation) throw new Error('nothing was confirmed')
    const { snapshotId } = confirmation

    const kept = world.database.raw.prepare('SELECT typeof(rows) AS type, length(rows) AS length FROM snapshots').get()
    const row = world.act((tx) => tx.select().from(snapshots).where(eq(snapshots.id, snapshotId)).get())
    const rows = (row?.rows ?? []) as Pupil[]
    expect(kept).toMatchObject({ type: 'blob' })
    expect((kept as { length: number }).length).toBeLessThan(JSON.stringify(rows).length / 5)

    const numbers = sheet.map((_, index) => index + 2)
    expect(rows.map((pupil) => pupil.row)).toEqual(numbers)
    expect(world.act((tx) => confirmedPupils(tx, snapshotId)).map((pupil) => pupil.row)).toEqual(numbers)
    const [first] = rows
    const figure = world.act((tx) => confirmedFigureOf(tx, ref.roundId)(ref.unitId).holds(first?.key ?? ''))
    expect(figure).toBe(true)

    world.read('school', sheet.slice(1), AT + 60_000)
    expect(world.act((tx) => driftOf(tx, ref))).toMatchObject({ differing: 1 })
  })
})
