import { eq, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { AppointmentId, Instant, SharedPupilId, UnitId } from '../../src/db/ids.ts'
import { events, pupils, sharedPupils, sheetFiles, units } from '../../src/db/schema.ts'
import { cancelDirectly } from '../../src/workflow/cancel.ts'
import { sheetRefusal } from '../../src/workflow/confirm-sheet.ts'
import { decideHold } from '../../src/workflow/decide-hold.ts'
import { isReadAfterExtension } from '../../src/workflow/edited-too-late.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import type { Notice } from '../../src/workflow/notice.ts'
import type { RawRow } from '../../src/workflow/rules/roster/row-findings.ts'
import { openSharedPupils, sharedPupilsAt, sharedPupilsOf } from '../../src/workflow/shared-pupils.ts'
import { askRelease, decideKeeper, stateEvidence } from '../../src/workflow/shared-pupils-acts.ts'
import { refreshSharedPupils } from '../../src/workflow/shared-pupils-refresh.ts'
import { COUNTED_ELSEWHERE, countedNow } from '../../src/workflow/shared-pupils-scan.ts'
import { institutionStatus, laoStatus, nationStatus, provinceStatus } from '../../src/workflow/status.ts'
import { unitByCode } from '../../src/workflow/unit.ts'
import { moveUnit } from '../../src/workflow/unit-changes.ts'
import { bangkok, type InstitutionName, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'
import type { TypedPupil } from '../world/roster-rows.ts'

const START = bangkok('2024-06-03T09:00')
const MINUTE = 60_000
const at = (minutes: number): Instant => START + minutes * MINUTE
/** Invented people are numbered 1-99…; an instant has 13 digits too. */
const WHOLE_ID = /(?<!\d)199\d{10}(?!\d)|G\d{12}/

function openWorld() {
  const world = openChainWorld()
  const roundId = world.round().id
  /** The roster of a place with pupils of another place's numbers at its end. */
  const rowsWith = (place: InstitutionName, borrowed: RawRow[], change?: (index: number) => TypedPupil): RawRow[] => {
    const own = world.rows(place, 10, change)
    const grade = own[0]?.cells.grade
    const birthDate = own[0]?.cells.birthDate
    const moved = borrowed.map((row, index): RawRow => {
      const cells = { ...row.cells, ...(grade ? { grade } : {}), ...(birthDate ? { birthDate } : {}) }
      return { row: own.length + 2 + index, cells }
    })
    return [...own, ...moved]
  }
  const shared = (place: InstitutionName, now: Instant) =>
    world.act((tx) => sharedPupilsOf(tx, { roundId, institutionId: world.idOf(place) }, now))
  const refusal = (place: InstitutionName, now: Instant) =>
    world.act((tx) =>
      sheetRefusal(
        tx,
        { round: world.round(), actor: world.actor(place, now), unitId: world.idOf(place), component: 'roster' },
        now,
      ),
    )
  const news = (who: Place, now: Instant) =>
    world
      .told(who, now)
      .filter((notice): notice is Extract<Notice, { type: 'shared-pupils' }> => notice.type === 'shared-pupils')
  const onlyId = (place: InstitutionName, now: Instant): SharedPupilId => {
    const [question] = shared(place, now)
    if (!question) throw new Error('no open question')
    return question.id
  }
  return { ...world, roundId, rowsWith, shared, refusal, news, onlyId }
}

type World = ReturnType<typeof openWorld>

/** The school counts its ten, then the centre comes with some of the same. */
function sharedByTwo(
  options: { pupils?: number; second?: InstitutionName } = {},
): World & { second: InstitutionName; same: RawRow[] } {
  const world = openWorld()
  const second = options.second ?? 'centre'
  world.read('school', world.rows('school'), at(0))
  const same = world.rows('school', options.pupils ?? 1)
  world.read(second, world.rowsWith(second, same), at(10))
  return { ...world, second, same }
}

const without = (rows: RawRow[], row: number): RawRow[] => rows.filter((one) => one.row !== row)

function changed(rows: RawRow[], row: number, cells: Record<string, string>): RawRow[] {
  const typed = Object.fromEntries(Object.entries(cells).map(([key, text]) => [key, { kind: 'text' as const, text }]))
  return rows.map((one) => (one.row === row ? { ...one, cells: { ...one.cells, ...typed } } : one))
}

describe('a number counted in two institutions', () => {
  it('is told to both, once for all pupils of a read, and blocks the later one only', () => {
    const world = sharedByTwo({ pupils: 4 })
    expect(world.news('school', at(10))).toMatchObject([{ what: 'opened', ids: [1, 2, 3, 4] }])
    expect(world.news('centre', at(10))).toMatchObject([{ what: 'opened', ids: [1, 2, 3, 4] }])
    expect(world.refusal('school', at(10))).toBeNull()
    expect(world.refusal('centre', at(10))).toMatchObject({
      why: 'shared-pupils',
      total: 4,
      pupils: [{ row: 12, at: 'โรงเรียนเทศบาล 1', lao: 'เทศบาลเมืองทุ่งตะวัน', decided: false }, {}, {}, {}],
    })
    expect(JSON.stringify(world.refusal('centre', at(10)))).not.toMatch(WHOLE_ID)
    expect(JSON.stringify(world.shared('centre', at(10)))).not.toMatch(WHOLE_ID)
    const [question] = world.shared('school', at(10))
    expect(question?.claims).toMatchObject([
      { institution: { name: 'โรงเรียนเทศบาล 1' }, row: 2, holds: true, since: at(0) },
      { row: 12, holds: false, since: at(10) },
    ])
  })

  it('is found by its number in every institution through the partial index', () => {
    const world = sharedByTwo()
    const plan = world.database.raw
      .prepare<[number, number], { detail: string }>(`explain query plan ${COUNTED_ELSEWHERE}`)
      .all(world.roundId, world.idOf('centre'))
      .map(({ detail }) => detail)
    expect(plan).toContain('SEARCH own USING COVERING INDEX pupils_key (round_id=? AND institution_id=?)')
    expect(plan).toContain('SEARCH other USING INDEX pupils_number (round_id=? AND key=?)')
    const now = world
      .act((tx) =>
        tx.all<{ detail: string }>(
          sql`explain query plan ${countedNow({ roundId: world.roundId, keys: ['a', 'b'] }, at(10))}`,
        ),
      )
      .map(({ detail }) => detail)
    expect(now).toContain('SEARCH counted USING INDEX pupils_number (round_id=? AND key=?)')
  })

  it('keeps the later one from confirming at the very commit, and not the earlier', () => {
    const world = sharedByTwo()
    const sheet = world.rowsWith('centre', world.same)
    mustBeDone(world.confirmRoster('school', { at: at(20) }))
    const result = world.confirmRoster('centre', { at: at(21), sheet })
    expect(result.outcome.refusal).toMatchObject({ why: 'shared-pupils', total: 1 })
    expect(world.isConfirmed('centre', 'roster')).toBe(false)
  })

  it('resolves by itself when the later one takes the pupil out, and both hear it', () => {
    const world = sharedByTwo()
    world.read('centre', world.rows('centre'), at(20))
    expect(world.shared('school', at(20))).toEqual([])
    expect(world.refusal('centre', at(20))).toBeNull()
    expect(world.news('school', at(20)).map(({ what }) => what)).toEqual(['opened', 'resolved'])
    expect(world.news('centre', at(20)).map(({ what }) => what)).toEqual(['opened', 'resolved'])
  })

  it('resolves when the earlier one marks the pupil as moved away', () => {
    const world = sharedByTwo()
    world.read('school', changed(world.rows('school'), 2, { status: 'ย้ายออก' }), at(20))
    expect(world.shared('centre', at(20))).toEqual([])
    expect(world.refusal('centre', at(20))).toBeNull()
  })

  it('is no claim while its row has an error, and has its place again once it is mended', () => {
    const world = sharedByTwo()
    world.read('school', changed(world.rows('school'), 2, { grade: 'ป.99' }), at(20))
    expect(world.refusal('centre', at(20))).toBeNull()
    world.read('school', world.rows('school'), at(30))
    expect(world.refusal('school', at(30))).toBeNull()
    expect(world.refusal('centre', at(30))).toMatchObject({ why: 'shared-pupils' })
  })

  it('is the later claim when another one confirmed while its row had an error', () => {
    const world = sharedByTwo()
    world.read('school', changed(world.rows('school'), 2, { grade: 'ป.99' }), at(20))
    mustBeDone(world.confirmRoster('centre', { at: at(25), sheet: world.rowsWith('centre', world.same) }))
    world.read('school', world.rows('school'), at(30))
    expect(world.refusal('school', at(30))).toMatchObject({ why: 'shared-pupils', total: 1 })
  })

  it('is asked again when it comes back, with the one that stayed as the earlier', () => {
    const world = sharedByTwo()
    world.read('school', without(world.rows('school'), 2), at(20))
    expect(world.shared('centre', at(20))).toEqual([])
    world.read('school', world.rows('school'), at(30))
    expect(world.refusal('centre', at(30))).toBeNull()
    expect(world.refusal('school', at(30))).toMatchObject({ why: 'shared-pupils', total: 1 })
    expect(world.news('school', at(30)).map(({ what }) => what)).toEqual(['opened', 'resolved', 'opened'])
    expect(world.shared('school', at(30))[0]?.openedAt).toBe(at(30))
  })

  it('says nothing twice when nothing changed', () => {
    const world = sharedByTwo()
    world.read('centre', changed(world.rowsWith('centre', world.same), 3, { room: '2' }), at(20))
    world.read('school', changed(world.rows('school'), 5, { room: '2' }), at(21))
    expect(world.news('school', at(21))).toHaveLength(1)
    expect(world.news('centre', at(21))).toHaveLength(1)
  })

  it('is found for a G-Code as well, and not for children who wait for one', () => {
    const world = openWorld()
    const gCode = (index: number): TypedPupil =>
      index === 0 ? { nationalId: 'G679900000001', nationality: 'เมียนมา' } : {}
    const waiting = (index: number): TypedPupil =>
      index === 1 ? { nationalId: '', nationality: 'เมียนมา', status: 'รอออกรหัส G-Code' } : gCode(index)
    world.read('school', world.rows('school', 10, waiting), at(0))
    world.read('centre', world.rows('centre', 10, waiting), at(10))
    const [question, other] = world.shared('centre', at(10))
    expect(question?.number).toBe('G6799-xxxxxxx-1')
    expect(other).toBeUndefined()
  })

  it('stays the same child when one of the two types 13 digits in place of the G-Code (R27)', () => {
    const world = openWorld()
    const code = (index: number): TypedPupil =>
      index === 0 ? { nationalId: 'G990000000011', firstName: 'ทดสอบก' } : {}
    const digits = (index: number): TypedPupil => (index === 0 ? { firstName: 'ทดสอบก' } : {})
    world.read('school', world.rows('school', 10, code), at(0))
    world.read('saoCentre', world.rows('saoCentre', 10), at(5))
    const explanation = { kind: 'text' as const, text: 'อายุเกินเกณฑ์ รอเข้าโรงเรียน' }
    const borrowed = (typed: (index: number) => TypedPupil) =>
      world.rows('school', 1, typed).map(({ cells }): RawRow => ({ row: 12, cells: { ...cells, explanation } }))
    world.read('saoCentre', [...world.rows('saoCentre', 10), ...borrowed(code)], at(10))
    expect(world.shared('saoCentre', at(10))).toHaveLength(1)
    world.read('school', world.rows('school', 10, digits), at(20))
    expect(world.shared('saoCentre', at(20))).toHaveLength(1)
    expect(world.refusal('saoCentre', at(20))).toMatchObject({ why: 'shared-pupils', total: 1 })
    world.read('saoCentre', [...world.rows('saoCentre', 10), ...borrowed(digits)], at(30))
    expect(world.shared('saoCentre', at(30))).toHaveLength(1)
    expect(world.refusal('saoCentre', at(30))).toMatchObject({ why: 'shared-pupils', total: 1 })
    world.read('saoCentre', world.rows('saoCentre', 10), at(40))
    expect(world.shared('school', at(40))).toEqual([])
    expect(world.shared('saoCentre', at(40))).toEqual([])
  })

  it('is over when the G-Code was only a slip: the other one has another child', () => {
    const world = openWorld()
    const code = (index: number): TypedPupil =>
      index === 0 ? { nationalId: 'G990000000011', firstName: 'ทดสอบก' } : {}
    const digits = (index: number): TypedPupil => (index === 0 ? { firstName: 'ทดสอบก' } : {})
    world.read('school', world.rows('school', 10, code), at(0))
    const slip = (index: number): TypedPupil =>
      index === 0 ? { nationalId: 'G990000000011', firstName: 'ทดสอบข' } : {}
    world.read('saoCentre', world.rows('saoCentre', 10, slip), at(10))
    expect(world.shared('saoCentre', at(10))).toHaveLength(1)
    world.read('school', world.rows('school', 10, digits), at(20))
    expect(world.shared('saoCentre', at(20))).toEqual([])
  })

  it('is between three: the first holds, the next one takes over when the first lets go', () => {
    const world = sharedByTwo()
    world.read('saoCentre', world.rowsWith('saoCentre', world.same), at(20))
    expect(world.shared('saoCentre', at(20))[0]?.claims.map((claim) => claim.holds)).toEqual([true, false, false])
    expect(world.news('school', at(20)).map(({ what }) => what)).toEqual(['opened', 'opened'])
    world.read('school', changed(world.rows('school'), 2, { status: 'ย้ายออก' }), at(30))
    expect(world.refusal('centre', at(30))).toBeNull()
    expect(world.refusal('saoCentre', at(30))).toMatchObject({ why: 'shared-pupils' })
    expect(world.news('school', at(30)).at(-1)).toMatchObject({ what: 'resolved' })
    expect(world.news('centre', at(30)).at(-1)).toMatchObject({ what: 'changed' })
  })

  it('ends with an institution that is closed', () => {
    const world = sharedByTwo()
    world.act((tx) =>
      tx
        .update(units)
        .set({ closedAt: at(15) })
        .where(eq(units.id, world.idOf('school')))
        .run(),
    )
    expect(world.refusal('centre', at(20))).toBeNull()
    mustBeDone(world.confirmRoster('centre', { at: at(20), sheet: world.rowsWith('centre', world.same) }))
  })

  it('stays while rows are held, and ends with the word that they left', () => {
    const world = openWorld()
    world.read('school', world.rows('school', 20), at(0))
    world.read('centre', world.rowsWith('centre', world.rows('school', 1)), at(10))
    const { hold } = world.read('school', world.rows('school', 8, undefined, 12), at(20))
    expect(world.refusal('centre', at(20))).toMatchObject({ why: 'shared-pupils' })
    world.act((tx) => {
      if (!hold) throw new Error('nothing was held')
      must(decideHold(tx, { actor: world.actor('school', at(30)), holdId: hold.id, decision: 'release' }, at(30)))
    })
    expect(world.refusal('centre', at(30))).toBeNull()
  })

  it('stands in a confirmed figure also when the row is gone from the sheet, until the confirmation is cancelled', () => {
    const world = sharedByTwo()
    mustBeDone(world.confirmRoster('school', { at: at(20) }))
    world.read('school', without(world.rows('school'), 2), at(30))
    expect(world.refusal('centre', at(30))).toMatchObject({ why: 'shared-pupils' })
    expect(world.shared('centre', at(30))[0]?.claims[0]).toMatchObject({ row: null, confirmed: true, holds: true })
    const actor = world.actor('town', at(40))
    const input = {
      round: world.round(),
      actor,
      unitId: world.idOf('school'),
      component: 'roster',
      reason: 'ย้ายออก 1 คน',
    } as const
    must(world.act((tx) => cancelDirectly(tx, input, at(40))))
    expect(world.refusal('centre', at(40))).toBeNull()
  })
})

describe('whose matter it is', () => {
  it('is the LAO’s within one LAO, and stands on its status', () => {
    const world = sharedByTwo()
    const actor = world.actor('town', at(10))
    const status = world.act((tx) => laoStatus(tx, { round: world.round(), laoId: actor.unitId, actor }, at(10)))
    expect(status.sharedPupils).toBe(1)
    const line = (name: string) => status.line.institutions.find((one) => one.name === name)?.shared
    expect(line('ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน')).toEqual({ open: 1, blocking: 1 })
    expect(line('โรงเรียนเทศบาล 1')).toEqual({ open: 1, blocking: 0 })
    const own = world.actor('centre', at(10))
    const institution = world.act((tx) =>
      institutionStatus(tx, { round: world.round(), institutionId: own.unitId, actor: own }, at(10)),
    )
    expect(institution.sharedPupils).toEqual({ open: 1, blocking: 1 })
  })

  it('is the province’s between two LAOs', () => {
    const world = sharedByTwo({ second: 'saoCentre' })
    const actor = world.actor('province', at(10))
    const status = world.act((tx) =>
      provinceStatus(tx, { round: world.round(), provinceId: actor.unitId, actor }, at(10)),
    )
    expect(status.sharedPupils).toBe(1)
    const town = world.actor('town', at(10))
    expect(
      world.act((tx) => laoStatus(tx, { round: world.round(), laoId: town.unitId, actor: town }, at(10))).sharedPupils,
    ).toBe(0)
  })

  it('is the department’s between two provinces, and the lowest common one’s again when the far one lets go', () => {
    const world = sharedByTwo()
    const far = addFarSchool(world)
    const copy = (into: UnitId, now: Instant) =>
      world.act((tx) => {
        const [row] = tx
          .select()
          .from(pupils)
          .where(eq(pupils.institutionId, world.idOf('school')))
          .all()
        if (!row) throw new Error('no pupil')
        const { id: _id, ...rest } = row
        tx.insert(pupils)
          .values({ ...rest, institutionId: into, firstSeenAt: now, changedAt: now })
          .run()
        refreshSharedPupils(tx, { roundId: world.roundId, institutionId: into }, now)
      })
    copy(far, at(20))
    const departmentId = world.idOf('department')
    const nation = () => world.act((tx) => nationStatus(tx, { round: world.round(), departmentId }, at(20)))
    expect(nation().sharedPupils).toBe(1)
    expect(world.shared('school', at(20))[0]?.claims).toHaveLength(3)
    world.act((tx) => {
      tx.update(pupils)
        .set({ goneAt: at(30) })
        .where(eq(pupils.institutionId, far))
        .run()
      refreshSharedPupils(tx, { roundId: world.roundId, institutionId: far }, at(30))
    })
    expect(nation().sharedPupils).toBe(0)
    const waiting = world.act((tx) =>
      sharedPupilsAt(tx, { roundId: world.roundId, superiorId: world.idOf('town') }, at(30)),
    )
    expect(waiting).toHaveLength(1)
  })
})

function addFarSchool(world: World): UnitId {
  const lao = {
    code: '04980101',
    kind: 'town_municipality',
    name_th: 'ไกลโพ้น',
    province_code: '98',
    province_th: 'ไกลโพ้น',
  }
  const school = { code: '3098200001', kind: 'school', name_th: 'ไกลโพ้น', lao_code: '04980101' }
  return world.act((tx) => {
    must(
      importUnits(
        tx,
        [
          { line: 2, cells: lao },
          { line: 3, cells: school },
        ],
        at(0),
      ),
    )
    const unit = unitByCode(tx, school.code)
    if (!unit) throw new Error('no far school')
    return unit.id
  })
}

describe('asking the earlier one to release', () => {
  it('tells it once a day, whatever the number of pupils, and is on record', () => {
    const world = sharedByTwo({ pupils: 2 })
    const ids = world.shared('centre', at(20)).map((question) => question.id)
    const ask = (now: Instant) =>
      must(world.act((tx) => askRelease(tx, { actor: world.actor('centre', now), ids }, now)))
    expect(ask(at(20))).toMatchObject({ asked: 2, already: 0, of: [{ name: 'โรงเรียนเทศบาล 1', reached: true }] })
    expect(ask(at(30))).toMatchObject({ asked: 0, already: 2 })
    expect(world.news('school', at(30)).map(({ what, ids }) => [what, ids])).toEqual([
      ['opened', ids],
      ['release-asked', ids],
    ])
    expect(ask(at(20) + 24 * 60 * MINUTE)).toMatchObject({ asked: 2 })
    expect(eventTypes(world)).toContain('shared-pupils-release-asked')
  })

  it('is refused to the one that holds the pupil, to strangers, to the level above and once it is over', () => {
    const world = sharedByTwo()
    const ids = [world.onlyId('centre', at(20))]
    const ask = (who: Place | AppointmentId) =>
      world.act((tx) => askRelease(tx, { actor: world.actor(who, at(20)), ids }, at(20)))
    expect(ask('school')).toEqual({ ok: false, why: 'shared-pupil-kept' })
    expect(ask('saoCentre')).toEqual({ ok: false, why: 'not-yours' })
    expect(ask('town')).toEqual({ ok: false, why: 'not-yours' })
    expect(ask(world.appoint('centre', { role: 'certifier', at: at(0) }))).toEqual({ ok: false, why: 'reads-only' })
    world.read('centre', world.rows('centre'), at(20))
    expect(ask('centre')).toEqual({ ok: false, why: 'shared-pupil-over' })
  })
})

describe('evidence', () => {
  it('is kept for each claimant; when all have stated theirs the superior is asked, once', () => {
    const world = sharedByTwo()
    const id = world.onlyId('centre', at(20))
    const state = (who: Place, word: string, minutes: number) =>
      world.act((tx) => stateEvidence(tx, { actor: world.actor(who, at(minutes)), id, word }, at(minutes)))
    expect(state('centre', ' ', 20)).toEqual({ ok: false, why: 'no-reason' })
    expect(must(state('centre', 'มาเรียนทุกวัน', 20)).asksSuperior).toBe(false)
    expect(must(state('school', 'มีใบย้าย', 21)).asksSuperior).toBe(true)
    expect(must(state('school', 'มีใบย้ายเลขที่ 5', 22)).asksSuperior).toBe(false)
    expect(world.news('town', at(22))).toMatchObject([{ what: 'disputed', ids: [id] }])
    const [question] = world.shared('school', at(22))
    expect(question?.claims.map((claim) => claim.evidence?.word)).toEqual(['มีใบย้ายเลขที่ 5', 'มาเรียนทุกวัน'])
    expect(state('town', 'เห็นเอง', 23)).toEqual({ ok: false, why: 'not-yours' })
    // It decides nothing by itself.
    expect(world.refusal('centre', at(23))).toMatchObject({ why: 'shared-pupils' })
  })
})

describe('an institution that moves while a question is open', () => {
  it('takes the question to whoever stands above all of them now, with what was stated, and only that unit decides', () => {
    const world = sharedByTwo()
    const id = world.onlyId('centre', at(20))
    for (const who of ['centre', 'school'] as const)
      must(world.act((tx) => stateEvidence(tx, { actor: world.actor(who, at(20)), id, word: 'มาเรียนทุกวัน' }, at(20))))
    const ground = { validFrom: at(25), letterNumber: 'มท 1', reason: null, by: 'operator' } as const
    const move = { unitId: world.idOf('centre'), toId: world.idOf('sao'), ground }
    must(world.act((tx) => moveUnit(tx, move, at(25))))
    const [question] = world.shared('school', at(26))
    expect(question).toMatchObject({ superiorId: world.idOf('province') })
    expect(world.news('province', at(26))).toMatchObject([{ what: 'disputed', ids: [id] }])
    const decide = (who: Place) => {
      const chosen = { id, keeperId: world.idOf('school'), version: question?.version ?? 0, reason: 'มีใบย้ายเข้า' }
      return world.act((tx) => decideKeeper(tx, { actor: world.actor(who, at(27)), ...chosen }, at(27)))
    }
    expect(decide('town')).toEqual({ ok: false, why: 'not-yours' })
    must(decide('province'))
  })
})

describe('the superior’s decision', () => {
  function decide(
    world: World,
    given: { who?: Place; keeper: InstitutionName; minutes: number; reason?: string; version?: number },
  ) {
    const now = at(given.minutes)
    const [question] = world.act((tx) => openSharedPupils(tx, [1 as SharedPupilId], now))
    return world.act((tx) =>
      decideKeeper(
        tx,
        {
          actor: world.actor(given.who ?? 'town', now),
          id: 1 as SharedPupilId,
          keeperId: world.idOf(given.keeper),
          version: given.version ?? question?.version ?? 0,
          reason: given.reason ?? 'มีหลักฐานการเข้าเรียน',
        },
        now,
      ),
    )
  }

  it('frees the one it names and blocks the other until the pupil is taken out there', () => {
    const world = sharedByTwo()
    must(decide(world, { keeper: 'centre', minutes: 20 }))
    expect(world.refusal('centre', at(20))).toBeNull()
    expect(world.refusal('school', at(20))).toMatchObject({
      why: 'shared-pupils',
      pupils: [{ row: 2, at: 'ศูนย์พัฒนาเด็กเล็กเมืองทุ่งตะวัน', decided: true }],
    })
    expect(world.news('school', at(20)).at(-1)).toMatchObject({ what: 'decided' })
    expect(world.news('centre', at(20)).at(-1)).toMatchObject({ what: 'decided' })
    world.read('school', changed(world.rows('school'), 2, { status: 'ย้ายออก' }), at(30))
    expect(world.refusal('school', at(30))).toBeNull()
    world.read('school', world.rows('school'), at(40))
    expect(world.refusal('school', at(40))).toMatchObject({ why: 'shared-pupils', pupils: [{ decided: true }] })
  })

  it('undoes nothing that is confirmed: the winner is free, the other one stays confirmed', () => {
    const world = sharedByTwo()
    mustBeDone(world.confirmRoster('school', { at: at(15) }))
    expect(must(decide(world, { keeper: 'centre', minutes: 20 })).others).toMatchObject([{ confirmed: true }])
    expect(world.isConfirmed('school', 'roster')).toBe(true)
    mustBeDone(world.confirmRoster('centre', { at: at(21), sheet: world.rowsWith('centre', world.same) }))
  })

  it('ends when the one it was made for lets go', () => {
    const world = sharedByTwo()
    world.read('saoCentre', world.rowsWith('saoCentre', world.same), at(15))
    must(decide(world, { who: 'province', keeper: 'saoCentre', minutes: 20 }))
    expect(world.refusal('school', at(20))).toMatchObject({ why: 'shared-pupils' })
    world.read('saoCentre', world.rows('saoCentre'), at(30))
    expect(world.refusal('school', at(30))).toBeNull()
    expect(world.refusal('centre', at(30))).toMatchObject({ pupils: [{ decided: false }] })
  })

  it('is for the common superior’s officer only, with a reason, on what was shown', () => {
    const world = sharedByTwo()
    expect(decide(world, { who: 'province', keeper: 'centre', minutes: 20 })).toEqual({ ok: false, why: 'not-yours' })
    expect(decide(world, { who: 'school', keeper: 'school', minutes: 20 })).toEqual({ ok: false, why: 'not-yours' })
    expect(decide(world, { keeper: 'centre', minutes: 20, reason: ' ' })).toEqual({ ok: false, why: 'no-reason' })
    expect(decide(world, { keeper: 'saoCentre', minutes: 20 })).toEqual({ ok: false, why: 'changed-since-shown' })
    const { version = 0 } = world.shared('centre', at(20))[0] ?? {}
    const id = world.onlyId('centre', at(20))
    must(world.act((tx) => stateEvidence(tx, { actor: world.actor('school', at(21)), id, word: 'มีใบย้าย' }, at(21))))
    expect(decide(world, { keeper: 'centre', minutes: 22, version })).toEqual({ ok: false, why: 'changed-since-shown' })
    const executive = world.appoint('town', { role: 'executive', at: at(0) })
    const actor = world.actor(executive, at(22))
    const input = { actor, id, keeperId: world.idOf('centre'), version: version + 1, reason: 'เห็นควร' }
    expect(world.act((tx) => decideKeeper(tx, input, at(22)))).toEqual({ ok: false, why: 'reads-only' })
  })
})

it('everything is on record, pupils as keyed hashes only', () => {
  const world = sharedByTwo()
  const id = world.onlyId('centre', at(20))
  const said = (who: Place) => ({ actor: world.actor(who, at(20)), id, word: 'มาเรียนทุกวัน' })
  must(world.act((tx) => stateEvidence(tx, said('centre'), at(20))))
  world.read('centre', world.rows('centre'), at(30))
  expect(eventTypes(world)).toEqual(
    expect.arrayContaining(['shared-pupils-opened', 'shared-pupil-evidence', 'shared-pupils-resolved']),
  )
  const data = world.act((tx) => tx.select({ data: events.data }).from(events).all()).map((row) => row.data)
  expect(data.join('\n')).not.toMatch(WHOLE_ID)
  expect(data.join('\n')).not.toContain('มาเรียนทุกวัน')
  expect(world.act((tx) => tx.select().from(sharedPupils).all())).toMatchObject([
    { state: 'resolved', resolvedAt: at(30) },
  ])
})

function eventTypes(world: World): string[] {
  return world.act((tx) => tx.select({ type: events.type }).from(events).all()).map((row) => row.type)
}

describe('what is edited after the close', () => {
  const CLOSE = bangkok('2024-06-11T17:00')
  const extend = (world: World, until: Instant) =>
    must(
      world.act((tx) =>
        grantExtension(
          tx,
          {
            roundId: world.roundId,
            scope: 'institution',
            unitId: world.idOf('school'),
            until,
            reason: 'น้ำท่วม',
            letterNumber: 'มท 1',
          },
          CLOSE + MINUTE,
        ),
      ),
    )

  it('neither settles a question nor opens one, and nobody is told', () => {
    const world = sharedByTwo()
    world.read('school', changed(world.rows('school'), 2, { status: 'ย้ายออก' }), CLOSE + 5 * MINUTE)
    world.read('saoCentre', world.rowsWith('saoCentre', world.rows('school', 3).slice(1)), CLOSE + 6 * MINUTE)
    const claims = world.shared('centre', CLOSE + 6 * MINUTE).map((question) => question.claims.length)
    expect(claims).toEqual([2])
    expect(world.news('centre', at(10)).map(({ what }) => what)).toEqual(['opened'])
    expect(world.news('school', at(10)).map(({ what }) => what)).toEqual(['opened'])
  })

  it('but was edited in time and only read late settles it', () => {
    const world = sharedByTwo()
    const judged = changed(world.rows('school'), 2, { status: 'ย้ายออก' })
    world.act((tx) => {
      world.recordIn(tx, 'school', judged, CLOSE - MINUTE)
      return refreshSharedPupils(
        tx,
        { roundId: world.roundId, institutionId: world.idOf('school'), keysInErrorRows: [] },
        CLOSE + MINUTE,
      )
    })
    expect(world.shared('centre', CLOSE + MINUTE)).toEqual([])
  })

  it('settles it once an extension takes it in, though the sheet is read unchanged', () => {
    const world = sharedByTwo()
    const where = { roundId: world.roundId, institutionId: world.idOf('school') }
    world.read('school', changed(world.rows('school'), 2, { status: 'ย้ายออก' }), CLOSE + 5 * MINUTE)
    expect(world.act((tx) => isReadAfterExtension(tx, where, CLOSE + 6 * MINUTE))).toBe(false)
    extend(world, CLOSE + 600 * MINUTE)
    expect(world.act((tx) => isReadAfterExtension(tx, where, CLOSE + 6 * MINUTE))).toBe(true)
    world.act((tx) => refreshSharedPupils(tx, { ...where, keysInErrorRows: [] }, CLOSE + 6 * MINUTE))
    expect(world.shared('centre', CLOSE + 6 * MINUTE)).toEqual([])
  })
})

it('what the others’ sheets are told is written anew when a question opens, is settled or decided', () => {
  const world = openWorld()
  world.read('school', world.rows('school'), at(0))
  const dirtied = (place: InstitutionName) => world.fileOf(place)?.dirtyAt !== null
  const clean = () => world.act((tx) => tx.update(sheetFiles).set({ dirtyAt: null, dirtySince: null }).run())
  clean()
  world.read('centre', world.rowsWith('centre', world.rows('school', 1)), at(10))
  expect([dirtied('school'), dirtied('centre'), dirtied('saoCentre')]).toEqual([true, false, false])
  clean()
  const [question] = world.shared('school', at(11))
  if (!question) throw new Error('no question')
  const { id, version } = question
  const actor = world.actor('town', at(12))
  must(
    world.act((tx) =>
      decideKeeper(tx, { actor, id, keeperId: world.idOf('centre'), version, reason: 'มีหลักฐาน' }, at(12)),
    ),
  )
  expect([dirtied('school'), dirtied('centre')]).toEqual([true, true])
  clean()
  world.read('centre', world.rows('centre'), at(20))
  expect([dirtied('school'), dirtied('centre')]).toEqual([true, false])
})
