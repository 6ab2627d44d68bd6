import { describe, expect, it } from 'vitest'
import type { UnitId } from '../../src/db/ids.ts'
import { keepFiguresJob } from '../../src/jobs/keep-figures.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { provinceShown } from '../../src/workflow/confirm-province.ts'
import { endExtension, grantExtension } from '../../src/workflow/extensions.ts'
import { importOtherInstitutions } from '../../src/workflow/import-other-institutions.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { keepLaoFigures, type ProvinceFigures, provinceFigures } from '../../src/workflow/lao-figures.ts'
import { setInstitutionNotRequired } from '../../src/workflow/spare-institution.ts'
import { closeUnit, moveUnit } from '../../src/workflow/unit-changes.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const DAY = bangkok('2024-06-05T09:00')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const GROUND = { validFrom: DAY, reason: 'ตามประกาศ', letterNumber: 'มท 1/2567', by: 'operator' } as const

/** The province's figures as they are shown, and as they are summed up anew from every table. */
function bothOf(
  world: ChainWorld,
  at: number,
): { shown: ProvinceFigures | undefined; summed: Partial<ProvinceFigures> } {
  return world.act((tx) => {
    const provinceId = world.idOf('province')
    const [shown] = provinceFigures(tx, { roundId: world.round().id, departmentId: world.idOf('department') }, at)
    const { laos, counted } = provinceShown(tx, { round: world.round(), provinceId }, at)
    const complete = laos.filter((lao) => lao.complete).length
    return { shown, summed: { id: provinceId, laos: laos.length, complete, counted } }
  })
}

const keepAll = (world: ChainWorld, at: number): number =>
  world.act((tx) => keepLaoFigures(tx, { roundId: world.round().id, limit: 100 }, at))
const isKept = (world: ChainWorld, laoId: UnitId): boolean =>
  world.database.raw.prepare('SELECT 1 FROM lao_figures WHERE lao_id = ?').get(laoId) !== undefined

type Step = [what: string, act: (world: ChainWorld, at: number) => unknown]

/** Everything that may change what an LAO is worth, one act after the other. */
const STEPS: Step[] = [
  ['an institution’s first read', (world, at) => world.read('school', world.rows('school'), at)],
  ['institutions, other counts and overviews confirmed', (world, at) => world.confirmUpToLaos(at)],
  ['a mark of the province', (world, at) => must(world.markAll(at))],
  ['a confirmed roster edited', (world, at) => world.read('school', world.rows('school', 9), at)],
  ['the edit taken back', (world, at) => world.read('school', world.rows('school'), at)],
  ['other counts edited', (world, at) => editCounts(world, at, 7)],
  ['and put back', (world, at) => editCounts(world, at, null)],
  ['an institution of another affiliation added', (world, at) => addOther(world, at)],
  ['an institution added', (world, at) => addInstitution(world, at)],
  ['spared as empty', (world, at) => spare(world, 'town', newcomer(world), at)],
  [
    'an overview cancelled',
    (world, at) => cancel(world, { by: 'province', unitId: world.idOf('town'), component: 'overview', at }),
  ],
  [
    'a roster cancelled',
    (world, at) => cancel(world, { by: 'town', unitId: world.idOf('school'), component: 'roster', at }),
  ],
  [
    'and confirmed anew',
    (world, at) => mustBeDone(world.confirmRoster('school', { at, sheet: world.rows('school', 12) })),
  ],
  ['the overview confirmed anew', (world, at) => must(world.confirmLao('town', { at }))],
  [
    'an institution moved to another LAO',
    (world, at) => move(world, { unitId: world.idOf('centre'), toId: world.idOf('bare'), at }),
  ],
  [
    'an institution closed',
    (world, at) => must(world.act((tx) => closeUnit(tx, { unitId: newcomer(world), ground: GROUND }, at))),
  ],
]

describe('what is kept of an LAO for the nation’s overview', () => {
  it('is what every table says, after each act, whether it was computed again or not', () => {
    const world = openChainWorld()
    let changes = 0
    for (const [index, [what, act]] of STEPS.entries()) {
      const at = DAY + index * MINUTE
      keepAll(world, at)
      const before = bothOf(world, at).summed
      act(world, at)
      const { shown, summed } = bothOf(world, at)
      expect(shown, what).toMatchObject(summed)
      keepAll(world, at)
      expect(bothOf(world, at).shown, `${what}, kept`).toMatchObject(summed)
      if (JSON.stringify(before) !== JSON.stringify(summed)) changes += 1
    }
    expect(changes).toBeGreaterThan(6)
  })

  it('follows a closed round that an extension opens again, and its end', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(DAY)
    const closed = world.round().closesAt
    const wanted = {
      roundId: world.round().id,
      scope: 'everyone',
      unitId: null,
      reason: 'น้ำท่วม',
      letterNumber: 'มท 9/2567',
    } as const
    const agree = (at: number) => {
      const { shown, summed } = bothOf(world, at)
      expect(shown).toMatchObject(summed)
      keepAll(world, at)
      return summed.complete
    }
    const before = agree(closed + HOUR)
    move(world, { unitId: world.idOf('centre'), toId: world.idOf('bare'), at: closed + 2 * HOUR })
    expect(agree(closed + 3 * HOUR)).toBe(before)
    const granted = world.act((tx) => grantExtension(tx, { ...wanted, until: closed + 90 * HOUR }, closed + 4 * HOUR))
    expect(agree(closed + 5 * HOUR)).not.toBe(before)
    const end = {
      actor: null,
      extensionId: must(granted).extension.id,
      reason: 'ให้โดยผิดพลาด',
      letterNumber: 'มท 10/2567',
    }
    must(world.act((tx) => endExtension(tx, end, closed + 6 * HOUR)))
    agree(closed + 7 * HOUR)
  })

  it.each([
    ['a state', `DELETE FROM component_states WHERE component = 'overview' AND unit_id = :town`],
    ['a roster', 'DELETE FROM rosters WHERE institution_id = :school'],
    [
      'a roster’s first row',
      'INSERT INTO rosters SELECT round_id, :newcomer, version, content_hash, counted, errors, unexplained_warnings, totals, read_at, edited_at, last_editor, changed_at FROM rosters WHERE institution_id = :school',
    ],
    ['a counts sheet', 'DELETE FROM count_sheets WHERE lao_id = :town'],
    [
      'a counts sheet’s first row',
      'INSERT INTO count_sheets SELECT round_id, :sao, version, content_hash, errors, unexplained_warnings, unchecked, total, rows, read_at, edited_at, last_editor FROM count_sheets WHERE lao_id = :town',
      'sao',
    ],
    [
      'a unit',
      `INSERT INTO units (level, kind, name, parent_id, opened_at) VALUES ('institution', 'school', 'ใหม่', :town, 0)`,
    ],
    ['a unit’s closing', 'UPDATE units SET closed_at = 1 WHERE id = :school'],
    [
      'an institution of another affiliation',
      `INSERT INTO other_institutions (lao_id, code, name, affiliation) VALUES (:town, '1', 'x', 'x')`,
    ],
    ['the closing of one', 'UPDATE other_institutions SET closed_at = 1 WHERE lao_id = :town'],
    [
      'an accepted late act',
      `INSERT INTO held_acts (round_id, unit_id, component, person_id, appointment_id, input, tapped_at, received_at, closes_at, state, created_at)
       SELECT round_id, :school, 'roster', 1, 1, '{}', 1, 1, 1, 'accepted', 1 FROM rosters LIMIT 1; UPDATE held_acts SET above_until = 2`,
    ],
    ['the erasure of one', 'DELETE FROM other_institutions WHERE lao_id = :town'],
  ] as [string, string, 'sao'?][])('is forgotten with %s, whoever writes it', (_what, statement, lao) => {
    const world = openChainWorld()
    const { raw } = world.database
    world.confirmUpToLaos(DAY)
    addInstitution(world, DAY)
    spare(world, 'town', newcomer(world), DAY)
    keepAll(world, DAY)
    raw.pragma('foreign_keys = OFF')
    const ids = {
      town: world.idOf('town'),
      sao: world.idOf('sao'),
      school: world.idOf('school'),
      newcomer: newcomer(world),
    }
    raw.exec(statement.replace(/:(\w+)/g, (_all, name: keyof typeof ids) => String(ids[name])))
    expect(isKept(world, world.idOf(lao ?? 'town'))).toBe(false)
  })

  it('is forgotten for the LAO concerned and no other', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(DAY)
    keepAll(world, DAY)
    world.read('school', world.rows('school', 9), DAY + MINUTE)
    expect(isKept(world, world.idOf('town'))).toBe(false)
    expect(isKept(world, world.idOf('sao'))).toBe(true)
  })

  it('stays through the many reads of rosters that nobody has confirmed', () => {
    const world = openChainWorld()
    keepAll(world, DAY)
    for (const count of [5, 6, 7]) world.read('school', world.rows('school', count), DAY + count * MINUTE)
    expect(isKept(world, world.idOf('town'))).toBe(true)
  })

  it('is computed again by itself, and all of it when the program starts', async () => {
    const world = openChainWorld()
    world.confirmUpToLaos(DAY)
    const job = keepFiguresJob({ db: world.db, clock: { now: () => DAY } })
    const { signal } = new AbortController()
    await job.run(signal)
    expect(keepAll(world, DAY)).toBe(0)
    world.database.raw.exec('UPDATE lao_figures SET counted = 4711')
    await job.run(signal)
    expect(bothOf(world, DAY).shown?.counted).not.toBe(bothOf(world, DAY).summed.counted)
    await keepFiguresJob({ db: world.db, clock: { now: () => DAY } }).run(signal)
    expect(bothOf(world, DAY).shown).toMatchObject(bothOf(world, DAY).summed)
  })
})

const NEWCOMER = '3099200009'

function newcomer(world: ChainWorld): UnitId {
  return world.database.raw
    .prepare<[string], UnitId>('SELECT unit_id FROM unit_codes WHERE code = ?')
    .pluck()
    .get(NEWCOMER) as UnitId
}

function addInstitution(world: ChainWorld, at: number): void {
  const cells = { code: NEWCOMER, kind: 'school', name_th: 'เปิดใหม่', lao_code: '04990102' }
  must(world.act((tx) => importUnits(tx, [{ line: 2, cells }], at)))
}

function addOther(world: ChainWorld, at: number): void {
  const cells = { lao_code: '04990102', code: '1099000019', name_th: 'โรงเรียนเพิ่มใหม่', affiliation: 'สพฐ.' }
  must(world.act((tx) => importOtherInstitutions(tx, { rows: [{ line: 2, cells }], roundId: world.round().id }, at)))
}

function editCounts(world: ChainWorld, at: number, current: number | null): void {
  const rows = world.countRows('countsOnly', (row) => ({ current: current ?? row.current }))
  world.act((tx) => world.recordCountsIn(tx, 'countsOnly', rows, at))
}

function spare(world: ChainWorld, by: 'town', institutionId: UnitId, at: number): void {
  const input = { round: world.round(), actor: world.actor(by, at), institutionId, reason: 'ยังไม่มีนักเรียน' }
  must(world.act((tx) => setInstitutionNotRequired(tx, input, at)))
}

function cancel(
  world: ChainWorld,
  input: { by: 'province' | 'town'; unitId: UnitId; component: 'overview' | 'roster'; at: number },
): void {
  const { by, unitId, component, at } = input
  const act = { round: world.round(), actor: world.actor(by, at), unitId, component, reason: 'ตรวจพบข้อมูลผิด' }
  must(world.act((tx) => cancelDirectly(tx, act, at)))
}

function move(world: ChainWorld, input: { unitId: UnitId; toId: UnitId; at: number }): void {
  const { unitId, toId, at } = input
  must(world.act((tx) => moveUnit(tx, { unitId, toId, ground: GROUND }, at)))
}
