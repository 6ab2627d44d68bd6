import type { Logger } from 'pino'
import type { LineMenus } from '../bot/line-menus.ts'
import type { Clock } from '../clock.ts'
import type { Db } from '../db/open.ts'
import { installMenus, isDone, menuPlan } from '../jobs/install-menus.ts'

/** The sandbox's phones have their menus from the start. They are an ornament there: without them the product starts all the same. */
export async function fillMenus(deps: {
  db: Db
  clock: Clock
  log: Logger
  menus: LineMenus
  say: (line: string) => void
}): Promise<void> {
  try {
    if (isDone(await menuPlan(deps))) return
    let made = 0
    await installMenus(deps, (step) => {
      if (step.did === 'created') made += 1
    })
    deps.say(`  ริชเมนู ${made} แบบ / rich menus`)
  } catch {
    deps.log.warn('the sandbox has no rich menus: lec line menus installs them')
  }
}
