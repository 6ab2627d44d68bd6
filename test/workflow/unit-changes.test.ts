import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { UnitId } from '../../src/db/ids.ts'
import { appointments, events, otherInstitutions, unitChanges, unitCodes } from '../../src/db/schema.ts'
import { actorOf } from '../../src/workflow/actor.ts'
import { overviewRefusal, overviewShown } from '../../src/workflow/confirm-overview.ts'
import { provinceRefusal, setNotRequired } from '../../src/workflow/confirm-province.ts'
import { verifyLog } from '../../src/workflow/event-log.ts'
import { grantExtension } from '../../src/workflow/extensions.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { createInvitation, invitationOf } from '../../src/workflow/invitations.ts'
import { requestReopening } from '../../src/workflow/reopening.ts'
import { requestById, requestsWaitingAt } from '../../src/workflow/reopening-requests.ts'
import { windowOf } from '../../src/workflow/rounds.ts'
import { unsettledLocks } from '../../src/workflow/settle-locks.ts'
import { setInstitutionNotRequired } from '../../src/workflow/spare-institution.ts'
import { laoLines } from '../../src/workflow/structure.ts'
import { codeOf, unitByAnyCode, unitByCode, unitById } from '../../src/workflow/unit.ts'
import { closeUnit, mergeUnit, moveUnit, recodeUnit, type UnitDecision } from '../../src/workflow/unit-changes.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld, type Place } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const NOON = bangkok('2024-06-05T12:00')
const AFTER_CLOSE = bangkok('2024-06-13T09:00')
const LETTER = { validFrom: AT, letterNumber: 'มท 0810/ว 55', reason: null, by: 'operator' } as const

const line = (world: ChainWorld, place: 'town' | 'sao', at = NOON) => {
  const laos = [world.act((tx) => unitById(tx, world.idOf(place)))]
  const [found] = world.act((tx) => laoLines(tx, { roundId: world.round().id, laos }, at))
  if (!found) throw new Error(place)
  return found
}
const newsTo = (world: ChainWorld, place: Place) =>
  world
    .told(place, AT)
    .flatMap((notice) => (notice.type === 'units-changed' ? notice.news : []))
    .map(({ what, unitId }) => ({ what, unitId }))
const refusalOf = (decision: UnitDecision) => (decision.ok ? 'done' : decision.why)
const eventTypes = (world: ChainWorld, unitId: UnitId) =>
  world
    .act((tx) => tx.select({ type: events.type }).from(events).where(eq(events.unitId, unitId)).all())
    .map((row) => row.type)

describe('an institution with an extension that moves to another LAO', () => {
  const UNTIL = bangkok('2024-06-20T00:00')
  const extended = (world: ChainWorld, at: number) => {
    const grant = { scope: 'institution', until: UNTIL, reason: 'น้ำท่วมหนัก', letterNumber: 'มท 1' } as const
    const about = { roundId: world.round().id, unitId: world.idOf('centre') }
    must(world.act((tx) => grantExtension(tx, { ...about, ...grant }, at)))
  }
  const moved = (world: ChainWorld, at: number) => {
    const move = { unitId: world.idOf('centre'), toId: world.idOf('sao'), ground: LETTER }
    must(world.act((tx) => moveUnit(tx, move, at)))
  }
  const stateOfOverview = (world: ChainWorld, lao: 'town' | 'sao' | 'bare', component: 'overview' | 'other_counts') =>
    world.act((tx) => windowOf(tx, { round: world.round(), unitId: world.idOf(lao), component }, AFTER_CLOSE)).state

  it('leaves time to the former LAO too, whose overview has lost it, though not for its other counts', () => {
    const world = openChainWorld()
    extended(world, NOON)
    moved(world, NOON + 1)
    for (const lao of ['town', 'sao'] as const) expect(stateOfOverview(world, lao, 'overview'), lao).toBe('after_due')
    expect(stateOfOverview(world, 'town', 'other_counts')).toBe('closed')
    expect(stateOfOverview(world, 'bare', 'overview')).toBe('closed')
  })

  it('not to one that it had left before the extension was given', () => {
    const world = openChainWorld()
    moved(world, NOON)
    extended(world, NOON + 1)
    expect(stateOfOverview(world, 'sao', 'overview')).toBe('after_due')
    expect(stateOfOverview(world, 'town', 'overview')).toBe('closed')
  })
})

describe('the last unit that a level above waited for goes away', () => {
  const hears = (world: ChainWorld, place: Place, type: string) =>
    world.told(place, NOON).filter((notice) => notice.type === type).length

  it.each(['closed', 'moved', 'spared'] as const)(
    'an institution %s: its LAO hears that all of its institutions are in, as by a confirmation',
    (how) => {
      const world = openChainWorld()
      mustBeDone(world.confirmRoster('school', { at: AT }))
      expect(hears(world, 'town', 'all-institutions-confirmed')).toBe(0)
      const unitId = world.idOf('centre')
      if (how === 'closed') must(world.act((tx) => closeUnit(tx, { unitId, ground: LETTER }, NOON)))
      if (how === 'moved')
        must(world.act((tx) => moveUnit(tx, { unitId, toId: world.idOf('sao'), ground: LETTER }, NOON)))
      if (how === 'spared') {
        const actor = world.actor('town', NOON)
        const spare = { round: world.round(), actor, institutionId: unitId, reason: 'ไม่มีเด็กในปีนี้' }
        must(world.act((tx) => setInstitutionNotRequired(tx, spare, NOON)))
      }
      expect(hears(world, 'town', 'all-institutions-confirmed')).toBe(1)
    },
  )

  it('a confirmed one that is closed says nothing of the kind, nor one that leaves others open or nobody', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    must(world.act((tx) => closeUnit(tx, { unitId: world.idOf('school'), ground: LETTER }, NOON)))
    must(world.act((tx) => closeUnit(tx, { unitId: world.idOf('saoCentre'), ground: LETTER }, NOON)))
    for (const lao of ['town', 'sao'] as const) expect(hears(world, lao, 'all-institutions-confirmed'), lao).toBe(0)
  })

  it('an LAO closed or declared not required: its province hears that all are complete', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    const province = world.actor('province', NOON)
    expect(hears(world, 'province', 'all-laos-complete')).toBe(0)
    const spare = { round: world.round(), actor: province, laoId: world.idOf('bare'), reason: 'ไม่มีสถานศึกษา' }
    must(world.act((tx) => setNotRequired(tx, spare, NOON)))
    expect(hears(world, 'province', 'all-laos-complete')).toBe(1)
  })

  it('an incomplete LAO closed: its province hears it too', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    must(world.act((tx) => closeUnit(tx, { unitId: world.idOf('bare'), ground: LETTER }, NOON)))
    expect(hears(world, 'province', 'all-laos-complete')).toBe(1)
  })
})

describe('an LAO is upgraded and gets a new code (R19)', () => {
  const upgrade = (world: ChainWorld, code = '05990301') =>
    world.act((tx) => {
      const unitId = unitByCode(tx, '06990301')?.id as UnitId
      const name = 'เทศบาลตำบลบ้านนา'
      return recodeUnit(tx, { unitId, code, kind: 'subdistrict_municipality', name, ground: LETTER }, NOON)
    })

  it('is the same unit with a new kind and name; its institutions and what they confirmed stay with it', () => {
    const world = openChainWorld()
    const id = world.idOf('sao')
    mustBeDone(world.confirmRoster('saoCentre', { at: AT }))
    must(world.confirmLao('sao', { at: AT }))
    must(upgrade(world))
    expect(world.act((tx) => unitByCode(tx, '05990301'))).toMatchObject({
      id,
      kind: 'subdistrict_municipality',
      name: 'เทศบาลตำบลบ้านนา',
    })
    expect(world.act((tx) => unitById(tx, world.idOf('saoCentre')))).toMatchObject({ parentId: id })
    const [upgraded] = world.act((tx) => laoLines(tx, { roundId: world.round().id, laos: [unitById(tx, id)] }, NOON))
    expect(upgraded).toMatchObject({ overview: 'confirmed', overviewCovers: true, complete: true })
  })

  it('is still found by its former code, which says that it is one; codes are dated and the change is kept', () => {
    const world = openChainWorld()
    const id = world.idOf('sao')
    must(upgrade(world))
    expect(world.act((tx) => unitByCode(tx, '06990301'))).toBeNull()
    expect(world.act((tx) => unitByAnyCode(tx, '06990301'))).toMatchObject({
      unit: { id },
      former: true,
      code: '05990301',
    })
    expect(world.act((tx) => unitByAnyCode(tx, '05990301'))).toMatchObject({ unit: { id }, former: false })
    const codes = world.act((tx) => tx.select().from(unitCodes).where(eq(unitCodes.unitId, id)).all())
    expect(codes).toMatchObject([
      { code: '06990301', validTo: AT },
      { code: '05990301', validFrom: AT, validTo: null },
    ])
    const changes = world.act((tx) => tx.select().from(unitChanges).where(eq(unitChanges.unitId, id)).all())
    expect(changes).toMatchObject([
      {
        what: 'recoded',
        validFrom: AT,
        recordedAt: NOON,
        letterNumber: LETTER.letterNumber,
        before: { code: '06990301', kind: 'sao', name: 'องค์การบริหารส่วนตำบลบ้านนา' },
        after: { code: '05990301', kind: 'subdistrict_municipality', name: 'เทศบาลตำบลบ้านนา' },
      },
    ])
    expect(eventTypes(world, id)).toContain('unit-recoded')
    expect(world.act((tx) => verifyLog(tx)).problems).toEqual([])
  })

  it('is told to the LAO and its province', () => {
    const world = openChainWorld()
    const id = world.idOf('sao')
    must(upgrade(world))
    for (const place of ['sao', 'province'] as const)
      expect(newsTo(world, place)).toEqual([{ what: 'recoded', unitId: id }])
  })

  it.each([
    ['a code that another unit bears', '04990102', 'code-taken'],
    ['its own code', '06990301', 'same-code'],
    ['a code of the wrong length', '5990301', 'bad-code'],
  ])('not with %s', (_name, code, why) => {
    expect(refusalOf(upgrade(openChainWorld(), code))).toBe(why)
  })

  it('not without a letter, not for a day to come, not to a kind of another level', () => {
    const world = openChainWorld()
    const unitId = world.idOf('sao')
    const asked = { unitId, code: '05990301' }
    const act = (given: object, ground: object = LETTER) =>
      refusalOf(world.act((tx) => recodeUnit(tx, { ...asked, ...given, ground: { ...LETTER, ...ground } }, NOON)))
    expect(act({}, { letterNumber: ' ', reason: 'ยกฐานะ' })).toBe('no-letter')
    expect(act({}, { validFrom: NOON + 1 })).toBe('in-the-future')
    expect(act({ kind: 'school' })).toBe('wrong-kind')
    expect(eventTypes(world, unitId)).not.toContain('unit-recoded')
  })
})

describe('an institution moves to another LAO in mid-round', () => {
  const move = (world: ChainWorld, now = NOON) =>
    world.act((tx) => moveUnit(tx, { unitId: world.idOf('centre'), toId: world.idOf('sao'), ground: LETTER }, now))

  it('undoes nothing: its own confirmation and both overviews stay, and each LAO must look again', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    expect(world.markAll(AT)).toMatchObject({ ok: true, marked: 3 })
    must(move(world))
    expect(world.isConfirmed('centre', 'roster')).toBe(true)
    for (const place of ['town', 'sao'] as const) {
      expect(world.isConfirmed(place, 'overview')).toBe(true)
      expect(line(world, place)).toMatchObject({ overviewCovers: false, complete: false, marked: false })
    }
    expect(line(world, 'town').institutions.map(({ id }) => id)).toEqual([world.idOf('school')])
    expect(line(world, 'sao').institutions.map(({ id }) => id)).toContain(world.idOf('centre'))
    const blocked = world.act((tx) =>
      provinceRefusal(tx, { round: world.round(), actor: world.actor('province', NOON) }, NOON),
    )
    expect(blocked).toMatchObject({ why: 'children-incomplete' })
  })

  it('is told to the institution, both LAOs and, where an overview had been confirmed, the province', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    must(move(world))
    const unitId = world.idOf('centre')
    for (const place of ['centre', 'town', 'sao', 'province'] as const)
      expect(newsTo(world, place)).toEqual([{ what: 'moved', unitId }])
    expect(newsTo(world, 'school')).toEqual([])
  })

  it('leaves the province alone while no overview stands', () => {
    const world = openChainWorld()
    must(move(world))
    expect(newsTo(world, 'province')).toEqual([])
    expect(newsTo(world, 'town')).toHaveLength(1)
  })

  it('a request that climbed its former chain lapses: nobody of it has a say any more', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    const asked = must(
      world.act((tx) =>
        requestReopening(
          tx,
          {
            round: world.round(),
            actor: world.actor('centre', AT),
            component: 'roster',
            category: 'other',
            reason: 'ชื่อไม่ถูกต้อง',
          },
          AT,
        ),
      ),
    )
    expect(world.act((tx) => requestsWaitingAt(tx, world.idOf('town')))).toHaveLength(1)
    must(move(world))
    expect(world.act((tx) => requestsWaitingAt(tx, world.idOf('town')))).toEqual([])
    expect(world.act((tx) => requestById(tx, asked.requestId))?.state).toBe('lapsed')
  })

  it('not to where it is, not below another institution, not without a ground', () => {
    const world = openChainWorld()
    const unitId = world.idOf('centre')
    const to = (place: Place, ground = {}) =>
      refusalOf(
        world.act((tx) => moveUnit(tx, { unitId, toId: world.idOf(place), ground: { ...LETTER, ...ground } }, NOON)),
      )
    expect(to('town')).toBe('there-already')
    expect(to('school')).toBe('wrong-level')
    expect(to('province')).toBe('wrong-level')
    expect(to('sao', { letterNumber: null })).toBe('no-ground')
  })
})

describe('an institution closes in mid-round', () => {
  const close = (world: ChainWorld, place: Place = 'centre', now = NOON) =>
    world.act((tx) => closeUnit(tx, { unitId: world.idOf(place), ground: LETTER }, now))

  it('owes nothing more and counts no longer in an open overview', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    const shown = () => world.act((tx) => overviewShown(tx, { round: world.round(), laoId: world.idOf('town') }, NOON))
    expect(shown().counted).toBe(20)
    must(close(world))
    expect(shown().counted).toBe(10)
    expect(
      world.act((tx) => overviewRefusal(tx, { round: world.round(), actor: world.actor('town', NOON) }, NOON)),
    ).toBeNull()
    expect(world.receipts()).toHaveLength(2)
  })

  it('an overview that was confirmed with it stays reported, LAO and province are told and must look again', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    must(close(world))
    expect(world.isConfirmed('town', 'overview')).toBe(true)
    expect(line(world, 'town')).toMatchObject({ overviewCovers: false, complete: false })
    const unitId = world.idOf('centre')
    for (const place of ['town', 'province'] as const)
      expect(newsTo(world, place)).toEqual([{ what: 'closed', unitId }])
  })

  it('its officer is told and then holds no duty there; its open invitations are void', () => {
    const world = openChainWorld()
    const { appointmentId, personId } = world.actor('centre', AT)
    const order = { orderNumber: '1', orderDate: '2024-05-01' }
    const unitId = world.idOf('centre')
    const { code } = must(
      world.act((tx) => createInvitation(tx, { actor: null, unitId, role: 'officer', personName: 'ก', ...order }, AT)),
    )
    must(close(world))
    expect(world.act((tx) => actorOf(tx, appointmentId, NOON))).toBeNull()
    expect(world.act((tx) => invitationOf(tx, code, NOON))).toBeNull()
    const ended = world.act((tx) => tx.select().from(appointments).where(eq(appointments.id, appointmentId)).get())
    expect(ended).toMatchObject({ personId, validTo: NOON })
    expect(eventTypes(world, unitId)).toEqual(expect.arrayContaining(['unit-closed', 'appointment-ended']))
    for (const place of ['centre', 'town'] as const) expect(newsTo(world, place)).toHaveLength(1)
  })

  it('its sheet becomes read-only for that reason, confirmed or not, and stays so by the rule of all locks', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    must(close(world))
    expect(world.fileOf('centre')).toMatchObject({ lockWanted: true, lockWantedFor: 'unit_closed' })
    expect(world.act((tx) => unsettledLocks(tx, NOON, 100))).toEqual([])
  })

  it('once, and never for a day to come', () => {
    const world = openChainWorld()
    const asked = { unitId: world.idOf('centre'), ground: { ...LETTER, validFrom: NOON + 1 } }
    expect(refusalOf(world.act((tx) => closeUnit(tx, asked, NOON)))).toBe('in-the-future')
    must(close(world))
    expect(refusalOf(close(world))).toBe('is-closed')
  })

  it('after the round is over its states in it are left as they were', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    must(close(world, 'centre', AFTER_CLOSE))
    const ids = { unitId: world.idOf('school'), toId: world.idOf('sao') }
    must(world.act((tx) => moveUnit(tx, { ...ids, ground: LETTER }, AFTER_CLOSE)))
    expect(world.isConfirmed('centre', 'roster')).toBe(true)
    for (const place of ['town', 'sao'] as const)
      expect(line(world, place, AFTER_CLOSE + 1)).toMatchObject({ overviewCovers: true, complete: true })
    expect(line(world, 'town', AFTER_CLOSE + 1).institutions).toHaveLength(2)
  })

  it('an LAO closes only after everything below it', () => {
    const world = openChainWorld()
    expect(close(world, 'sao')).toMatchObject({
      ok: false,
      why: 'children-open',
      units: [{ id: world.idOf('saoCentre') }],
    })
    expect(close(world, 'countsOnly')).toMatchObject({ ok: false, why: 'children-open' })
    must(close(world, 'saoCentre'))
    must(close(world, 'sao'))
    must(close(world, 'bare'))
  })
})

describe('units are merged', () => {
  it('an institution: those who take over are told, pupils are never moved by us', () => {
    const world = openChainWorld()
    world.read('centre', world.rows('centre'), AT)
    const ids = { unitId: world.idOf('centre'), intoId: world.idOf('saoCentre') }
    must(world.act((tx) => mergeUnit(tx, { ...ids, ground: LETTER }, NOON)))
    expect(world.act((tx) => unitById(tx, ids.unitId))).toMatchObject({ closedAt: NOON, mergedIntoId: ids.intoId })
    expect(newsTo(world, 'saoCentre')).toEqual([{ what: 'merged', unitId: ids.unitId }])
    expect(line(world, 'sao').institutions.map(({ counted }) => counted)).toEqual([null])
    expect(world.fileOf('centre')).toMatchObject({ lockWantedFor: 'unit_closed' })
  })

  it('an LAO: its institutions and those of other affiliations go with it', () => {
    const world = openChainWorld()
    const town = world.idOf('town')
    const ids = { unitId: world.idOf('countsOnly'), intoId: town }
    must(world.act((tx) => mergeUnit(tx, { ...ids, ground: LETTER }, NOON)))
    must(world.act((tx) => mergeUnit(tx, { unitId: world.idOf('sao'), intoId: town, ground: LETTER }, NOON)))
    expect(line(world, 'town').institutions).toHaveLength(3)
    const others = world.act((tx) => tx.select().from(otherInstitutions).where(eq(otherInstitutions.laoId, town)).all())
    expect(others).toHaveLength(3)
    expect(newsTo(world, 'province').map(({ what }) => what)).toEqual(['merged', 'merged'])
    expect(newsTo(world, 'saoCentre')).toEqual([{ what: 'moved', unitId: world.idOf('saoCentre') }])
  })

  it('only into an open unit of the same level, never into itself', () => {
    const world = openChainWorld()
    const into = (intoId: UnitId) =>
      refusalOf(world.act((tx) => mergeUnit(tx, { unitId: world.idOf('centre'), intoId, ground: LETTER }, NOON)))
    expect(into(world.idOf('town'))).toBe('wrong-level')
    expect(into(world.idOf('centre'))).toBe('wrong-level')
    must(world.act((tx) => closeUnit(tx, { unitId: world.idOf('school'), ground: LETTER }, NOON)))
    expect(into(world.idOf('school'))).toBe('is-closed')
  })
})

describe('an institution is founded in mid-round', () => {
  const found = (world: ChainWorld) => {
    const cells = { code: '3099200002', kind: 'school', name_th: 'เทศบาล 2', lao_code: '04990102' }
    must(world.act((tx) => importUnits(tx, [{ line: 2, cells }], NOON)))
    return world.act((tx) => unitByCode(tx, '3099200002')?.id)
  }

  it('makes a confirmed overview incomplete; LAO and province are told, nothing is undone', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    const unitId = found(world)
    expect(line(world, 'town')).toMatchObject({ overview: 'confirmed', overviewCovers: false, complete: false })
    for (const place of ['town', 'province'] as const) expect(newsTo(world, place)).toEqual([{ what: 'added', unitId }])
  })

  it('is told to its LAO alone while the overview is open', () => {
    const world = openChainWorld()
    found(world)
    expect(newsTo(world, 'town')).toHaveLength(1)
    expect(newsTo(world, 'province')).toEqual([])
  })
})

it('what somebody typed as a reason stays out of the log', () => {
  const world = openChainWorld()
  const ground = { validFrom: AT, letterNumber: null, reason: 'ไม่มีเด็กเหลืออยู่', by: 'operator' } as const
  const unitId = world.idOf('centre')
  must(world.act((tx) => closeUnit(tx, { unitId, ground }, NOON)))
  const written = world.act((tx) =>
    tx
      .select()
      .from(events)
      .where(and(eq(events.unitId, unitId), eq(events.type, 'unit-closed')))
      .all(),
  )
  expect(written).toHaveLength(1)
  expect(JSON.stringify(written)).not.toContain('ไม่มีเด็กเหลืออยู่')
  expect(written[0]?.data).toContain('"by":"operator"')
  expect(world.act((tx) => codeOf(tx, unitId))).toBe('3099500001')
})
