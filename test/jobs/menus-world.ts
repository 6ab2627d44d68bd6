import { pino } from 'pino'
import { openLineClient } from '../../src/bot/line-client.ts'
import type { LineMenus } from '../../src/bot/line-menus.ts'
import { type InstallStep, installMenus, menuPlan } from '../../src/jobs/install-menus.ts'
import { linkMenusJob } from '../../src/jobs/link-menus.ts'
import type { ServedLine } from '../sandbox/line/serve-line.ts'
import { bangkok, type ChainWorld } from '../world/chain-world.ts'

export const AT = bangkok('2024-06-05T09:00')

type Shown = { richMenu: { name?: string; chatBarText: string } | null }

/** The chain's world in front of a served LINE, with the installation and the job at hand. */
export function menusWorld(world: ChainWorld, line: ServedLine) {
  const state = { platformNow: Date.now() }
  const clock = { now: () => AT, platformNow: () => state.platformNow, toDomain: (ms: number) => ms }
  const client = openLineClient({
    channelId: line.channel.channelId,
    channelSecret: line.channel.channelSecret,
    channelAccessToken: null,
    apiBaseUrl: line.apiUrl,
    dataApiBaseUrl: line.apiUrl,
  })
  const log = pino({ level: 'silent' })
  const deps = { db: world.db, clock, log, menus: client.menus }
  const job = linkMenusJob(deps)
  return {
    state,
    client,
    deps,
    job,
    run: () => job.run(new AbortController().signal),
    plan: () => menuPlan(deps),
    /** `diesAfterCall`: the process is gone right after LINE did what this call asked for. */
    install: async (given: { diesAfterCall?: number } = {}): Promise<InstallStep[]> => {
      const steps: InstallStep[] = []
      const menus = given.diesAfterCall ? dying(client.menus, given.diesAfterCall) : client.menus
      await installMenus({ ...deps, menus }, (step) => steps.push(step))
      return steps
    },
    /** The words on the bar of the menu that a person's phone shows. */
    shown: async (userId: string) =>
      (await line.control<Shown>('GET', `/people/${userId}/chat`)).richMenu?.chatBarText ?? null,
    calls: async (part: string) => {
      const { items } = await line.control<{ items: { method: string; path: string }[] }>(
        'GET',
        '/requests?after=0&limit=1000',
      )
      return items.filter((item) => `${item.method} ${item.path}`.includes(part)).length
    },
  }
}

function dying(menus: LineMenus, call: number): LineMenus {
  let made = 0
  return new Proxy(menus, {
    get: (target, name: keyof LineMenus) => {
      const act = target[name] as (...given: unknown[]) => Promise<unknown>
      return async (...given: unknown[]) => {
        const answer = await act(...given)
        made += 1
        if (made >= call) throw new Error('killed')
        return answer
      }
    },
  })
}
