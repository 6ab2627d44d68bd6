import { describe, expect, it } from 'vitest'
import { openInboxWriter, type StoredEvent } from '../../src/web/inbox-writer.ts'
import { openTempDatabase } from '../sheets/temp-database.ts'

const event = (id: string, text = 'x'): StoredEvent => ({
  webhookEventId: id,
  orderKey: 'U1',
  eventAt: 5,
  body: { text },
})
const open = () => {
  const database = openTempDatabase()
  const rows = () =>
    database.raw
      .prepare('SELECT webhook_event_id AS id, received_at AS at, state, body FROM inbox ORDER BY id')
      .all() as {
      id: string
      at: number
      state: string
      body: string
    }[]
  return { database, writer: openInboxWriter(database.raw, () => 77), rows }
}

describe('storing webhook events', () => {
  it('is done when it says so', async () => {
    const { writer, rows } = open()
    await writer.store([event('a'), event('b')])
    expect(rows()).toMatchObject([{ id: 'a', at: 77, state: 'new' }, { id: 'b' }])
  })

  it('an event delivered again is stored once, as it came first', async () => {
    const { writer, rows } = open()
    await writer.store([event('a', 'first')])
    await writer.store([event('a', 'again'), event('a', 'and again'), event('b')])
    expect(rows().map((row) => [row.id, (JSON.parse(row.body) as { text: string }).text])).toEqual([
      ['a', 'first'],
      ['b', 'x'],
    ])
  })

  it('what arrives together is written in one transaction, in the order of arrival', async () => {
    const { writer, rows } = open()
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => writer.store([event(`e${String(index).padStart(3, '0')}`)])),
    )
    const inOrder = rows().map((row) => row.id)
    expect(inOrder).toHaveLength(100)
    expect(inOrder).toEqual([...inOrder].sort())
  })

  it('is pressed while many calls come at once, and not by one after the other', async () => {
    const { writer } = open()
    expect(writer.isPressed()).toBe(false)
    for (let i = 0; i < 20; i += 1) await writer.store([event(`one-${i}`)])
    expect(writer.isPressed()).toBe(false)
    await Promise.all(Array.from({ length: 100 }, (_, i) => writer.store([event(`many-${i}`)])))
    expect(writer.isPressed()).toBe(true)
    await expect.poll(writer.isPressed).toBe(false)
  })

  it('nothing to store is no work', async () => {
    const { writer, rows } = open()
    await writer.store([])
    expect(rows()).toEqual([])
  })

  it('when the database fails nobody is told that it was stored', async () => {
    const { database, writer } = open()
    database.raw.exec("CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    const all = await Promise.allSettled([writer.store([event('a')]), writer.store([event('b')])])
    expect(all.map((one) => one.status)).toEqual(['rejected', 'rejected'])
    database.raw.exec('DROP TRIGGER full')
    await expect(writer.store([event('a')])).resolves.toBeUndefined()
  })
})
