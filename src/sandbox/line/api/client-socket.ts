import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'

export const abandonAfterMs = 30_000

const bindings = (c: Context): Partial<HttpBindings> => (c.env ?? {}) as Partial<HttpBindings>

/** Breaks the connection without an answer. */
export function cutConnection(c: Context): Response {
  const { incoming } = bindings(c)
  if (!incoming) return new Response('the connection would be cut here', { status: 599 })
  incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

/** Says nothing until the client gives up, the time is over or the sandbox closes; then the connection breaks. */
export async function neverAnswer(options: { c: Context; forMs: number; closing: AbortSignal }): Promise<Response> {
  const { c, forMs, closing } = options
  const { outgoing } = bindings(c)
  if (!outgoing) return cutConnection(c)
  await new Promise<void>((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      closing.removeEventListener('abort', finish)
      outgoing.off('close', finish)
      resolve()
    }
    const timer = setTimeout(finish, forMs)
    outgoing.on('close', finish)
    closing.addEventListener('abort', finish)
    if (closing.aborted || outgoing.closed) finish()
  })
  return cutConnection(c)
}
