import { describe, expect, it } from 'vitest'
import { events, otherInstitutions, unitChanges, unitCodes, units } from '../../src/db/schema.ts'
import { importOtherInstitutions } from '../../src/workflow/import-other-institutions.ts'
import { type ImportResult, importUnits } from '../../src/workflow/import-units.ts'
import { unitByCode, unitById } from '../../src/workflow/unit.ts'
import { planUnits, type UnitsPlan } from '../../src/workflow/units-plan.ts'
import { bangkok, type ChainWorld, must, openChainWorld } from '../world/chain-world.ts'

const NOON = bangkok('2024-06-05T12:00')
const SAO = { code: '06990301', kind: 'sao', name_th: 'บ้านนา', province_code: '99', province_th: 'ทุ่งตะวัน' }
const CENTRE = { code: '3099300001', kind: 'child_centre', name_th: 'บ้านนา', lao_code: '06990301' }
const SCHOOL = { code: '3099200001', kind: 'school', name_th: 'เทศบาล 1', lao_code: '04990102' }
const UPGRADED = { ...SAO, code: '05990301', kind: 'subdistrict_municipality', former_code: '06990301' }

type Cells = Record<string, string>
const rows = (cells: Cells[]) => cells.map((row, index) => ({ line: index + 2, cells: row }))
const run = (world: ChainWorld, cells: Cells[], at = NOON, options = {}): ImportResult =>
  world.act((tx) => importUnits(tx, rows(cells), at, options))
const report = (world: ChainWorld, cells: Cells[], at = NOON) => must(run(world, cells, at)).report
const problems = (result: ImportResult) =>
  result.ok ? [] : result.problems.map(({ line, words }) => `${line} ${words}`)
const saidIn = ({ warnings }: { warnings: { words: string }[] }) => warnings.map(({ words }) => words).join()
const codesOf = (world: ChainWorld) => world.act((tx) => tx.select().from(unitCodes).all())
const everything = (world: ChainWorld) =>
  world.act((tx) => [units, unitCodes, unitChanges, events].map((table) => tx.select().from(table).all()))

describe('codes without a pattern (R22)', () => {
  const college = { code: 'V99001', kind: 'college', name_th: 'ทุ่งตะวัน', lao_code: '06990301' }

  it('a college has the code that it has; a school keeps to its ten digits', () => {
    const world = openChainWorld()
    expect(report(world, [college])).toMatchObject({ added: 1 })
    expect(world.act((tx) => unitByCode(tx, 'V99001'))).toMatchObject({ kind: 'college', name: 'วิทยาลัยทุ่งตะวัน' })
    expect(problems(run(world, [{ ...college, code: 'ก 1' }]))).toMatchObject([expect.stringMatching(/4 ถึง 12 ตัว/)])
    expect(problems(run(world, [{ ...college, kind: 'school' }]))).toMatchObject([expect.stringMatching(/10 หลัก/)])
  })
})

describe('a code that changed (former_code)', () => {
  it('is the same unit with a new code; the second time nothing is left to do', () => {
    const world = openChainWorld()
    const id = world.idOf('sao')
    expect(report(world, [UPGRADED])).toMatchObject({ recoded: 1, added: 0, moved: 0, warnings: [] })
    expect(world.act((tx) => unitByCode(tx, '05990301'))).toMatchObject({ id, name: 'เทศบาลตำบลบ้านนา' })
    const before = everything(world)
    expect(report(world, [UPGRADED], NOON + 1)).toMatchObject({ recoded: 0, renamed: 0, unchanged: 2 })
    expect(everything(world)).toEqual(before)
  })

  it('a list of institutions from before the upgrade still finds its LAO, and says that the code is a former one', () => {
    const world = openChainWorld()
    report(world, [UPGRADED])
    const later = report(world, [CENTRE], NOON + 1)
    expect(later).toMatchObject({ unchanged: 1, moved: 0 })
    expect(later.warnings.map(({ words }) => words).join()).toContain('06990301 เป็นรหัสเดิมของเทศบาลตำบลบ้านนา')
  })

  it('institutions of the new code in the same file stay where they are', () => {
    const world = openChainWorld()
    expect(report(world, [UPGRADED, { ...CENTRE, lao_code: '05990301' }])).toMatchObject({
      recoded: 1,
      moved: 0,
      added: 0,
    })
  })

  it('an old registry imported again makes no second unit of it', () => {
    const world = openChainWorld()
    report(world, [UPGRADED])
    const again = report(world, [SAO], NOON + 1)
    expect(again).toMatchObject({ added: 0, renamed: 0 })
    expect(again.warnings.map(({ words }) => words).join()).toContain('รหัสปัจจุบัน 05990301')
  })

  it('may be given to another unit, in the same file or later with the day since when', () => {
    const world = openChainWorld()
    const id = world.idOf('sao')
    const other = { ...SAO, name_th: 'บ้านใหม่' }
    expect(report(world, [UPGRADED, other])).toMatchObject({ recoded: 1, added: 1 })
    const bearer = world.act((tx) => unitByCode(tx, '06990301'))
    expect(bearer).toMatchObject({ name: 'องค์การบริหารส่วนตำบลบ้านใหม่' })
    expect(bearer?.id).not.toBe(id)
    expect(report(world, [UPGRADED, other], NOON + 1)).toMatchObject({ recoded: 0, added: 0, unchanged: 3 })

    const later = openChainWorld()
    report(later, [UPGRADED])
    expect(report(later, [{ ...other, opened: '2024-06-05' }], NOON + 1)).toMatchObject({ added: 0 })
    expect(report(later, [{ ...other, opened: '2024-06-07' }], bangkok('2024-06-08T09:00'))).toMatchObject({ added: 1 })
    expect(codesOf(later).filter(({ code }) => code === '06990301')).toMatchObject([
      { validTo: NOON },
      { validFrom: bangkok('2024-06-07T00:00'), validTo: null },
    ])
  })

  it.each([
    ['that two rows claim', [UPGRADED, { ...UPGRADED, code: '05990302' }], '3 รหัสเดิม 06990301 ซ้ำกับบรรทัดที่ 2'],
    [
      'whose new one another unit bears',
      [{ ...UPGRADED, code: '05990201' }],
      '2 รหัส 05990201 เป็นของเทศบาลตำบลริมธารอยู่แล้ว',
    ],
    ['that is none', [{ ...UPGRADED, former_code: '699030' }], '2 รหัส (former_code)'],
  ])('is refused %s', (_name, cells, words) => {
    const world = openChainWorld()
    const before = everything(world)
    expect(problems(run(world, cells)).join()).toContain(words)
    expect(everything(world)).toEqual(before)
  })
})

describe('a unit with a closing day (closed)', () => {
  const closed = { ...CENTRE, closed: '2024-06-01', reason: 'ไม่มีเด็ก', letter: 'ที่ 5/2567' }

  it('is closed with its letter, once', () => {
    const world = openChainWorld()
    const id = world.idOf('saoCentre')
    expect(report(world, [closed])).toMatchObject({ closed: 1 })
    expect(world.act((tx) => unitById(tx, id)).closedAt).toBe(NOON)
    expect(world.act((tx) => tx.select().from(unitChanges).all())).toMatchObject([
      {
        unitId: id,
        what: 'closed',
        validFrom: bangkok('2024-06-01T00:00'),
        reason: 'ไม่มีเด็ก',
        letterNumber: 'ที่ 5/2567',
      },
    ])
    expect(report(world, [closed], NOON + 1)).toMatchObject({ closed: 0, unchanged: 1 })
  })

  it('not before its day, and one that was never known is not added', () => {
    const world = openChainWorld()
    const coming = report(world, [{ ...CENTRE, closed: '2024-07-01' }])
    expect(coming.closed).toBe(0)
    expect(saidIn(coming)).toContain('ยังไม่ถึงวันที่ปิด')
    expect(report(world, [{ ...closed, code: '3099300009' }])).toMatchObject({ added: 0, closed: 0 })
  })

  it('a list that names it as open does not bring it back; a later founding with its code is another unit', () => {
    const world = openChainWorld()
    const id = world.idOf('saoCentre')
    report(world, [closed])
    const old = report(world, [CENTRE], NOON + 1)
    expect(old).toMatchObject({ added: 0, renamed: 0 })
    expect(saidIn(old)).toContain('ปิดแล้ว')
    const founded = { ...CENTRE, name_th: 'บ้านนาใหม่', opened: '2024-06-03' }
    expect(report(world, [founded], NOON + 2)).toMatchObject({ added: 1 })
    expect(world.act((tx) => unitByCode(tx, CENTRE.code))?.id).not.toBe(id)
    expect(report(world, [founded], NOON + 3)).toMatchObject({ added: 0, unchanged: 1 })
  })

  it('an LAO is closed with everything below it or not at all', () => {
    const world = openChainWorld()
    const sao = { ...SAO, closed: '2024-06-01' }
    expect(problems(run(world, [sao])).join()).toContain('ยังปิดไม่ได้ เพราะยังมีศูนย์พัฒนาเด็กเล็กบ้านนา')
    expect(report(world, [sao, closed])).toMatchObject({ closed: 2 })
    const moved = openChainWorld()
    expect(report(moved, [sao, { ...CENTRE, lao_code: '04990102' }])).toMatchObject({ closed: 1, moved: 1 })
  })

  it.each(['1/6/2567', '2567-06-01', '2024-06-31'])('%s is no such day', (day) => {
    const world = openChainWorld()
    expect(problems(run(world, [{ ...CENTRE, closed: day }])).join()).toContain(`2 วันที่ (closed) "${day}"`)
  })
})

describe('what the file does not name', () => {
  const absent = (world: ChainWorld, cells: Cells[], whole = false) => {
    const planned = world.act((tx) => planUnits(tx, { rows: rows(cells), whole }, NOON)) as {
      ok: true
      plan: UnitsPlan
    }
    return planned.plan.absent.map(({ code }) => code)
  }

  it('is told among the units of the LAOs and provinces that it names, and stays open', () => {
    const world = openChainWorld()
    expect(absent(world, [SCHOOL])).toEqual(['3099500001'])
    expect(absent(world, [SAO])).toEqual(['04990102', '06990302', '05990201'])
    report(world, [SCHOOL])
    expect(world.act((tx) => unitById(tx, world.idOf('centre'))).closedAt).toBeNull()
  })

  it('is everything else when the file is the whole registry', () => {
    expect(absent(openChainWorld(), [SAO, CENTRE], true)).toHaveLength(5)
  })
})

it('planning changes nothing', () => {
  const world = openChainWorld()
  const before = everything(world)
  const cells = [UPGRADED, { ...SCHOOL, lao_code: '05990201' }, { ...CENTRE, name_th: 'ใหม่' }]
  const planned = must(world.act((tx) => planUnits(tx, { rows: rows(cells) }, NOON)))
  expect(planned.plan.steps.map(({ what }) => what).sort()).toEqual(['move', 'recode', 'rename'])
  expect(everything(world)).toEqual(before)
})

it('many changes at once are one message to each unit concerned', () => {
  const world = openChainWorld()
  const cells = [
    { ...SCHOOL, lao_code: '06990301' },
    { ...SCHOOL, code: '3099500001', kind: 'child_centre', name_th: 'เมืองทุ่งตะวัน', lao_code: '06990301' },
  ]
  expect(report(world, cells)).toMatchObject({ moved: 2 })
  const told = world.told('sao', NOON).filter(({ type }) => type === 'units-changed')
  expect(told).toMatchObject([{ news: [{ what: 'moved' }, { what: 'moved' }] }])
})

it('every unit is added by an event, the department too', () => {
  const world = openChainWorld()
  const added = world.act((tx) => tx.select().from(events).all()).filter(({ type }) => type === 'unit-added')
  expect(added.map(({ unitId }) => unitId)).toEqual(
    world.act((tx) => tx.select().from(units).all()).map(({ id }) => id),
  )
})

describe('institutions of other affiliations through their lives (R23 R24)', () => {
  const OTHER = {
    lao_code: '04990102',
    code: '1099000011',
    name_th: 'โรงเรียนอนุบาลทุ่งตะวัน',
    affiliation: 'สพฐ.',
    baseline: '412',
    baseline_date: '2020-08-07',
  }
  const others = (world: ChainWorld, cells: Cells, at: number) =>
    must(world.act((tx) => importOtherInstitutions(tx, { rows: rows([cells]), roundId: world.round().id }, at))).report
  const types = (world: ChainWorld) =>
    world
      .act((tx) => tx.select().from(events).all())
      .map(({ type }) => type)
      .filter((type) => type.startsWith('other-institution'))

  it('each addition and change is an event, and nothing is written twice', () => {
    const world = openChainWorld()
    const before = types(world).length
    expect(before).toBe(3)
    expect(others(world, OTHER, NOON)).toMatchObject({ unchanged: 1 })
    expect(others(world, { ...OTHER, name_th: 'โรงเรียนอนุบาลเมือง' }, NOON)).toMatchObject({ changed: 1 })
    expect(others(world, { ...OTHER, name_th: 'โรงเรียนอนุบาลเมือง', baseline: '400' }, NOON)).toMatchObject({
      changed: 1,
    })
    expect(types(world).slice(before)).toEqual(['other-institution-changed', 'other-institution-changed'])
  })

  it('one announced abolished while the round runs stays in it, for its LAO to record 0 with the reason (R24)', () => {
    const world = openChainWorld()
    const abolished = others(world, { ...OTHER, closed: '2024-06-01' }, NOON)
    expect(abolished).toMatchObject({ closed: 0, warnings: [{ words: expect.stringContaining('บันทึก 0 พร้อมเหตุผล') }] })
    expect(world.act((tx) => tx.select().from(otherInstitutions).all()).every((row) => row.closedAt === null)).toBe(
      true,
    )
  })

  it('before the round opens it is closed, once', () => {
    const world = openChainWorld()
    const early = world.round().recordingOpensAt - 86_400_000
    const closed = { ...OTHER, closed: '2024-04-01' }
    expect(others(world, closed, early)).toMatchObject({ closed: 1 })
    expect(others(world, closed, early + 1)).toMatchObject({ closed: 0, unchanged: 1 })
    expect(types(world).filter((type) => type === 'other-institution-closed')).toHaveLength(1)
  })
})
