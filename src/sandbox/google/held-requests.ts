/** Requests that a fault keeps waiting; closing the sandbox lets all of them go. */
export type HeldRequests = {
  holdUntilGone: (socket: NodeJS.EventEmitter | undefined) => Promise<void>
  wait: (ms: number) => Promise<void>
  releaseAll: () => void
}

const longestHoldMs = 600_000

export function openHeldRequests(): HeldRequests {
  const releases = new Set<() => void>()
  const hold = (ms: number, socket?: NodeJS.EventEmitter) =>
    new Promise<void>((resolve) => {
      const release = () => {
        clearTimeout(timer)
        releases.delete(release)
        resolve()
      }
      const timer = setTimeout(release, ms)
      releases.add(release)
      socket?.once('close', release)
    })
  return {
    holdUntilGone: (socket) => hold(longestHoldMs, socket),
    wait: (ms) => hold(ms),
    releaseAll: () => {
      for (const release of [...releases]) release()
    },
  }
}
