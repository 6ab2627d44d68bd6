import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { appointments, confirmRuns, sheetFiles, snapshots } from '../../src/db/schema.ts'
import { attest } from '../../src/workflow/attest.ts'
import { confirmationOf } from '../../src/workflow/component-state.ts'
import {
  commitRun,
  completeShow,
  deferRun,
  failRun,
  finishUnlock,
  startConfirm,
  startShow,
} from '../../src/workflow/confirm-run.ts'
import { sheetRefusal } from '../../src/workflow/confirm-sheet.ts'
import { logHead } from '../../src/workflow/event-log.ts'
import { bangkok, mustBeDone, openChainWorld } from '../world/chain-world.ts'
import { hashOfRows } from '../world/roster-rows.ts'

const AT = bangkok('2024-06-05T09:00')
const CLOSES = bangkok('2024-06-11T17:00')

describe('an institution confirms its roster (R25 R28 R29)', () => {
  it('and gets a numbered receipt with the head of the log, a snapshot of every row, and a locked sheet', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const [receipt] = world.receipts()
    expect(receipt).toMatchObject({
      receiptNumber: '2567/1-000001',
      component: 'roster',
      tappedAt: AT,
      afterDueAt: null,
    })
    expect(world.act(logHead)).toEqual({ seq: receipt?.eventSeq, hash: receipt?.headHash })
    const snapshot = world.act((tx) => tx.select().from(snapshots).get())
    expect(snapshot).toMatchObject({ counted: 10, hash: hashOfRows(world.rows('school')) })
    expect(snapshot?.rows).toHaveLength(10)
    expect(world.fileOf('school')).toMatchObject({ locked: true, lockWanted: true })
    expect(world.told('school', AT).map((notice) => notice.type)).toEqual(['read-back', 'receipt'])
  })

  it('receipt numbers run on within the round', () => {
    const world = openChainWorld()
    world.confirmUpToLaos(AT)
    expect(world.receipts().map((receipt) => receipt.receiptNumber)).toEqual(
      Array.from({ length: 7 }, (_, index) => `2567/1-00000${index + 1}`),
    )
  })

  it('only exactly what was shown: a row added between looking and locking refuses, opens the sheet again and says why', () => {
    const world = openChainWorld()
    const result = world.confirmRoster('school', { at: AT, sheetWhenLocked: world.rows('school', 11) })
    expect(result).toEqual({ step: 'unlock', outcome: { refusal: { why: 'changed-since-shown' } } })
    expect(world.isConfirmed('school', 'roster')).toBe(false)
    expect(world.fileOf('school')).toMatchObject({ locked: false, lockWanted: false })
    expect(world.told('school', AT).at(-1)).toMatchObject({
      type: 'confirm-refused',
      refusal: { why: 'changed-since-shown' },
    })
  })

  it('sorting the sheet between looking and locking is no change', () => {
    const world = openChainWorld()
    const rows = world.rows('school')
    const sorted = rows.toReversed().map((row, index) => ({ ...row, row: index + 2 }))
    mustBeDone(world.confirmRoster('school', { at: AT, sheet: rows, sheetWhenLocked: sorted }))
  })

  it('only with the existence of everybody attested by the same person for the same content (R28)', () => {
    const world = openChainWorld()
    expect(world.confirmRoster('school', { at: AT, attest: false }).outcome.refusal).toEqual({ why: 'not-attested' })
  })

  it('an attestation of other content does not count (R28)', () => {
    const world = openChainWorld()
    const who = world.actor('school', AT)
    const ref = { actor: who, roundId: world.round().id, unitId: who.unitId, component: 'roster' as const }
    world.act((tx) => attest(tx, { ...ref, contentHash: hashOfRows(world.rows('school', 9)), counted: 9 }, AT))
    expect(world.confirmRoster('school', { at: AT, attest: false }).outcome.refusal).toEqual({ why: 'not-attested' })
  })

  it('the attestation of a colleague does not count: each attests for himself (R28)', () => {
    const world = openChainWorld()
    const colleague = world.appoint('school')
    const who = world.actor(colleague, AT)
    const content = { contentHash: hashOfRows(world.rows('school')), counted: 10 }
    world.act((tx) =>
      attest(tx, { actor: who, roundId: world.round().id, unitId: who.unitId, component: 'roster', ...content }, AT),
    )
    expect(world.confirmRoster('school', { at: AT, attest: false }).outcome.refusal).toEqual({ why: 'not-attested' })
  })

  it.each([
    ['an error', { birthDate: '' }, { why: 'roster-has-errors', errors: 1 }],
    ['a pupil without the existence mark', { exists: false }, { why: 'roster-has-errors', errors: 1 }],
    ['a warning without explanation', { grade: 'ป.6' }, { why: 'warnings-unexplained', warnings: 1 }],
  ])('not with %s', (_name, change, refusal) => {
    const world = openChainWorld()
    const sheet = world.rows('school', 10, (index) => (index === 3 ? change : {}))
    expect(world.confirmRoster('school', { at: AT, sheet }).outcome.refusal).toEqual(refusal)
  })

  it('a warning that is explained does not stand in the way', () => {
    const world = openChainWorld()
    const explained = { grade: 'ป.6', explanation: 'เรียนเร็วกว่าเกณฑ์ มีหลักฐานเทียบโอน' }
    mustBeDone(
      world.confirmRoster('school', { at: AT, sheet: world.rows('school', 10, (i) => (i === 3 ? explained : {})) }),
    )
  })

  it('not an empty roster, and not one that was never read', () => {
    const world = openChainWorld()
    const ref = {
      round: world.round(),
      actor: world.actor('school', AT),
      unitId: world.idOf('school'),
      component: 'roster' as const,
    }
    expect(world.act((tx) => sheetRefusal(tx, ref, AT))).toEqual({ why: 'never-read' })
    expect(world.confirmRoster('school', { at: AT, sheet: [] }).outcome.refusal).toEqual({ why: 'roster-empty' })
  })

  it('pupils who left are in the snapshot and not in the number (R26)', () => {
    const world = openChainWorld()
    const sheet = world.rows('school', 10, (index) => (index < 2 ? { status: 'ย้ายออก', exists: false } : {}))
    mustBeDone(world.confirmRoster('school', { at: AT, sheet }))
    const snapshot = world.act((tx) => tx.select().from(snapshots).get())
    expect(snapshot).toMatchObject({ counted: 8 })
    expect(snapshot?.rows).toHaveLength(10)
  })

  it.each(['access_lost', 'trashed', 'header_broken', 'tab_missing'] as const)(
    'not while the sheet is %s: never from an old read',
    (state) => {
      const world = openChainWorld()
      world.act((tx) =>
        tx
          .update(sheetFiles)
          .set({ state, stateReason: 'เหตุผล' })
          .where(eq(sheetFiles.unitId, world.idOf('school')))
          .run(),
      )
      expect(world.confirmRoster('school', { at: AT }).outcome.refusal).toEqual({
        why: 'sheet-unreadable',
        words: 'เหตุผล',
      })
    },
  )
})

describe('who may confirm an institution', () => {
  it('only its own officer: not its LAO (R6), not a neighbour', () => {
    for (const by of ['town', 'province', 'department', 'centre'] as const) {
      const world = openChainWorld()
      expect(world.confirmRoster('school', { at: AT, by }).outcome.refusal, by).toEqual({ why: 'not-yours' })
    }
  })

  it('an executive sees and does not confirm (R9)', () => {
    const world = openChainWorld()
    const executive = world.appoint('school', { role: 'executive' })
    expect(world.confirmRoster('school', { at: AT, by: executive }).outcome.refusal).toEqual({ why: 'reads-only' })
  })

  it.each([
    ['ended', { validTo: AT }],
    ['suspended', { suspendedAt: AT - 1 }],
  ])('an appointment that was %s between the tap and the commit confirms nothing', (_name, change) => {
    const world = openChainWorld()
    const who = world.actor('school', AT - 1)
    const ref = { round: world.round(), actor: who, unitId: who.unitId, component: 'roster' as const, inboxId: null }
    const seenHash = hashOfRows(world.rows('school'))
    const tap = { tappedAt: AT - 1, receivedAt: AT - 1 }
    const run = world.act((tx) => startConfirm(tx, { ...ref, ...tap, seenHash }, AT - 1))
    if (!run.ok) throw new Error(run.why)
    world.act((tx) => tx.update(appointments).set(change).where(eq(appointments.id, who.appointmentId)).run())
    const result = world.finish(run.runId, (tx, now) => world.recordIn(tx, 'school', world.rows('school'), now), {
      hash: seenHash,
      now: AT,
    })
    expect(result.outcome.refusal).toEqual({ why: 'duty-ended' })
    expect(world.isConfirmed('school', 'roster')).toBe(false)
  })

  it('two officers at once: the second is told who acted, when, and under which number', () => {
    const world = openChainWorld()
    const colleague = world.appoint('school', { name: 'เพื่อนร่วมงาน' })
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const second = world.confirmRoster('school', { at: AT + 1000, by: colleague })
    expect(second.outcome.refusal).toEqual({
      why: 'already-confirmed',
      receiptNumber: '2567/1-000001',
      by: 'ผู้รับผิดชอบ school',
      at: AT,
    })
    expect(world.receipts()).toHaveLength(1)
  })

  it('while one confirmation is under way a second one is not begun', () => {
    const world = openChainWorld()
    const start = (by: Parameters<typeof world.actor>[0]) => {
      const who = world.actor(by, AT)
      const ref = { round: world.round(), actor: who, unitId: who.unitId, component: 'roster' as const, inboxId: null }
      const tap = { tappedAt: AT, receivedAt: AT }
      return world.act((tx) => startConfirm(tx, { ...ref, ...tap, seenHash: 'x' }, AT))
    }
    expect(start('school').ok).toBe(true)
    expect(start(world.appoint('school'))).toEqual({ ok: false, why: 'run-open' })
    expect(world.act((tx) => tx.select().from(confirmRuns).all())).toHaveLength(1)
  })
})

describe('when an institution may confirm (R12 to R17)', () => {
  it('2563/2: not before confirming opens, though recording is open (R12)', () => {
    const world = openChainWorld({ round: '2563/2' })
    const opens = bangkok('2020-12-21T00:00')
    expect(world.confirmRoster('school', { at: opens - 1 }).outcome.refusal).toEqual({
      why: 'not-open-yet',
      opensAt: opens,
    })
    mustBeDone(world.confirmRoster('school', { at: opens }))
  })

  it('between due and close it is stamped ยืนยันหลังกำหนด with the due instant (section 7)', () => {
    const world = openChainWorld()
    const due = bangkok('2024-06-11T00:00')
    mustBeDone(world.confirmRoster('school', { at: due - 1 }))
    mustBeDone(world.confirmRoster('centre', { at: due }))
    expect(world.receipts().map((receipt) => receipt.afterDueAt)).toEqual([null, due])
  })

  it('17:00:00.000 itself is too late, the millisecond before is not (R17)', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: CLOSES - 1 }))
    expect(world.confirmRoster('centre', { at: CLOSES }).outcome.refusal).toEqual({ why: 'closed', closedAt: CLOSES })
  })

  it('tapped in time and received within a minute: dated by the tap, also when processing ends after the close', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: CLOSES - 1, receivedAt: CLOSES + 30_000, now: CLOSES + 300_000 }))
    expect(world.receipts()[0]).toMatchObject({
      tappedAt: CLOSES - 1,
      receivedAt: CLOSES + 30_000,
      committedAt: CLOSES + 300_000,
    })
  })

  it('tapped in time and received later than a minute: held for the department, on record, and the person is told', () => {
    const world = openChainWorld()
    const result = world.confirmRoster('school', { at: CLOSES - 1, receivedAt: CLOSES + 60_000 })
    expect(result.outcome.refusal).toEqual({ why: 'held-late', tappedAt: CLOSES - 1, closedAt: CLOSES })
    const types = world.act((tx) => tx.query.events.findMany().sync()).map((event) => event.type)
    expect(types.at(-1)).toBe('late-tap-held')
    expect(world.told('school', AT).at(-1)).toMatchObject({ refusal: { why: 'held-late' } })
  })
})

describe('a sequence that does not end well', () => {
  const begin = (world: ReturnType<typeof openChainWorld>, at = AT) => {
    const who = world.actor('school', at)
    const ref = { round: world.round(), actor: who, unitId: who.unitId, component: 'roster' as const, inboxId: null }
    const tap = { tappedAt: at, receivedAt: at }
    const run = world.act((tx) => startConfirm(tx, { ...ref, ...tap, seenHash: hashOfRows(world.rows('school')) }, at))
    if (!run.ok) throw new Error(run.why)
    return run.runId
  }

  it('a second sequence whose sheet cannot be read leaves the confirmed unit confirmed and its sheet locked', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const runId = begin(world, AT + 1000)
    const { step } = world.act((tx) => failRun(tx, runId, { why: 'sheet-unreadable', words: 'อ่านไม่ได้' }, AT + 2000))
    if (step === 'unlock') world.act((tx) => finishUnlock(tx, runId, AT + 2000))
    expect(step).toBe('done')
    expect(world.fileOf('school')).toMatchObject({ locked: true, lockWanted: true })
  })

  it('a late tap on a unit that a colleague has confirmed does not open its sheet', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: CLOSES - 5000 }))
    const colleague = world.appoint('school')
    const late = world.confirmRoster('school', { at: CLOSES - 1000, receivedAt: CLOSES + 120_000, by: colleague })
    expect(late.step).toBe('done')
    expect(world.fileOf('school')).toMatchObject({ locked: true, lockWanted: true })
    expect(world.isConfirmed('school', 'roster')).toBe(true)
  })

  it('the reason of a refusal survives failed tries to open the sheet again', () => {
    const world = openChainWorld()
    const runId = begin(world)
    world.act((tx) => {
      world.recordIn(tx, 'school', world.rows('school', 11), AT)
      expect(commitRun(tx, runId, { contentHash: hashOfRows(world.rows('school', 11)) }, AT)).toEqual({
        step: 'unlock',
      })
    })
    world.act((tx) => deferRun(tx, runId, { notBefore: 0, error: 'Google is away' }))
    world.act((tx) => finishUnlock(tx, runId, AT + 5000))
    expect(world.told('school', AT)).toMatchObject([
      { type: 'confirm-refused', refusal: { why: 'changed-since-shown' } },
    ])
  })

  it('a reading back that fails tells the person and touches no lock', () => {
    const world = openChainWorld()
    const who = world.actor('school', AT)
    const ref = { round: world.round(), actor: who, unitId: who.unitId, component: 'roster' as const, inboxId: null }
    const run = world.act((tx) => startShow(tx, { ...ref, tappedAt: AT, receivedAt: AT }, AT))
    if (!run.ok) throw new Error(run.why)
    const { step } = world.act((tx) => failRun(tx, run.runId, { why: 'access-lost', words: 'ไม่มีสิทธิ์เข้าถึง' }, AT))
    expect(step).toBe('done')
    expect(world.told('school', AT)).toMatchObject([{ refusal: { why: 'sheet-unreadable', words: 'ไม่มีสิทธิ์เข้าถึง' } }])
  })

  it('the answer goes by the reply token of the tap once, the next one by push', () => {
    const world = openChainWorld()
    const inboxId = world.storeEvent({ webhookEventId: 'E1', orderKey: 'U1', at: AT, body: { replyToken: 'token-1' } })
    mustBeDone(world.confirmRoster('school', { at: AT, inboxId }))
    const queued = world.act((tx) => tx.query.outbox.findMany().sync())
    expect(queued.map((row) => [(row.notice as { type: string }).type, row.channel, row.replyToken])).toEqual([
      ['read-back', 'reply', 'token-1'],
      ['receipt', 'push', null],
    ])
  })

  it('reading back ends its run, so that confirming may begin', () => {
    const world = openChainWorld()
    const who = world.actor('school', AT)
    const ref = { round: world.round(), actor: who, unitId: who.unitId, component: 'roster' as const, inboxId: null }
    const run = world.act((tx) => startShow(tx, { ...ref, tappedAt: AT, receivedAt: AT }, AT))
    if (!run.ok) throw new Error(run.why)
    world.act((tx) => completeShow(tx, run.runId, { contentHash: 'h' }, AT))
    expect(world.act((tx) => startShow(tx, { ...ref, tappedAt: AT, receivedAt: AT }, AT)).ok).toBe(true)
    const state = { roundId: world.round().id, unitId: who.unitId, component: 'roster' as const }
    expect(world.act((tx) => confirmationOf(tx, state))).toBeNull()
  })
})
