import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { outboxCommand, outboxLines } from '../../src/cli/outbox.ts'
import type { OutboxId } from '../../src/db/ids.ts'
import { outbox } from '../../src/db/schema.ts'
import { bangkok, type ChainWorld, openChainWorld } from '../world/chain-world.ts'

const ACCOUNT = `U${'5'.repeat(32)}`
const AT = bangkok('2024-06-05T09:00')
const TIMES = { platformNow: AT, now: AT }

/** A world whose outbox holds a letter in each of these states. */
function worldWith(...states: (typeof outbox.$inferInsert.state & string)[]): { world: ChainWorld; ids: OutboxId[] } {
  const world = openChainWorld()
  const ids = world.act((tx) =>
    states.map(
      (state) =>
        tx
          .insert(outbox)
          .values({
            lineUserId: ACCOUNT,
            notice: { type: 'sheet-ready' },
            channel: 'push',
            retryKey: randomUUID(),
            state,
            error: state === 'dead' ? '400 The property is invalid' : null,
            createdAt: AT - 120_000,
            occurredAt: AT,
          })
          .returning({ id: outbox.id })
          .get().id,
    ),
  )
  return { world, ids }
}
const lec = (world: ChainWorld, options: Parameters<typeof outboxLines>[1]): string =>
  outboxLines(world.db, options, TIMES).join('\n')
const listed = (out: string): number => (out.match(/^#/gm) ?? []).length

describe('lec outbox', () => {
  it('lists what waits, died or is of unknown fate with the reason, and masks the account', () => {
    const { world } = worldWith('pending', 'dead', 'unknown', 'accepted')
    const out = lec(world, {})
    expect(out).toContain('pending 1 · unknown 1 · dead 1')
    expect(out).toContain('เก่าที่สุดรอมา 2 นาที')
    expect(out).toContain('ส่งไม่สำเร็จ: 400 The property is invalid')
    expect(out).toContain('U5555…')
    expect(out).not.toContain(ACCOUNT)
    expect(listed(out)).toBe(3)
  })

  it('lists the dead alone, and sends again or drops what is named', () => {
    const { world, ids } = worldWith('dead', 'dead', 'pending')
    const [first, second] = ids
    if (!first || !second) throw new Error('no letters')
    expect(listed(lec(world, { dead: true }))).toBe(2)
    expect(lec(world, { retry: [first] })).toContain('สั่งส่งอีกครั้ง 1 ข้อความ')
    expect(lec(world, { drop: [second], reason: 'แจ้งทางโทรศัพท์แล้ว' })).toContain('สั่งไม่ส่ง 1 ข้อความ')
    expect(listed(lec(world, { dead: true }))).toBe(0)
    expect(listed(lec(world, { state: 'pending' }))).toBe(2)
  })

  it('refuses what cannot be, and changes nothing then', () => {
    const { world, ids } = worldWith('dead', 'accepted')
    const [dead] = ids
    if (!dead) throw new Error('no letter')
    expect(() => lec(world, { retry: ids })).toThrow('ไม่มีข้อความใดถูกแก้ไข')
    expect(() => lec(world, { drop: [dead] })).toThrow('--reason')
    expect(listed(lec(world, { dead: true }))).toBe(1)
  })

  it('takes numbers with and without # and nothing else', () => {
    const parsed = (...args: string[]) => {
      const command = outboxCommand()
        .exitOverride()
        .configureOutput({ writeErr: () => undefined })
      command.action(() => undefined)
      return command.parse(args, { from: 'user' }).opts()
    }
    expect(parsed('--retry', '#3', '4')).toMatchObject({ retry: [3, 4] })
    expect(() => parsed('--retry', 'x')).toThrow('เลขของข้อความ')
    expect(() => parsed('--state', 'gone')).toThrow('must be one of')
  })
})
