import { AppError } from '../app-error.ts'
import type { MenuKind } from '../bot/menus/menu-kind.ts'
import { readyMenus } from '../bot/menus/menu-record.ts'
import { type DueMenu, dueMenus, strayLinks } from '../bot/menus/menus-due.ts'
import type { Clock } from '../clock.ts'
import type { PersonId } from '../db/ids.ts'
import { readTogether } from '../db/read-together.ts'
import { withLease } from './lease.ts'
import type { Job } from './runner.ts'
import { type ShowDeps, showMenu, takeMenuAway } from './show-menus.ts'

export const MENUS_LEASE = 'rich-menus'

/** People looked at in one transaction: the loop stays free for webhooks in between. */
const SLICE = 500
const PARALLEL = 4
/** LINE says nothing about when a rate limit ends. */
const REST_AFTER_429_MS = 60_000
/** Accounts that left are looked for in one piece, so not at every pass. */
const STRAYS_EVERY_MS = 60_000

/**
 * Shows everybody the menu of the duty that the account speaks for: after joining, switching, being replaced, suspended or ended.
 * Does nothing until `lec line menus` has made the menus.
 */
export function linkMenusJob(deps: Omit<ShowDeps, 'platformNow'> & { clock: Clock; everyMs?: number }): Job {
  const { db, clock } = deps
  const show: ShowDeps = { ...deps, platformNow: clock.platformNow }
  let restUntil = 0
  let straysAt = 0
  return {
    name: 'link-menus',
    everyMs: deps.everyMs ?? 3_000,
    async run(signal) {
      if (clock.platformNow() < restUntil) return
      const ready = readTogether(db, (tx) => readyMenus(tx))
      if (ready.size === 0) return
      await withLease(db, MENUS_LEASE, 30_000, clock.platformNow, async () => {
        try {
          if (clock.platformNow() >= straysAt) {
            for (const lineUserId of readTogether(db, (tx) => strayLinks(tx, SLICE)))
              await takeMenuAway(show, lineUserId)
            straysAt = clock.platformNow() + STRAYS_EVERY_MS
          }
          await everyDue({ db, clock, signal }, (due) => inTurns(due, (one) => showMenu(show, one)))
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'quota') throw error
          deps.log.warn('LINE takes no more rich menu calls for now; the rest follows')
          restUntil = clock.platformNow() + REST_AFTER_429_MS
        }
      })
    },
  }
}

/** Hands over everybody whose menu is due, slice by slice. `ready`: other menus than those on record. */
export async function everyDue(
  deps: { db: ShowDeps['db']; clock: Clock; signal?: AbortSignal; ready?: ReadonlyMap<MenuKind, string> },
  take: (due: DueMenu[]) => Promise<void>,
): Promise<void> {
  const { db, clock, signal } = deps
  let after = 0 as PersonId
  for (let more = true; more && !signal?.aborted; ) {
    const slice = readTogether(db, (tx) => {
      const asked = { after, limit: SLICE, ready: deps.ready ?? readyMenus(tx), platformNow: clock.platformNow() }
      return dueMenus(tx, asked, clock.now())
    })
    after = slice.after
    more = slice.more
    await take(slice.due)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function inTurns(due: readonly DueMenu[], act: (one: DueMenu) => Promise<void>): Promise<void> {
  const waiting = [...due]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await act(next)
  }
  await Promise.all(Array.from({ length: Math.min(PARALLEL, waiting.length) }, worker))
}
