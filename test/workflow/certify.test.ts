import { describe, expect, it } from 'vitest'
import type { AppointmentId } from '../../src/db/ids.ts'
import { attest } from '../../src/workflow/attest.ts'
import { switchCertifier } from '../../src/workflow/certifier-switch.ts'
import { certify, sendBackSubmission, submitForCertifying } from '../../src/workflow/certify.ts'
import { startConfirm } from '../../src/workflow/confirm-run.ts'
import { receiptOf } from '../../src/workflow/confirmed-figures.ts'
import { waitingSubmission } from '../../src/workflow/submissions.ts'
import { bangkok, type ChainWorld, must, openChainWorld, type Place } from '../world/chain-world.ts'
import { hashOfRows } from '../world/roster-rows.ts'

const AT = bangkok('2024-06-05T09:00')
const LATER = AT + 60_000
const tap = { tappedAt: LATER, receivedAt: LATER }

const turn = (world: ChainWorld, by: Place | AppointmentId, on: boolean) =>
  world.act((tx) => switchCertifier(tx, { actor: world.actor(by, AT), unitId: world.idOf('school'), on }, AT))

/** Switched on, with a head of school who certifies and a roster that was read. */
function openCertifiedSchool(sheet?: ReturnType<ChainWorld['rows']>) {
  const world = openChainWorld()
  must(turn(world, 'school', true))
  const head = world.appoint('school', { role: 'certifier', name: 'ผู้อำนวยการ' })
  const rows = sheet ?? world.rows('school')
  world.read('school', rows, AT)
  return { world, head, rows, hash: hashOfRows(rows) }
}

const submit = (world: ChainWorld, hash: string, by: Place | AppointmentId = 'school') => {
  const actor = world.actor(by, AT)
  const unitId = world.idOf('school')
  return world.act((tx) => {
    const facts = { actor, roundId: world.round().id, unitId, contentHash: hash, counted: 10 }
    attest(tx, { ...facts, component: 'roster' }, AT)
    return submitForCertifying(
      tx,
      { round: world.round(), actor, seenHash: hash, counted: 10, tap: { tappedAt: AT, receivedAt: AT } },
      AT,
    )
  })
}
const certifyAs = (world: ChainWorld, by: Place | AppointmentId, submissionId: number) =>
  world.act((tx) => certify(tx, { actor: world.actor(by, LATER), submissionId, inboxId: null, tap }, LATER))

describe('a second person certifies', () => {
  it('is switched on by the institution or its LAO, and off by the LAO alone', () => {
    const world = openChainWorld()
    expect(turn(world, 'school', true)).toMatchObject({ ok: true, changed: true })
    expect(turn(world, 'town', true)).toMatchObject({ ok: true, changed: false })
    expect(turn(world, 'school', false)).toEqual({ ok: false, why: 'certifier-stays' })
    for (const by of ['centre', 'sao', 'province'] as const)
      expect(turn(world, by, false), by).toEqual({ ok: false, why: 'not-yours' })
    expect(turn(world, 'town', false)).toMatchObject({ ok: true, changed: true })
    const log = world.act((tx) => tx.query.events.findMany().sync())
    expect(log.filter(({ type }) => type === 'certifier-switched')).toHaveLength(2)
  })

  it("the officer's last tap confirms nothing; the certifier's does, and the receipt names both", () => {
    const { world, head, rows, hash } = openCertifiedSchool()
    const { submissionId } = must(submit(world, hash))
    expect(world.isConfirmed('school', 'roster')).toBe(false)
    expect(world.told(head, LATER)).toMatchObject([{ type: 'submission-waits', submissionId }])
    const { runId } = must(certifyAs(world, head, submissionId))
    const done = world.finish(runId, (tx, now) => world.recordIn(tx, 'school', rows, now), { hash, now: LATER })
    expect(done.step).toBe('done')
    const [confirmation] = world.receipts()
    const officer = world.actor('school', LATER)
    const certifier = world.actor(head, LATER)
    expect(confirmation).toMatchObject({
      appointmentId: officer.appointmentId,
      certifierAppointmentId: certifier.appointmentId,
      tappedAt: LATER,
    })
    const receipt = world.act((tx) => (confirmation ? receiptOf(tx, confirmation.id) : null))
    expect(receipt).toMatchObject({ personName: officer.name, certifierName: 'ผู้อำนวยการ' })
    expect(world.told('school', LATER)).toContainEqual({ type: 'receipt', confirmationId: confirmation?.id })
    const confirmed = world.act((tx) => tx.query.events.findMany().sync()).find(({ type }) => type === 'confirmed')
    expect(JSON.parse(confirmed?.data ?? '{}')).toMatchObject({
      certifier: { personId: certifier.personId, appointmentId: certifier.appointmentId },
    })
    expect(certifyAs(world, head, submissionId)).toEqual({ ok: false, why: 'submission-over' })
  })

  it('the officer alone confirms nothing any more, not even with a run that began before it was switched on', () => {
    const world = openChainWorld()
    const sheet = world.rows('school')
    world.read('school', sheet, AT)
    const actor = world.actor('school', AT)
    const seenHash = hashOfRows(sheet)
    const ref = { round: world.round(), actor, unitId: world.idOf('school'), component: 'roster' } as const
    const facts = { actor, roundId: ref.round.id, unitId: ref.unitId, component: 'roster' } as const
    world.act((tx) => attest(tx, { ...facts, contentHash: seenHash, counted: 10 }, AT))
    const start = { ...ref, inboxId: null, tappedAt: AT, receivedAt: AT, seenHash }
    const { runId } = must(world.act((tx) => startConfirm(tx, start, AT)))
    must(turn(world, 'town', true))
    const done = world.finish(runId, (tx, now) => world.recordIn(tx, 'school', sheet, now), {
      hash: seenHash,
      now: LATER,
    })
    expect(done.outcome.refusal).toEqual({ why: 'certifier-required' })
    expect(world.act((tx) => startConfirm(tx, start, LATER))).toEqual({ ok: false, why: 'certifier-required' })
    expect(world.isConfirmed('school', 'roster')).toBe(false)
  })

  it('nobody is a second person to himself, and without one nothing is submitted', () => {
    const { world, hash } = openCertifiedSchool()
    const account = `U${'d'.repeat(32)}`
    const both = world.appoint('centre', { account })
    must(
      world.act((tx) =>
        switchCertifier(tx, { actor: world.actor('town', AT), unitId: world.idOf('centre'), on: true }, AT),
      ),
    )
    world.appoint('centre', { account, role: 'certifier' })
    world.read('centre', world.rows('centre'), AT)
    const actor = world.actor(both, AT)
    const centreHash = hashOfRows(world.rows('centre'))
    const alone = world.act((tx) => {
      const facts = { actor, roundId: world.round().id, unitId: actor.unitId, contentHash: centreHash, counted: 10 }
      attest(tx, { ...facts, component: 'roster' }, AT)
      const input = { round: world.round(), actor, seenHash: centreHash, counted: 10 }
      return submitForCertifying(tx, { ...input, tap: { tappedAt: AT, receivedAt: AT } }, AT)
    })
    expect(alone).toEqual({ ok: false, why: 'no-certifier' })
    const { submissionId } = must(submit(world, hash))
    for (const by of ['school', 'town', 'centre'] as const)
      expect(certifyAs(world, by, submissionId).ok, by).toBe(false)
  })

  it('an edit after the submission is not certified, and the officer hears that', () => {
    const { world, head, hash } = openCertifiedSchool()
    const { submissionId } = must(submit(world, hash))
    world.read('school', world.rows('school', 11), LATER)
    expect(certifyAs(world, head, submissionId)).toEqual({ ok: false, why: 'changed-since-shown' })
    expect(world.told('school', LATER)).toMatchObject([{ type: 'confirm-refused' }])
    expect(certifyAs(world, head, submissionId)).toEqual({ ok: false, why: 'submission-over' })
  })

  it('an edit that is found only when the sheet is locked is not certified either', () => {
    const { world, head, hash } = openCertifiedSchool()
    const { submissionId } = must(submit(world, hash))
    const { runId } = must(certifyAs(world, head, submissionId))
    const edited = world.rows('school', 11)
    const done = world.finish(runId, (tx, now) => world.recordIn(tx, 'school', edited, now), {
      hash: hashOfRows(edited),
      now: LATER,
    })
    expect(done.outcome.refusal).toMatchObject({ why: 'changed-since-shown' })
    const ref = { roundId: world.round().id, unitId: world.idOf('school') }
    expect(world.act((tx) => waitingSubmission(tx, ref))).toBeNull()
  })

  it('the certifier sends back with a word, and the officer submits anew', () => {
    const { world, head, hash } = openCertifiedSchool()
    const { submissionId } = must(submit(world, hash))
    const back = (word: string) =>
      world.act((tx) => sendBackSubmission(tx, { actor: world.actor(head, LATER), submissionId, word }, LATER))
    expect(back(' ')).toEqual({ ok: false, why: 'no-reason' })
    must(back('ยังขาดเด็กย้ายเข้า'))
    expect(world.told('school', LATER)).toMatchObject([{ type: 'submission-sent-back' }])
    expect(certifyAs(world, head, submissionId)).toEqual({ ok: false, why: 'submission-over' })
    expect(must(submit(world, hash)).submissionId).not.toBe(submissionId)
    expect(JSON.stringify(world.act((tx) => tx.query.events.findMany().sync()))).not.toContain('ยังขาด')
  })

  it('switched off by the LAO, what waited is overtaken and the officer confirms alone again', () => {
    const { world, head, hash } = openCertifiedSchool()
    const { submissionId } = must(submit(world, hash))
    must(turn(world, 'town', false))
    expect(certifyAs(world, head, submissionId)).toEqual({ ok: false, why: 'submission-over' })
    expect(world.confirmRoster('school', { at: LATER }).step).toBe('done')
  })

  it.each([
    ['switched off', (world: ChainWorld) => must(turn(world, 'town', false))],
    [
      'overtaken by a duty that ended',
      (world: ChainWorld) =>
        world.act((tx) =>
          tx.run(
            `UPDATE appointments SET valid_to = ${AT + 1} WHERE role = 'officer' AND unit_id = ${world.idOf('school')}`,
          ),
        ),
    ],
  ])('a run of the certifier that was %s meanwhile says that the submission is over, not his duty', (_how, change) => {
    const { world, head, rows, hash } = openCertifiedSchool()
    const { submissionId } = must(submit(world, hash))
    const { runId } = must(certifyAs(world, head, submissionId))
    change(world)
    const done = world.finish(runId, (tx, now) => world.recordIn(tx, 'school', rows, now), { hash, now: LATER })
    expect(done.outcome.refusal).toEqual({ why: 'submission-over' })
    expect(world.isConfirmed('school', 'roster')).toBe(false)
  })

  it('a late tap of the certifier is after the close like any other', () => {
    const { world, head, rows, hash } = openCertifiedSchool()
    const { submissionId } = must(submit(world, hash))
    const closed = world.source.recordingClosesAt
    const late = { tappedAt: closed, receivedAt: closed }
    const actor = world.actor(head, closed)
    const { runId } = must(world.act((tx) => certify(tx, { actor, submissionId, inboxId: null, tap: late }, closed)))
    const done = world.finish(runId, (tx, now) => world.recordIn(tx, 'school', rows, now), { hash, now: closed })
    expect(done.outcome.refusal).toMatchObject({ why: 'closed' })
  })
})
