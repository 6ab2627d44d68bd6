import { expect, it } from 'vitest'
import type { Instant } from '../../src/db/ids.ts'
import { outbox } from '../../src/db/schema.ts'
import { reportVacanciesJob } from '../../src/jobs/report-vacancies.ts'
import { changeDuty } from '../../src/workflow/appointment-changes.ts'
import type { Notice } from '../../src/workflow/notice.ts'
import { bangkok, must, openChainWorld } from '../world/chain-world.ts'

it('each level hears which of its units have nobody, once for each list', async () => {
  const world = openChainWorld()
  let now: Instant = 0
  let woken = 0
  const job = reportVacanciesJob({
    db: world.db,
    clock: { now: () => now, platformNow: () => Date.now() },
    wakeOutbox: () => {
      woken += 1
    },
  })
  const told = () =>
    world.act((tx) =>
      tx
        .select()
        .from(outbox)
        .all()
        .flatMap(({ notice }) => ((notice as Notice).type === 'vacancies' ? [notice as Notice] : [])),
    )
  const run = async (local: string) => {
    now = bangkok(local)
    await job.run(new AbortController().signal)
    return told().length
  }
  const end = (place: 'school' | 'sao', by: 'town' | 'province', local: string) => {
    const at = bangkok(local)
    const { appointmentId } = world.actor(place, at)
    const input = { actor: world.actor(by, at), appointmentId, change: 'end', reason: 'เกษียณอายุ' } as const
    must(world.act((tx) => changeDuty(tx, input, at)))
  }

  expect(await run('2024-04-29T09:00')).toBe(0)
  end('school', 'town', '2024-04-30T07:00')
  expect(await run('2024-04-30T07:30')).toBe(0)
  expect(await run('2024-04-30T08:30')).toBe(1)
  expect(woken).toBe(1)
  expect(await run('2024-05-01T08:30')).toBe(1)
  end('sao', 'province', '2024-05-01T10:00')
  expect(await run('2024-05-02T08:30')).toBe(2)
  expect(told()).toMatchObject([{ unitId: world.idOf('town') }, { unitId: world.idOf('province') }])
  expect(await run('2024-06-12T09:00')).toBe(2)
})
