import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { URGENCY } from '../../src/workflow/notice.ts'
import { type OutboxWorld, openOutboxWorld } from './outbox-world.ts'

let sender: OutboxWorld
beforeEach(async () => {
  sender = await openOutboxWorld({ timeoutMs: 500 })
})
afterEach(() => sender.close())

describe('the order of what is sent', () => {
  it('an urgent message goes before a digest of the same person that was queued earlier', async () => {
    const user = await sender.line.friend()
    sender.queue(user, 'digest', { urgency: URGENCY.digest })
    sender.queue(user, 'reminder', { urgency: URGENCY.reminder })
    sender.queue(user, 'news', { urgency: URGENCY.actNow })
    sender.queue(user, 'answer', { urgency: URGENCY.answer })
    await sender.run()
    expect(await sender.heardBy(user)).toEqual(['answer', 'news', 'reminder', 'digest'])
  })

  it('news of one matter keep their order although the later one is more urgent', async () => {
    const user = await sender.line.friend()
    sender.queue(user, 'confirmed', { urgency: URGENCY.result })
    sender.queue(user, 'cancelled', { urgency: URGENCY.undoesYourAct })
    sender.queue(user, 'act now', { urgency: URGENCY.actNow })
    await sender.run()
    expect(await sender.heardBy(user)).toEqual(['confirmed', 'cancelled', 'act now'])
  })

  it('a later message of the same matter waits for one that has to be tried again, a digest does not', async () => {
    const user = await sender.line.friend()
    sender.queue(user, 'first')
    sender.queue(user, 'second')
    sender.queue(user, 'digest', { urgency: URGENCY.digest })
    await sender.fault('push', '500')
    await sender.run()
    expect(await sender.heardBy(user)).toEqual(['digest'])
    sender.pass(10_000)
    await sender.run()
    expect(await sender.heardBy(user)).toEqual(['digest', 'first', 'second'])
  })

  it('somebody to whom LINE took too many gets no push of any kind for a while, others and replies go on', async () => {
    const [user, other] = [await sender.line.friend(), await sender.line.friend()]
    sender.queue(user, 'news')
    await sender.fault('push', '429-user')
    await sender.run()
    sender.queue(user, 'urgent', { urgency: URGENCY.answer })
    sender.queue(user, 'digest', { urgency: URGENCY.digest })
    sender.queue(user, 'reply', { urgency: URGENCY.answer, token: await sender.tokenOf(user) })
    sender.queue(other, 'to another')
    await sender.run()
    expect(await sender.heardBy(user)).toEqual(['reply'])
    expect(await sender.heardBy(other)).toEqual(['to another'])
    sender.pass(90_000)
    await sender.run()
    expect(await sender.heardBy(user)).toEqual(['reply', 'urgent', 'news', 'digest'])
  })

  it('when LINE says that the rate is exceeded nobody is pushed to until the pause is over', async () => {
    const users = [await sender.line.friend(), await sender.line.friend(), await sender.line.friend()]
    sender.queue(users[0] ?? '', 'first')
    await sender.fault('push', '429-rate')
    await sender.run()
    for (const user of users) sender.queue(user, 'later')
    const before = await sender.calls('push')
    await sender.run()
    expect(await sender.calls('push')).toBe(before)
    sender.pass(2000)
    await sender.run()
    expect(await sender.heardBy(users[0] ?? '')).toEqual(['first', 'later'])
    expect(await sender.heardBy(users[2] ?? '')).toEqual(['later'])
  })

  it('the pause doubles while LINE keeps saying so, and another process keeps it too', async () => {
    const user = await sender.line.friend()
    sender.queue(user, 'x')
    await sender.fault('push', '429-rate', 3)
    const pauses: number[] = []
    for (let time = 0; time < 3; time += 1) {
      await sender.run()
      const [until] = sender.world.database.raw
        .prepare("select paused_until from sending_lanes where lane = 'push'")
        .pluck()
        .all() as number[]
      pauses.push((until ?? 0) - sender.now())
      sender.pass(pauses.at(-1) ?? 0)
    }
    expect(pauses[1]).toBeGreaterThan((pauses[0] ?? 0) * 1.1)
    expect(pauses[2]).toBeGreaterThan((pauses[1] ?? 0) * 1.1)
    await sender.run()
    expect(await sender.heardBy(user)).toEqual(['x'])
  })

  it('a LINE that hangs holds up its pushes only: replies go meanwhile, and the job ends', async () => {
    const users = await Promise.all(Array.from({ length: 12 }, () => sender.line.friend()))
    const asker = await sender.line.friend()
    for (const user of users) sender.queue(user, 'x')
    const token = await sender.tokenOf(asker)
    await sender.fault('push', 'timeout', 100)
    const began = performance.now()
    const running = sender.run()
    sender.queue(asker, 'reply', { token, urgency: URGENCY.answer })
    const deadline = performance.now() + 400
    while ((await sender.heardBy(asker)).length === 0 && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10))
    expect(await sender.heardBy(asker)).toEqual(['reply'])
    await running
    expect(performance.now() - began).toBeLessThan(5000)
    expect(await sender.calls('push')).toBeLessThan(12)
    expect(
      sender
        .rows()
        .filter((row) => row.channel === 'push')
        .every((row) => row.state === 'pending'),
    ).toBe(true)
  })

  it('many who wait cost nobody else time: one person sending a lot has one message under way', async () => {
    const [loud, quiet] = [await sender.line.friend(), await sender.line.friend()]
    for (let n = 0; n < 200; n += 1) sender.queue(loud, `${n}`)
    sender.queue(quiet, 'x')
    await sender.fault('push', 'slow', 2, 300)
    await sender.run()
    const order = (await sender.requests()).filter((item) => item.path.endsWith('/push'))
    expect(await sender.heardBy(quiet)).toEqual(['x'])
    expect((await sender.heardBy(loud)).slice(0, 3)).toEqual(['0', '1', '2'])
    expect(order.length).toBeGreaterThan(50)
  })
})

describe('how fast', () => {
  it('as fast as the rate that is set and no faster, as LINE counts it', async () => {
    await sender.close()
    sender = await openOutboxWorld({ rates: { push: 100 }, clockRuns: true, timeoutMs: 10_000 })
    await sender.line.control('PUT', '/settings', { rates: { push: { requests: 100, windowMs: 1000 } } })
    const users = Array.from({ length: 250 }, (_, n) => `U${n.toString(16).padStart(32, 'd')}`)
    for (const user of users) sender.queue(user, 'x')
    const began = performance.now()
    await sender.run()
    const took = performance.now() - began
    const pushes = (await sender.requests()).filter((item) => item.path.endsWith('/push'))
    expect(pushes.map((item) => item.status)).toEqual(users.map(() => 200))
    expect(took).toBeGreaterThan(2000)
  })
})
