import { describe, expect, it } from 'vitest'
import { findingsOf, type PupilMeant, recordFinding, roundOfFinding } from '../../src/workflow/findings.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const CLOSES = bangkok('2024-06-11T17:00')
const LATER = bangkok('2024-07-20T10:00')

/** Everybody with a name of their own but the last two. */
const LAST_NAMES = ['ก', 'ข', 'ค', 'ง', 'จ', 'ช', 'ซ', 'ญ', 'ด', 'ด'] as const
const sheetOf = (world: ChainWorld) =>
  world.rows('school', 10, (index) => ({ lastName: `สมมติ${LAST_NAMES[index] ?? ''}` }))

const confirmed = () => {
  const world = openChainWorld()
  mustBeDone(world.confirmRoster('school', { at: AT, sheet: sheetOf(world) }))
  return world
}
type Given = {
  pupil?: PupilMeant
  by?: Parameters<ChainWorld['actor']>[0]
  at?: number
  how?: string
  foundOn?: string
}
const find = (world: ChainWorld, given: Given = {}) => {
  const {
    at = LATER,
    by = 'province',
    pupil = { kind: 'row', row: 3 },
    how = 'ลงพื้นที่แล้วไม่พบ',
    foundOn = '2024-07-19',
  } = given
  const input = { round: world.round(), institutionId: world.idOf('school'), pupil, how, foundOn }
  return world.act((tx) => recordFinding(tx, { ...input, actor: world.actor(by, at) }, at))
}
const rowsOf = (world: ChainWorld) => world.judge('school', sheetOf(world)).pupils

describe('R39: a pupil found not to exist after the close', () => {
  it('goes on record with who found it, how and when; the confirmed figure does not change', () => {
    const world = confirmed()
    const before = world.receipts()
    const { finding } = must(find(world))
    expect(finding).toMatchObject({ row: 3, how: 'ลงพื้นที่แล้วไม่พบ', foundOn: '2024-07-19' })
    expect(finding.pupil).toMatch(/^\d-\d{4}-xxxxx-xx-\d /)
    expect(world.receipts()).toEqual(before)
    expect(world.isConfirmed('school', 'roster')).toBe(true)
    const [listed] = world.act((tx) => findingsOf(tx, { roundId: world.round().id }))
    expect(listed).toMatchObject({
      institutionName: 'โรงเรียนเทศบาล 1',
      personName: 'ผู้รับผิดชอบ province',
      roundCode: '2567/1',
    })
  })

  it('the institution and every level above are told, and not the one who found it', () => {
    const world = confirmed()
    must(find(world))
    for (const place of ['school', 'town', 'department'] as const)
      expect(
        world.told(place, LATER).map(({ type }) => type),
        place,
      ).toContain('finding-recorded')
    expect(world.told('province', LATER).map(({ type }) => type)).not.toContain('finding-recorded')
  })

  it('the log holds a keyed hash and no number or word of a person', () => {
    const world = confirmed()
    must(find(world))
    const event = world.act((tx) => tx.query.events.findMany().sync()).find(({ type }) => type === 'finding-recorded')
    const [third] = rowsOf(world).filter(({ row }) => row === 3)
    expect(event?.data).not.toContain(third?.number ?? 'none')
    expect(event?.data).not.toContain('ลงพื้นที่')
    expect(JSON.parse(event?.data ?? '{}')).toMatchObject({ row: 3, pupil: expect.stringMatching(/^[\w-]{22}$/) })
  })

  it('the pupil is found by number or by name as well; the same pupil is recorded once', () => {
    const world = confirmed()
    const third = rowsOf(world).find(({ row }) => row === 3)
    must(find(world))
    const number = { kind: 'number', number: third?.number ?? '' } as const
    expect(find(world, { pupil: number, by: 'town' })).toMatchObject({ ok: true, added: false })
    const words = { kind: 'words', words: `${third?.firstName} ${third?.lastName}` } as const
    expect(find(world, { pupil: words })).toMatchObject({ ok: true, added: false })
    expect(find(world, { pupil: { kind: 'row', row: 4 } })).toMatchObject({ ok: true, added: true })
  })

  it.each<[Given, string]>([
    [{ pupil: { kind: 'row', row: 4711 } }, 'pupil-not-in-figure'],
    [{ pupil: { kind: 'words', words: 'ทดสอบ สมมติด' } }, 'pupil-unclear'],
    [{ pupil: { kind: 'number', number: '1101700207030' } }, 'pupil-not-in-figure'],
    [{ how: ' ' }, 'no-reason'],
    [{ by: 'school' }, 'not-yours'],
    [{ by: 'sao' }, 'not-yours'],
    [{ at: CLOSES - 1, foundOn: '2024-06-10' }, 'not-closed-yet'],
  ])('%j is refused: %s', (given, why) => {
    expect(find(confirmed(), given)).toMatchObject({ ok: false, why })
  })

  it('free words about somebody with no such name are kept, with numbers masked', () => {
    const world = confirmed()
    const words = { kind: 'words', words: 'เด็กที่อ้างเลข 1101700207030' } as const
    expect(must(find(world, { pupil: words })).finding).toMatchObject({
      row: null,
      pupil: 'เด็กที่อ้างเลข 1-1017-xxxxx-xx-0',
    })
  })

  it('is about the newest round in which the institution confirmed and can no more', () => {
    const world = confirmed()
    const roundAt = (at: number) => world.act((tx) => roundOfFinding(tx, world.idOf('school'), at))
    expect(roundAt(LATER)?.code).toBe('2567/1')
    expect(world.act((tx) => roundOfFinding(tx, world.idOf('centre'), LATER))).toBeNull()
  })
})
