import type { QuotaGrant } from './quota.ts'

export type WaitingLine<T> = { enter(urgent: boolean): Promise<T> }

export type Turn<C> = { identity: C; at: number }
type Waiting<T> = { resolve: (granted: T) => void; reject: (error: unknown) => void }

/**
 * Requests of this process that wait for the same quota: who waits in chat goes first, the others in order. One at a time
 * asks the ledger; `take` throws when the turn is too far off to wait for, and then its request is told.
 */
export function openWaitingLine<C>(options: {
  take: (urgent: boolean) => QuotaGrant<C>
  /** Until the platform's clock says `retryAt`. */
  pause: (retryAt: number) => Promise<unknown>
}): WaitingLine<Turn<C>> {
  const urgents: Waiting<Turn<C>>[] = []
  const others: Waiting<Turn<C>>[] = []
  let serving = false
  let wake = () => {}

  const serve = async () => {
    serving = true
    for (;;) {
      const urgent = urgents.length > 0
      const line = urgent ? urgents : others
      const first = line[0]
      if (!first) break
      try {
        const grant = options.take(urgent)
        if (grant.ok) {
          line.shift()
          first.resolve({ identity: grant.identity, at: grant.at })
          continue
        }
        const woken = new Promise<void>((resolve) => {
          wake = resolve
        })
        await Promise.race([options.pause(grant.retryAt), woken])
      } catch (error) {
        line.splice(line.indexOf(first), 1)
        first.reject(error)
      }
    }
    serving = false
  }

  return {
    enter(urgent) {
      return new Promise((resolve, reject) => {
        const line = urgent ? urgents : others
        line.push({ resolve, reject })
        if (!serving) void serve()
        else if (urgent) wake()
      })
    },
  }
}
