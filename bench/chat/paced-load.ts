import { connect, type Socket } from 'node:net'

const MOST_CONNECTIONS = 64

/**
 * Sends each call when its time has come, however slow the answers are, over sockets that stay open. Returns the milliseconds from that
 * time to the answer: a call that waits for a free socket has waited. Raw sockets: a client would be slower than the server.
 */
export async function pacedLoad(input: {
  port: number
  calls: readonly Buffer[]
  perSecond: number
}): Promise<number[]> {
  const { port, calls, perSecond } = input
  // Each is in use often enough not to be closed as idle, after five seconds.
  const connections = Math.min(MOST_CONNECTIONS, perSecond)
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(port)))
  const idle = [...sockets]
  const dueAt = new Map<Socket, number>()
  const times: number[] = []
  const began = performance.now()
  const due = (call: number): number => began + (call * 1_000) / perSecond
  let next = 0
  try {
    await new Promise<void>((resolve, reject) => {
      const send = () => {
        const now = performance.now()
        for (let call = calls[next]; call && due(next) <= now; call = calls[next]) {
          const socket = idle.shift()
          if (!socket) break
          dueAt.set(socket, due(next))
          socket.write(call)
          next += 1
        }
      }
      const pace = () => {
        send()
        if (next < calls.length) setImmediate(pace)
      }
      for (const socket of sockets) {
        socket.on('error', reject)
        socket.on('data', (chunk) => {
          const answer = chunk.toString('latin1')
          if (!answer.startsWith('HTTP/1.1 200')) return reject(new Error(answer.slice(0, 200)))
          times.push(performance.now() - (dueAt.get(socket) ?? began))
          idle.push(socket)
          if (times.length === calls.length) return resolve()
          send()
        })
      }
      pace()
    })
  } finally {
    for (const socket of sockets) socket.destroy()
  }
  return times
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket))
    socket.once('error', reject)
  })
}
