import type { VirtualClock } from './virtual-clock.ts'

/** How long Google takes to answer; assumed, and the same for everybody. */
export const LATENCY_MS = { read: 400, write: 600, drive: 250 }

/** Lets every request of this process tell the virtual time and take as long on that clock as a request to Google does. */
export function putGoogleFarAway(clock: VirtualClock): { restore(): void } {
  const realFetch = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    request.headers.set('x-now', String(clock.now()))
    const answer = await clock.during(async () => {
      const response = await realFetch(request)
      return { status: response.status, headers: response.headers, body: await response.arrayBuffer() }
    })
    await clock.wait(latencyOf(request))
    return new Response(answer.body, answer)
  }
  return {
    restore: () => {
      globalThis.fetch = realFetch
    },
  }
}

function latencyOf({ url, method }: Request): number {
  if (url.includes('/drive/')) return LATENCY_MS.drive
  return method === 'GET' ? LATENCY_MS.read : LATENCY_MS.write
}
