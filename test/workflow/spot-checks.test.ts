import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../src/db/ids.ts'
import { events, spotCheckPupils, spotChecks } from '../../src/db/schema.ts'
import { verifyLog } from '../../src/workflow/event-log.ts'
import { drawFromFrame, drawSpotCheck } from '../../src/workflow/spot-check-draw.ts'
import { framedInstitutions, framedPupils, type SpotFrame } from '../../src/workflow/spot-check-frame.ts'
import { noteSpotCheck, recordSpotResults, type SpotResult } from '../../src/workflow/spot-check-results.ts'
import { redrawSpotCheck, spotChecksOf } from '../../src/workflow/spot-checks.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const DAY = 86_400_000

/** School 40, centre 12 and the SAO's centre 8 pupils, all read once. */
function readWorld(at: Instant = AT): ChainWorld {
  const world = openChainWorld()
  world.read('school', world.rows('school', 40), at)
  world.read('centre', world.rows('centre', 12), at)
  world.read('saoCentre', world.rows('saoCentre', 8), at)
  return world
}

const draw = (
  world: ChainWorld,
  given: { who?: Place | null; institutions?: number; seed?: string; after?: number; at?: Instant } = {},
) => {
  const at = given.at ?? AT
  const actor = given.who === null ? null : world.actor(given.who ?? 'province', at)
  const { institutions = 2, seed, after } = given
  const about = { round: world.round(), provinceId: world.idOf('province'), actor, institutions, seed, after }
  return world.act((tx) => drawSpotCheck(tx, about, at))
}
const listOf = (world: ChainWorld) =>
  world.act((tx) => spotChecksOf(tx, { roundId: world.round().id, provinceId: world.idOf('province') }))
const say = (
  world: ChainWorld,
  numbers: number[],
  result: SpotResult,
  given: { note?: string; at?: Instant; who?: Place } = {},
) => {
  const { note = null, at = AT, who = 'province' } = given
  const about = { round: world.round(), actor: world.actor(who, at), numbers, result, note }
  return world.act((tx) => recordSpotResults(tx, about, at))
}
const news = (world: ChainWorld, who: Place) =>
  world.told(who, AT).flatMap((notice) => (notice.type === 'spot-check-news' ? [notice] : []))
const logged = (world: ChainWorld, type: string) =>
  world.act((tx) => tx.select().from(events).where(eq(events.type, type)).all())

describe('drawing (R40)', () => {
  it('lists institutions and pupils under running numbers, in the order of each sheet, without names or whole ids', () => {
    const world = readWorld()
    const drawn = must(draw(world))
    const [check] = listOf(world)
    expect(check?.institutions).toHaveLength(2)
    const pupils = check?.institutions.flatMap((one) => one.pupils) ?? []
    expect(pupils).toHaveLength(drawn.pupils)
    expect(pupils.map(({ number }) => number)).toEqual(pupils.map((_, index) => index + 1))
    for (const one of check?.institutions ?? []) {
      const rows = one.pupils.map(({ row }) => row ?? 0)
      expect(rows).toEqual(rows.toSorted((a, b) => a - b))
    }
    expect(JSON.stringify(check?.institutions)).not.toMatch(/\d{12}|ทดสอบ/)
    expect(JSON.stringify(logged(world, 'spot-check-drawn'))).not.toMatch(/ทดสอบ|199\d{10}/)
  })

  it('is drawn again identically from the recorded frame and its seed, and shows every kind of tampering', () => {
    const world = readWorld()
    const { seed } = must(draw(world))
    // What happens to the sheets afterwards changes nothing.
    world.read('school', world.rows('school', 33), AT + DAY)
    const again = world.act((tx) => redrawSpotCheck(tx, seed))
    expect(again?.faults).toEqual([])
    expect(again?.institutions.flatMap((one) => one.pupils.map(({ number }) => number))).toEqual(
      listOf(world)[0]?.institutions.flatMap((one) => one.pupils.map(({ number }) => number)),
    )
    expect(world.act((tx) => redrawSpotCheck(tx, 'another'))).toBeNull()
    world.act((tx) => tx.delete(spotCheckPupils).where(eq(spotCheckPupils.number, 1)).run())
    expect(world.act((tx) => redrawSpotCheck(tx, seed))?.faults).toEqual(['list-differs'])
    world.act((tx) =>
      tx.update(spotChecks).set({ frame: '{"firstNumber":1,"wanted":1,"institutions":[],"pupils":[]}' }).run(),
    )
    expect(world.act((tx) => redrawSpotCheck(tx, seed))?.faults).toEqual(['frame-changed', 'list-differs'])
    world.act((tx) => tx.update(spotChecks).set({ frameHash: 'x' }).run())
    expect(world.act((tx) => redrawSpotCheck(tx, seed))?.faults).toContain('not-in-log')
  })

  it('makes the seed from the head of the log before the draw, so that nobody chooses it', () => {
    const world = readWorld()
    const first = must(draw(world))
    const second = must(draw(world))
    expect(first.seed).toMatch(/^[0-9a-f]{32}$/)
    expect(second.seed).not.toBe(first.seed)
    expect(second.number).toBe(2)
    expect(JSON.parse(logged(world, 'spot-check-drawn')[0]?.data ?? '{}')).toMatchObject({
      seed: first.seed,
      seedFrom: 'log',
    })
    expect(world.act((tx) => verifyLog(tx)).problems).toEqual([])
  })

  it('several draws run on with their numbers, and whoever was drawn weighs less', () => {
    const world = readWorld()
    const first = must(draw(world, { institutions: 3 }))
    must(draw(world, { institutions: 3 }))
    const numbers = listOf(world).flatMap((check) =>
      check.institutions.flatMap((one) => one.pupils.map((p) => p.number)),
    )
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(Math.min(...numbers.slice(first.pupils))).toBe(first.pupils + 1)
    const frame = world.act((tx) =>
      framedInstitutions(tx, { round: world.round(), provinceId: world.idOf('province') }, AT),
    )
    expect(frame.map(({ drawnBefore }) => drawnBefore)).toEqual([2, 2, 2])
  })

  it('is drawn by an officer of the province or the operator, while recording is open, from rosters that were read', () => {
    const world = readWorld()
    expect(draw(world, { who: 'town' })).toMatchObject({ ok: false, why: 'not-yours' })
    const before = world.round().recordingOpensAt - 1
    expect(draw(world, { who: null, at: before })).toMatchObject({ ok: false, why: 'spot-check-closed' })
    const close = bangkok('2024-06-11T17:00')
    expect(draw(world, { at: close })).toMatchObject({ ok: false, why: 'spot-check-closed', closesAt: close })
    expect(draw(world, { at: close - 1 })).toMatchObject({ ok: true })
    expect(draw(world, { after: 0 })).toMatchObject({ ok: false, why: 'changed-since-shown' })
    expect(draw(world, { who: null, seed: 'ลูกแก้ว 7 3 9' })).toMatchObject({ ok: true, seed: 'ลูกแก้ว 7 3 9' })
    expect(draw(world, { who: null, seed: 'ลูกแก้ว 7 3 9' })).toMatchObject({ ok: false, why: 'spot-check-seed-used' })
    const byOperator = logged(world, 'spot-check-drawn').at(-1)
    expect(byOperator?.personId).toBeNull()
    expect(JSON.parse(byOperator?.data ?? '{}')).toMatchObject({ by: 'operator', seedFrom: 'given' })
    expect(draw(openChainWorld())).toMatchObject({ ok: false, why: 'spot-check-nobody' })
  })
})

describe('what the frame knows (R40)', () => {
  const frameOf = (world: ChainWorld, place: Place, at = AT) =>
    world
      .act((tx) => framedInstitutions(tx, { round: world.round(), provinceId: world.idOf('province') }, at))
      .find(({ id }) => id === world.idOf(place))

  it('heads for lunch, who came in one read, later edits and late ones', () => {
    const late = bangkok('2024-06-10T09:00')
    const world = readWorld()
    expect(frameOf(world, 'school')).toMatchObject({
      counted: 40,
      lunchHeads: 40,
      atOnce: 40,
      changes: 0,
      lateEdits: 0,
    })
    world.read(
      'school',
      world.rows('school', 41, (index) => (index < 4 ? { room: '2' } : {})),
      late,
    )
    expect(frameOf(world, 'school', late)).toMatchObject({ counted: 41, lunchHeads: 41, changes: 4, lateEdits: 5 })
    const pupils = world.act((tx) => framedPupils(tx, { round: world.round(), institutionId: world.idOf('school') }))
    expect(pupils.filter(({ lateChanged }) => lateChanged)).toHaveLength(4)
    expect(pupils.filter(({ lateAdded }) => lateAdded)).toHaveLength(1)
  })

  it('pupils whom another institution counts too', () => {
    const world = readWorld()
    const both = world.rows('school', 2).map((row, index) => ({ ...row, row: 14 + index }))
    world.read('centre', [...world.rows('centre', 12), ...both], AT + 1000)
    expect(frameOf(world, 'school')?.shared).toBe(2)
    const pupils = world.act((tx) => framedPupils(tx, { round: world.round(), institutionId: world.idOf('school') }))
    expect(pupils.filter(({ shared }) => shared)).toHaveLength(2)
  })

  it('leaves out who has nobody that counts', () => {
    const world = openChainWorld()
    world.read('school', world.rows('school', 3), AT)
    expect(frameOf(world, 'centre')).toBeUndefined()
    expect(must(draw(world, { institutions: 5 }))).toMatchObject({ institutions: 1, pupils: 3 })
  })
})

it('R40: an institution at a cliff is drawn more often than a quiet one', () => {
  const quiet = {
    counted: 60,
    before: 60,
    lateEdits: 0,
    atOnce: 9,
    changes: 9,
    shared: 0,
    holdsReleased: 0,
    drawnBefore: 0,
  }
  const institutions = [40, 60, 70, 80].map((lunchHeads, id) => ({ id, ...quiet, lunchHeads }))
  const frame = { firstNumber: 1, wanted: 1, institutions, pupils: [] } as unknown as SpotFrame
  const first = Array.from({ length: 400 }, (_, seed) => drawFromFrame(frame, `seed ${seed}`)[0]?.id)
  // Weights 50, 10, 10, 10.
  expect(first.filter((id) => id === (0 as typeof id)).length / 400).toBeCloseTo(50 / 80, 1)
})

describe('results (R40)', () => {
  it('are recorded acts: who found whom when; the last word counts and every word is an event', () => {
    const world = readWorld()
    const { pupils } = must(draw(world))
    const all = Array.from({ length: pupils }, (_, index) => index + 1)
    expect(must(say(world, all.slice(1), 'found')).recorded).toEqual(all.slice(1))
    expect(must(say(world, [1], 'not_found', { note: 'ไม่มาเรียนทั้งเดือน' })).recorded).toEqual([1])
    const shown = listOf(world)[0]?.institutions.flatMap((one) => one.pupils) ?? []
    expect(shown[0]).toMatchObject({ result: 'not_found', note: 'ไม่มาเรียนทั้งเดือน', settled: false })
    expect(shown.every(({ result }) => result !== null)).toBe(true)
    const again = must(say(world, [1], 'not_found'))
    expect(again).toMatchObject({ recorded: [], already: [{ number: 1, by: 'ผู้รับผิดชอบ province' }] })
    const results = logged(world, 'spot-check-result')
    expect(results.every(({ personId }) => personId === world.actor('province', AT).personId)).toBe(true)
    expect(JSON.stringify(results)).not.toMatch(/ไม่มาเรียน|199\d{10}/)
  })

  it('tell institution and LAO of somebody not found, at once, and take it back when found after all', () => {
    const world = readWorld()
    must(draw(world, { institutions: 3 }))
    const [one] = listOf(world)[0]?.institutions ?? []
    const place = (['school', 'centre', 'saoCentre'] as const).find((name) => world.idOf(name) === one?.id) ?? 'school'
    const lao = place === 'saoCentre' ? 'sao' : 'town'
    must(say(world, [1, 2], 'not_found'))
    for (const who of [place, lao] as const)
      expect(news(world, who)).toMatchObject([{ what: 'not_found', numbers: [1, 2], institutionId: one?.id }])
    must(say(world, [2, 3], 'found'))
    expect(news(world, place).at(-1)).toMatchObject({ what: 'found_after_all', numbers: [2] })
    expect(news(world, place)).toHaveLength(2)
  })

  it('a pupil who was taken out afterwards is shown as settled', () => {
    const world = readWorld()
    must(draw(world, { institutions: 3 }))
    const shown = () => listOf(world)[0]?.institutions.find(({ id }) => id === world.idOf('saoCentre'))?.pupils[0]
    const pupil = shown()
    must(say(world, [pupil?.number ?? 0], 'not_found'))
    const rows = world.rows('saoCentre', 8, (index) => (index + 2 === pupil?.row ? { status: 'ไม่มีตัวตน' } : {}))
    world.read('saoCentre', rows, AT + DAY)
    expect(shown()).toMatchObject({ settled: true })
  })

  it('nothing is recorded with one unknown number, by others, or after the round has closed for the province', () => {
    const world = readWorld()
    must(draw(world))
    expect(say(world, [1, 999], 'found')).toMatchObject({ ok: false, why: 'spot-check-unknown', numbers: [999] })
    expect(listOf(world)[0]?.institutions[0]?.pupils[0]?.result).toBeNull()
    expect(say(world, [1], 'found', { who: 'town' })).toMatchObject({ ok: false, why: 'not-yours' })
    expect(say(world, [1], 'found', { at: bangkok('2024-06-11T18:00') })).toMatchObject({ ok: true })
    const closed = bangkok('2024-06-12T00:00')
    expect(say(world, [2], 'found', { at: closed })).toMatchObject({ ok: false, why: 'spot-check-closed' })
  })

  it('notes go on a pupil or on an institution, never into the log', () => {
    const world = readWorld()
    must(draw(world))
    const actor = world.actor('province', AT)
    const [one] = listOf(world)[0]?.institutions ?? []
    const note = (about: Parameters<typeof noteSpotCheck>[1]['about'], words: string) =>
      world.act((tx) => noteSpotCheck(tx, { round: world.round(), actor, about, note: words }, AT))
    must(note({ number: 1 }, 'ลาป่วย'))
    must(note({ institutionId: one?.id ?? world.idOf('school') }, 'ปิดเรียน'))
    expect(note({ number: 1 }, ' ')).toMatchObject({ ok: false, why: 'no-reason' })
    expect(note({ institutionId: world.idOf('town') }, 'x')).toMatchObject({ ok: false, why: 'spot-check-unknown' })
    expect(listOf(world)[0]?.institutions[0]).toMatchObject({
      note: 'ปิดเรียน',
      pupils: [{ note: 'ลาป่วย' }, {}, {}, {}, {}],
    })
    expect(JSON.stringify(logged(world, 'spot-check-note'))).not.toContain('ลาป่วย')
  })
})

it('a drawn institution that has confirmed stays confirmed whatever was found', () => {
  const world = readWorld()
  mustBeDone(world.confirmRoster('school', { at: AT, sheet: world.rows('school', 40) }))
  const { pupils } = must(draw(world, { institutions: 3 }))
  must(
    say(
      world,
      Array.from({ length: pupils }, (_, index) => index + 1),
      'not_found',
    ),
  )
  expect(world.isConfirmed('school', 'roster')).toBe(true)
})
