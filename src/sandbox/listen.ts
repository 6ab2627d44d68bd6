import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'

export type Listening = { port: number; close(): Promise<void> }

const REFUSED = { EADDRINUSE: 'is already in use', EACCES: 'may not be used by this account' } as const

export class PortTakenError extends Error {
  override name = 'PortTakenError'
}

/**
 * Serves an app on one port. A fixed port that is taken is an error; a merely preferred one (kept from the last run)
 * gives way to any free port.
 */
export async function listen(
  app: Hono,
  options: { host: string; port: number; preferred?: number },
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  const fixed = options.port !== 0
  const first = await tryListen(server, options.host, fixed ? options.port : (options.preferred ?? 0))
  if (first !== 'listening' && fixed) {
    throw new PortTakenError(`port ${options.port} on ${options.host} ${REFUSED[first]}`)
  }
  if (first !== 'listening') await tryListen(server, options.host, 0)
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server) }
}

function tryListen(server: Server, host: string, port: number): Promise<'listening' | keyof typeof REFUSED> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      server.off('listening', listening)
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(error.code)
      else reject(error)
    }
    const listening = (): void => {
      server.off('error', failed)
      resolve('listening')
    }
    server.once('error', failed)
    server.once('listening', listening)
    server.listen(port, host)
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
