import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../src/db/ids.ts'
import { snapshots, units } from '../../src/db/schema.ts'
import { attest } from '../../src/workflow/attest.ts'
import { confirmOverview, overviewShown, reportedFigure } from '../../src/workflow/confirm-overview.ts'
import { importOtherInstitutions } from '../../src/workflow/import-other-institutions.ts'
import { importUnits } from '../../src/workflow/import-units.ts'
import { setInstitutionNotRequired } from '../../src/workflow/spare-institution.ts'
import { laoLines } from '../../src/workflow/structure.ts'
import { unitById } from '../../src/workflow/unit.ts'
import { bangkok, type ChainWorld, type LaoName, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const DUE = bangkok('2024-06-11T00:00')
const CLOSES = bangkok('2024-06-11T17:00')

const lineOf = (world: ChainWorld, lao: LaoName, at: Instant = AT) => {
  const [line] = world.act((tx) =>
    laoLines(tx, { roundId: world.round().id, laos: [unitById(tx, world.idOf(lao))] }, at),
  )
  if (!line) throw new Error('no line')
  return line
}
const named = (world: ChainWorld, place: Parameters<ChainWorld['idOf']>[0]) => {
  const unit = world.act((tx) => unitById(tx, world.idOf(place)))
  return { id: unit.id, name: unit.name }
}
const addInstitution = (world: ChainWorld, lao = '04990102', code = '3099200009') => {
  const cells = { code, kind: 'school', name_th: 'เทศบาล 9', lao_code: lao }
  must(world.act((tx) => importUnits(tx, [{ line: 2, cells }], AT)))
}
const addOther = (world: ChainWorld, lao = '04990102') => {
  const cells = { lao_code: lao, code: '1099000099', name_th: 'โรงเรียนใหม่', affiliation: 'สพฐ.' }
  must(world.act((tx) => importOtherInstitutions(tx, { rows: [{ line: 2, cells }], roundId: world.round().id }, AT)))
}
const confirmTown = (world: ChainWorld) => {
  mustBeDone(world.confirmRoster('school', { at: AT }))
  mustBeDone(world.confirmRoster('centre', { at: AT, sheet: world.rows('centre', 7) }))
  return must(world.confirmLao('town', { at: AT })).confirmation
}

describe('an LAO confirms the overview of its institutions (R30 R31)', () => {
  it('not before every one of them has confirmed; those that are left are named (R31)', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    expect(world.confirmLao('town', { at: AT })).toEqual({
      ok: false,
      why: 'children-open',
      units: [named(world, 'centre')],
    })
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    expect(world.confirmLao('town', { at: AT }).ok).toBe(true)
  })

  it('with the sum of what they confirmed, each by its receipt', () => {
    const world = openChainWorld()
    const confirmation = confirmTown(world)
    const snapshot = world.act((tx) =>
      tx.select().from(snapshots).where(eq(snapshots.id, confirmation.snapshotId)).get(),
    )
    expect(snapshot).toMatchObject({ counted: 17 })
    expect(snapshot?.rows).toMatchObject([{ counted: 10 }, { counted: 7 }])
  })

  it('not while one was edited in the sheet after confirming; the snapshot stays its figure (R31)', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    world.read('school', world.rows('school', 12), AT + 1)
    expect(world.confirmLao('town', { at: AT + 2 })).toEqual({
      ok: false,
      why: 'children-drifted',
      units: [named(world, 'school')],
    })
    expect(lineOf(world, 'town').institutions[0]).toMatchObject({ drifted: true, reportedCount: 10, counted: 12 })
    world.read('school', world.rows('school'), AT + 3)
    expect(world.confirmLao('town', { at: AT + 4 }).ok).toBe(true)
  })

  it('only with its own attestation of existence (R28)', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('saoCentre', { at: AT }))
    expect(world.confirmLao('sao', { at: AT, attest: false })).toEqual({ ok: false, why: 'not-attested' })
  })

  it('only what was shown: an institution that came in meanwhile refuses (R30)', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    const who = world.actor('town', AT)
    const shown = world.act((tx) => overviewShown(tx, { round: world.round(), laoId: who.unitId }, AT))
    const content = { contentHash: shown.hash, counted: shown.counted }
    world.act((tx) =>
      attest(tx, { actor: who, roundId: world.round().id, unitId: who.unitId, component: 'overview', ...content }, AT),
    )
    addInstitution(world)
    const tap = { tappedAt: AT, receivedAt: AT }
    const confirm = () =>
      world.act((tx) => confirmOverview(tx, { round: world.round(), actor: who, tap, seenHash: shown.hash }, AT))
    expect(confirm()).toMatchObject({ ok: false, why: 'children-open' })
    world.act((tx) =>
      tx
        .update(units)
        .set({ closedAt: AT - 1 })
        .where(eq(units.id, world.idOf('centre')))
        .run(),
    )
    world.act((tx) =>
      tx
        .update(units)
        .set({ closedAt: AT - 1 })
        .where(eq(units.name, 'โรงเรียนเทศบาล 9'))
        .run(),
    )
    expect(confirm()).toEqual({ ok: false, why: 'changed-since-shown' })
  })

  it('nobody else: not the institution, not the province, not an executive (R9)', () => {
    const world = openChainWorld()
    const executive = world.appoint('town', { role: 'executive' })
    const try_ = (by: Parameters<typeof world.actor>[0]) =>
      world.act((tx) =>
        confirmOverview(
          tx,
          { round: world.round(), actor: world.actor(by, AT), tap: { tappedAt: AT, receivedAt: AT }, seenHash: 'x' },
          AT,
        ),
      )
    expect(try_('school')).toEqual({ ok: false, why: 'not-yours' })
    expect(try_('province')).toEqual({ ok: false, why: 'not-yours' })
    expect(try_(executive)).toEqual({ ok: false, why: 'reads-only' })
  })

  it('the second officer is told who confirmed and when', () => {
    const world = openChainWorld()
    confirmTown(world)
    expect(world.confirmLao('town', { at: AT + 1, by: world.appoint('town') })).toEqual({
      ok: false,
      why: 'already-confirmed',
      receiptNumber: '2567/1-000003',
      by: 'ผู้รับผิดชอบ town',
      at: AT,
    })
  })

  it('after its due instant it is stamped, from the close on it is refused, a late arriving tap is held (R16 R17)', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    mustBeDone(world.confirmRoster('saoCentre', { at: AT }))
    expect(world.confirmLao('town', { at: CLOSES })).toEqual({ ok: false, why: 'closed', closedAt: CLOSES })
    expect(world.confirmLao('town', { at: CLOSES - 1, receivedAt: CLOSES + 60_000 })).toEqual({
      ok: false,
      why: 'held-late',
      tappedAt: CLOSES - 1,
      closedAt: CLOSES,
    })
    expect(must(world.confirmLao('town', { at: DUE })).confirmation.afterDueAt).toBe(DUE)
    expect(must(world.confirmLao('sao', { at: CLOSES - 1, receivedAt: CLOSES + 59_999 })).confirmation.tappedAt).toBe(
      CLOSES - 1,
    )
  })

  it('is told once when its last institution is in, not one by one', () => {
    const world = openChainWorld()
    const heard = () => world.told('town', AT).map((notice) => notice.type)
    mustBeDone(world.confirmRoster('school', { at: AT }))
    expect(heard()).toEqual([])
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    expect(heard()).toEqual(['all-institutions-confirmed'])
  })
})

describe('other-affiliation counts are a second, separate confirmation (R32)', () => {
  it('neither waits for the other', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmCounts('town', { at: AT }))
    expect(lineOf(world, 'town')).toMatchObject({
      otherCounts: 'confirmed',
      overview: 'open',
      otherCounted: 508,
      complete: false,
    })
    confirmTown(world)
    expect(lineOf(world, 'town')).toMatchObject({ overview: 'confirmed', complete: true })
  })

  it('every row must be checked this round, also when the total is unchanged (R23, section 7)', () => {
    const world = openChainWorld()
    const rows = world.countRows('town', (row) => ({ checked: row.row !== 2 }))
    expect(world.confirmCounts('town', { at: AT, rows }).outcome.refusal).toEqual({
      why: 'counts-unchecked',
      unchecked: 1,
    })
  })

  it('a row that vanished from the sheet counts as unchecked and is not forgotten (R23)', () => {
    const world = openChainWorld()
    const rows = world.countRows('town').slice(1)
    expect(world.confirmCounts('town', { at: AT, rows }).outcome.refusal).toEqual({
      why: 'counts-unchecked',
      unchecked: 1,
    })
  })

  it('a zero with its reason is confirmed like any number (R24)', () => {
    const world = openChainWorld()
    const rows = world.countRows('town', (row) => (row.row === 2 ? { current: 0, reason: 'ประกาศเลิกสถานศึกษาแล้ว' } : {}))
    mustBeDone(world.confirmCounts('town', { at: AT, rows }))
    expect(lineOf(world, 'town').otherCounted).toBe(96)
  })

  it('an LAO without institutions confirms its counts alone and is complete (section 8)', () => {
    const world = openChainWorld()
    expect(lineOf(world, 'countsOnly')).toMatchObject({
      overview: 'not_applicable',
      otherCounts: 'open',
      complete: false,
    })
    mustBeDone(world.confirmCounts('countsOnly', { at: AT }))
    expect(lineOf(world, 'countsOnly').complete).toBe(true)
    expect(world.confirmLao('countsOnly', { at: AT })).toEqual({ ok: false, why: 'nothing-to-confirm' })
  })

  it('an LAO without institutions of other affiliations has nothing to confirm there', () => {
    const world = openChainWorld()
    expect(lineOf(world, 'sao').otherCounts).toBe('not_applicable')
  })

  it('the counts sheet is locked with them', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmCounts('town', { at: AT }))
    expect(world.fileOf('town')).toMatchObject({ locked: true, lockWanted: true })
    expect(world.fileOf('school')).toMatchObject({ locked: false })
  })
})

describe('what is added or taken away after an LAO confirmed (section 8)', () => {
  it('a new institution makes the overview incomplete; nothing is silently undone', () => {
    const world = openChainWorld()
    confirmTown(world)
    mustBeDone(world.confirmCounts('town', { at: AT }))
    addInstitution(world)
    expect(lineOf(world, 'town')).toMatchObject({ complete: false })
    expect(world.isConfirmed('town', 'overview')).toBe(true)
  })

  it('and stays incomplete when the new one has confirmed, until the LAO has confirmed it too (R31 R36)', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    world.act((tx) =>
      tx
        .update(units)
        .set({ openedAt: AT, parentId: world.idOf('sao') })
        .where(eq(units.id, world.idOf('centre')))
        .run(),
    )
    must(world.confirmLao('town', { at: AT }))
    mustBeDone(world.confirmCounts('town', { at: AT }))
    expect(lineOf(world, 'town').complete).toBe(true)
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    world.act((tx) =>
      tx
        .update(units)
        .set({ parentId: world.idOf('town') })
        .where(eq(units.id, world.idOf('centre')))
        .run(),
    )
    expect(lineOf(world, 'town')).toMatchObject({ complete: false, overview: 'confirmed' })
  })

  it('a new institution of another affiliation makes the counts incomplete (R35 R36)', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmCounts('countsOnly', { at: AT }))
    const before = lineOf(world, 'countsOnly')
    expect(before.complete).toBe(true)
    addOther(world, '06990302')
    const after = lineOf(world, 'countsOnly')
    expect(after.complete).toBe(false)
    expect(after.shownHash).not.toBe(before.shownHash)
  })

  it('a closed institution is left out of what the LAO must confirm', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    world.act((tx) =>
      tx
        .update(units)
        .set({ closedAt: AT })
        .where(eq(units.id, world.idOf('centre')))
        .run(),
    )
    expect(world.confirmLao('town', { at: AT }).ok).toBe(true)
  })
})

describe('an institution without a single pupil (section 8: not required)', () => {
  const spare = (
    world: ChainWorld,
    given: { by?: 'town' | 'sao' | 'province'; reason?: string; at?: Instant } = {},
  ) => {
    const { by = 'town', reason = 'ยังไม่เปิดรับเด็กในปีการศึกษานี้', at = AT } = given
    const input = { round: world.round(), actor: world.actor(by, at), institutionId: world.idOf('centre'), reason }
    return world.act((tx) => setInstitutionNotRequired(tx, input, at))
  }

  it('is spared by a recorded act of its own LAO, with a reason, and its LAO can confirm', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    for (const by of ['sao', 'province'] as const) expect(spare(world, { by })).toEqual({ ok: false, why: 'not-yours' })
    expect(spare(world, { reason: ' ' })).toEqual({ ok: false, why: 'no-reason' })
    must(spare(world))
    expect(world.confirmLao('town', { at: AT }).ok).toBe(true)
    expect(lineOf(world, 'town').institutions.find((line) => line.id === world.idOf('centre'))?.state).toBe(
      'not_required',
    )
  })

  it('is not spared while its sheet has rows, nor after it confirmed, nor after the close', () => {
    const world = openChainWorld()
    world.read('centre', world.rows('centre', 3), AT)
    expect(spare(world)).toEqual({ ok: false, why: 'has-pupils', rows: 3 })
    mustBeDone(world.confirmRoster('centre', { at: AT }))
    expect(spare(world)).toMatchObject({ ok: false, why: 'already-confirmed' })
    expect(spare(openChainWorld(), { at: CLOSES })).toMatchObject({ ok: false, why: 'closed' })
  })

  it('is required again as soon as a pupil appears in its sheet', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    must(spare(world))
    world.read('centre', world.rows('centre', 1), AT + 1)
    expect(world.confirmLao('town', { at: AT + 2 })).toMatchObject({ ok: false, why: 'children-open' })
    mustBeDone(world.confirmRoster('centre', { at: AT + 3, sheet: world.rows('centre', 1) }))
    expect(world.confirmLao('town', { at: AT + 4 }).ok).toBe(true)
  })
})

it('a figure above the institutions leaves out those that are not required, whatever they confirmed before', () => {
  const lines = [
    { state: 'confirmed', reportedCount: 12 },
    { state: 'open', reportedCount: 5 },
    { state: 'open', reportedCount: null },
    { state: 'not_required', reportedCount: 7 },
  ] as const
  expect(reportedFigure(lines)).toBe(17)
})
