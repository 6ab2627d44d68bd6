import { describe, expect, it } from 'vitest'
import { importUnits } from '../../src/workflow/import-units.ts'
import { judgeRoster } from '../../src/workflow/rules/roster/judge-roster.ts'
import { laoLines } from '../../src/workflow/structure.ts'
import { codeOf, unitByCode } from '../../src/workflow/unit.ts'
import { openChat } from '../bot/chat.ts'
import { must, openChainWorld } from '../world/chain-world.ts'
import { pupilRows, type TypedPupil } from '../world/roster-rows.ts'

/** A roster confirmed in chat, step by step. */
function confirmIn(chat: ReturnType<typeof openChat>, place: 'school' | 'centre') {
  const officer = chat.officer(place)
  officer.say('ยืนยัน')
  chat.readSheet(place)
  officer.heard()
  officer.tap('มีตัวตนจริง')
  officer.tap('ยืนยัน 10 คน')
  chat.readSheet(place)
  return officer.heard().words
}

describe('who does what', () => {
  it('R1: a receipt names the system that it comes from', () => {
    expect(confirmIn(openChat(), 'school')).toContain('ระบบ  LEC Confirm')
  })

  it('R3: the department sees every level below, province, LAO and institution, and what is wrong there', () => {
    const chat = openChat()
    const department = chat.officer('department')
    chat.world.read(
      'school',
      chat.world.rows('school', 10, (index) => (index === 0 ? { birthDate: '' } : {})),
      chat.now(),
    )
    expect(department.say('สถานะ').words).toContain('จังหวัดทุ่งตะวัน')
    expect(department.say('สถานะ จังหวัดทุ่งตะวัน').words).toContain('เทศบาลเมืองทุ่งตะวัน')
    const { status, left } = chat.world.act((tx) => {
      const town = unitByCode(tx, '04990102')
      if (!town) throw new Error('no town')
      const [line] = laoLines(tx, { roundId: chat.world.round().id, laos: [town] }, chat.now())
      return { status: line?.institutions.find(({ id }) => id === chat.unit('school'))?.errors, left: line?.overview }
    })
    expect([status, left]).toEqual([1, 'open'])
  })

  it('R4: the province is confirmed by its appointed officer and by nobody else', () => {
    const chat = openChat()
    chat.world.confirmUpToLaos(chat.now())
    const province = chat.officer('province')
    province.say('ไม่ต้องยืนยัน เทศบาลตำบลริมธาร')
    province.say('ไม่มีสถานศึกษาในสังกัดและสังกัดอื่น')
    province.say('ตรวจสอบแล้ว')
    province.tap('ตรวจสอบแล้วทั้ง')
    for (const other of ['town', 'school', 'department'] as const) chat.officer(other).say('ยืนยันจังหวัด')
    chat.person('Uffffffffffffffffffffffffffffffff').say('ยืนยันจังหวัด')
    expect(chat.isConfirmed('province', 'province')).toBe(false)
    province.tap('ยืนยันข้อมูลจังหวัด')
    expect(chat.isConfirmed('province', 'province')).toBe(true)
  })

  it('R5: an LAO has institutions of its own, funds others, both, or neither, and owes exactly what it has', () => {
    const world = openChainWorld()
    const laos = (['town', 'sao', 'countsOnly', 'bare'] as const).map((place) => world.idOf(place))
    const lines = world.act((tx) => {
      const found = tx.query.units
        .findMany()
        .sync()
        .filter(({ id }) => laos.includes(id))
      return laoLines(tx, { roundId: world.round().id, laos: found }, world.round().confirmingOpensAt)
    })
    expect(lines.map(({ overview, otherCounts }) => `${overview} ${otherCounts}`)).toEqual([
      'open open',
      'open not_applicable',
      'not_applicable open',
      'not_applicable not_applicable',
    ])
  })

  it.each(['school', 'centre'] as const)(
    'R7: the officer of a %s checks, corrects and confirms its own pupils',
    (place) => {
      const chat = openChat()
      const officer = chat.officer(place)
      const wrong = chat.world.rows(place, 10, (index) => (index === 3 ? { lastName: '' } : {}))
      officer.say('ยืนยัน')
      chat.readSheet(place, wrong)
      expect(officer.heard().words).toMatch(/แถวที่ 5: ยังไม่ได้กรอกนามสกุล/)
      expect(confirmIn(chat, place)).toContain('2567/1-000001')
    },
  )
})

describe('colleges', () => {
  const judge = (kind: 'college' | 'school', change: TypedPupil = {}) =>
    judgeRoster(pupilRows({ kind, schoolYear: 2567, count: 5, change: (index) => (index === 0 ? change : {}) }), {
      kind,
      schoolYear: 2567,
      asOf: { year: 2024, month: 6, day: 10 },
    })

  it("R8: a college's students are judged by the rules of schools", () => {
    expect(judge('college').totals).toMatchObject({ counted: 5, errors: 0 })
    const damages: TypedPupil[] = [
      { exists: false },
      { nationalId: '1101700230705' },
      { birthDate: '31/02/2551' },
      { status: '' },
    ]
    for (const damage of damages) {
      const [college, school] = (['college', 'school'] as const).map((kind) =>
        judge(kind, damage).problems.map(({ code }) => code),
      )
      expect(college?.length, JSON.stringify(damage)).toBeGreaterThan(0)
      expect(college).toEqual(school)
    }
  })

  it('R8: a college is registered below its LAO like a school, whatever its code', () => {
    const world = openChainWorld()
    const cells = { code: '1320026101', kind: 'college', name_th: 'การอาชีพทุ่งตะวัน', lao_code: '04990102' }
    must(world.act((tx) => importUnits(tx, [{ line: 2, cells }], world.round().recordingOpensAt)))
    const college = world.act((tx) => unitByCode(tx, '1320026101'))
    expect(college).toMatchObject({ level: 'institution', kind: 'college', parentId: world.idOf('town') })
  })
})

describe('codes', () => {
  it('R20 R21: every pattern of the guideline is taken, the kind comes from the file, and only 30xx3 is asked about', () => {
    const world = openChainWorld()
    const kinds = { 30991: 'school', 30992: 'school', 30993: 'school', 30994: 'child_centre', 30995: 'child_centre' }
    const rows = [
      ...Object.entries(kinds).map(([prefix, kind]) => [`${prefix}00077`, kind]),
      ['3099300078', 'child_centre'],
    ]
    const lines = rows.map(([code = '', kind = ''], index) => ({
      line: index + 2,
      cells: { code, kind, name_th: `ทดสอบ ${index}`, lao_code: '06990301' },
    }))
    const { report } = must(world.act((tx) => importUnits(tx, lines, world.round().recordingOpensAt)))
    for (const [code = '', kind] of rows) expect(world.act((tx) => unitByCode(tx, code))?.kind, code).toBe(kind)
    expect(report.warnings.map(({ line }) => line)).toEqual([4, 7])
  })

  it('R22: a unit is known by its code, kept as text, and units without a pattern may have any', () => {
    const world = openChainWorld()
    const rows = [
      { code: '03200408', kind: 'special', name_th: 'เมืองพัทยา', province_code: '20', province_th: 'ชลบุรี' },
      { code: '0000000007', kind: 'school', name_th: 'รหัสขึ้นต้นด้วยศูนย์', lao_code: '03200408' },
    ]
    const lines = rows.map((cells, index) => ({ line: index + 2, cells }))
    must(world.act((tx) => importUnits(tx, lines, world.round().recordingOpensAt)))
    world.act((tx) => {
      const pattaya = unitByCode(tx, '03200408')
      const school = unitByCode(tx, '0000000007')
      expect(pattaya).toMatchObject({ level: 'lao', kind: 'special' })
      expect(school?.parentId).toBe(pattaya?.id)
      expect(school && codeOf(tx, school.id)).toBe('0000000007')
      expect(unitByCode(tx, '7')).toBeNull()
    })
  })
})

describe('what everybody hears', () => {
  it('R37: the department hears that it deems the data correct and complete from the confirmation of the province on', () => {
    const chat = openChat()
    chat.world.confirmUpToLaos(chat.now())
    const province = chat.officer('province')
    const department = chat.officer('department')
    province.say('ไม่ต้องยืนยัน เทศบาลตำบลริมธาร')
    province.say('ไม่มีสถานศึกษาในสังกัดและสังกัดอื่น')
    expect(department.heard().words).not.toContain('กรมถือว่า')
    province.say('ตรวจสอบแล้ว')
    province.tap('ตรวจสอบแล้วทั้ง')
    province.tap('ยืนยันข้อมูลจังหวัด')
    expect(department.heard().words).toContain('กรมถือว่าข้อมูลที่ยืนยันนี้ถูกต้อง ครบถ้วน')
  })

  it("R42: everybody finds the round's help desk", () => {
    const chat = openChat({ round: '2563/2', at: Date.parse('2020-12-22T09:00+07:00') })
    for (const place of ['school', 'town', 'province', 'department'] as const)
      expect(chat.officer(place).say('ช่วยเหลือ').words, place).toContain('โทร. 0 2241 9021-3 ต่อ 302, 306')
  })
})
