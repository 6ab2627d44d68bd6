import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { appendEvent, GENESIS_HASH, logHead, pupilHash, verifyLog } from '../../src/workflow/event-log.ts'
import { bangkok, type ChainWorld, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')
const append = (world: ChainWorld, n = 1) =>
  world.act((tx) => {
    for (let i = 0; i < n; i += 1) appendEvent(tx, { at: AT + i, type: 'roster-read', data: { i } })
    return logHead(tx)
  })
const check = (world: ChainWorld, expected?: { seq: number; hash: string }) =>
  world.act((tx) => verifyLog(tx, expected))
/** Somebody with the file and without the triggers. */
const tamper = (world: ChainWorld, ...statements: string[]) => {
  world.database.raw.exec(
    `DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; DROP TRIGGER IF EXISTS events_only_append; ${statements.join(';')}`,
  )
}
const whatIsWrong = (world: ChainWorld, expected?: { seq: number; hash: string }) =>
  check(world, expected).problems.map(({ seq, what }) => `${seq} ${what}`)

describe('the event log is append-only (R38)', () => {
  it.each([
    ['an update', "UPDATE events SET data = '{}' WHERE seq = 2"],
    ['a delete', 'DELETE FROM events WHERE seq = 2'],
    [
      'an insert over an old row',
      "INSERT OR REPLACE INTO events SELECT seq, at, type, version, round_id, unit_id, person_id, appointment_id, '{}', previous_hash, hash FROM events WHERE seq = 2",
    ],
    ['an upsert', "INSERT INTO events SELECT * FROM events WHERE seq = 2 ON CONFLICT (seq) DO UPDATE SET data = '{}'"],
    [
      'an insert before the first row',
      'INSERT INTO events SELECT 0, at, type, version, round_id, unit_id, person_id, appointment_id, data, previous_hash, hash FROM events WHERE seq = 2',
    ],
    [
      'an insert that leaves a gap',
      'INSERT INTO events SELECT 100000, at, type, version, round_id, unit_id, person_id, appointment_id, data, previous_hash, hash FROM events WHERE seq = 2',
    ],
  ])('%s is refused by the database itself', (_name, statement) => {
    const world = openChainWorld()
    append(world, 3)
    expect(() => world.database.raw.exec(statement)).toThrow('append-only')
    expect(check(world).problems).toEqual([])
  })
})

describe('the log is chained by hash', () => {
  it('an empty log is whole, and every row names its forerunner', () => {
    const world = openChainWorld()
    append(world, 5)
    const rows = world.act((tx) => tx.query.events.findMany().sync())
    expect(rows.map((row) => row.previousHash)).toEqual([GENESIS_HASH, ...rows.slice(0, -1).map((row) => row.hash)])
    expect(check(world)).toEqual({ rows: rows.length, head: rows.at(-1)?.hash, problems: [] })
  })

  it('a changed row is found, whatever was changed in it', () => {
    for (const change of [
      "data = '{}'",
      'at = at + 1',
      "type = 'cancelled'",
      'unit_id = 3',
      'person_id = 1',
      'version = 2',
    ]) {
      const world = openChainWorld()
      const { seq } = append(world, 3)
      tamper(world, `UPDATE events SET ${change} WHERE seq = ${seq - 1}`)
      expect(whatIsWrong(world), change).toEqual([`${seq - 1} changed`])
    }
  })

  it('a changed row with a hash made to fit breaks the chain behind it', () => {
    const world = openChainWorld()
    const { seq } = append(world, 3)
    const row = world.act((tx) => tx.query.events.findFirst({ where: (t, { eq }) => eq(t.seq, seq - 1) }).sync())
    if (!row) throw new Error('no row')
    const fields = [
      row.seq,
      row.at,
      row.type,
      row.version,
      row.roundId,
      row.unitId,
      row.personId,
      row.appointmentId,
      '{"forged":1}',
    ]
    const hash = createHash('sha256').update(row.previousHash).update(JSON.stringify(fields)).digest('hex')
    tamper(world, `UPDATE events SET data = '{"forged":1}', hash = '${hash}' WHERE seq = ${seq - 1}`)
    expect(whatIsWrong(world)).toEqual([`${seq} chain-broken`])
  })

  it('a removed row, and an inserted one, are found', () => {
    const removed = openChainWorld()
    const { seq } = append(removed, 3)
    tamper(removed, `DELETE FROM events WHERE seq = ${seq - 1}`)
    expect(whatIsWrong(removed)).toEqual([`${seq - 1} missing`, `${seq} chain-broken`])

    const inserted = openChainWorld()
    const end = append(inserted, 2).seq
    tamper(
      inserted,
      `INSERT INTO events SELECT ${end + 1}, at, type, version, round_id, unit_id, person_id, appointment_id, data, previous_hash, hash FROM events WHERE seq = ${end}`,
    )
    expect(whatIsWrong(inserted)).toEqual([`${end + 1} chain-broken`, `${end + 1} changed`])
  })

  it('a row slipped in before the first one is found', () => {
    const world = openChainWorld()
    append(world, 2)
    tamper(
      world,
      'INSERT INTO events SELECT 0, at, type, version, round_id, unit_id, person_id, appointment_id, data, previous_hash, hash FROM events WHERE seq = 1',
    )
    expect(check(world).problems).not.toEqual([])
  })

  it('a cut tail shows against the head that a receipt prints', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const [receipt] = world.receipts()
    if (!receipt) throw new Error('no receipt')
    const expected = { seq: receipt.eventSeq, hash: receipt.headHash }
    append(world, 3)
    expect(check(world, expected).problems).toEqual([])
    tamper(world, `DELETE FROM events WHERE seq >= ${receipt.eventSeq}`)
    expect(check(world).problems).toEqual([])
    expect(whatIsWrong(world, expected)).toEqual([`${receipt.eventSeq} cut`])
  })

  it('a tail that was rewritten from some point on shows too', () => {
    const world = openChainWorld()
    mustBeDone(world.confirmRoster('school', { at: AT }))
    const [receipt] = world.receipts()
    if (!receipt) throw new Error('no receipt')
    tamper(world, `DELETE FROM events WHERE seq >= ${receipt.eventSeq}`)
    append(world, 3)
    expect(check(world).problems).toEqual([])
    expect(whatIsWrong(world, { seq: receipt.eventSeq, hash: receipt.headHash })).toEqual([`${receipt.eventSeq} cut`])
  })

  it('is walked in pages: 5,000 rows and more', () => {
    const world = openChainWorld()
    const before = check(world).rows
    append(world, 5000 - before)
    expect(check(world)).toMatchObject({ rows: 5000, problems: [] })
    const { seq } = append(world, 1)
    expect(check(world)).toMatchObject({ rows: 5001, problems: [] })
    tamper(world, `UPDATE events SET data = '{}' WHERE seq = ${seq}`)
    expect(whatIsWrong(world)).toEqual([`${seq} changed`])
  })
})

describe('what stands for a pupil in the log', () => {
  it('is the same for the same pupil, another for another, another in every installation, and tells nothing', () => {
    const world = openChainWorld()
    const other = openChainWorld()
    const of = (which: ChainWorld, key: string) => which.act((tx) => pupilHash(tx, key))
    expect(of(world, '1990000000017')).toBe(of(world, '1990000000017'))
    expect(of(world, '1990000000017')).not.toBe(of(world, '1990000000025'))
    expect(of(world, '1990000000017')).not.toBe(of(other, '1990000000017'))
    expect(of(world, '1990000000017')).toMatch(/^[A-Za-z0-9_-]{22}$/)
  })
})
