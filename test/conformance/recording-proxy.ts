import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export type RecordedCall = {
  method: string
  path: string
  requestBody: Buffer
  requestType: string
  status: number
  responseBody: Buffer
}

/** Stands between a client and `target` and keeps every call as it went over the wire. */
export async function startRecordingProxy(
  target: string,
): Promise<{ url: string; calls: RecordedCall[]; close(): Promise<void> }> {
  const calls: RecordedCall[] = []
  const server = createServer((incoming, answer) => {
    const sent: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => sent.push(chunk))
    incoming.on('end', () => {
      const { method = 'GET', url: path = '/', headers } = incoming
      const requestBody = Buffer.concat(sent)
      const onward = request(
        new URL(path, target),
        { method, headers: { ...headers, host: new URL(target).host } },
        (reply) => {
          const got: Buffer[] = []
          reply.on('data', (chunk: Buffer) => got.push(chunk))
          reply.on('end', () => {
            const responseBody = Buffer.concat(got)
            const status = reply.statusCode ?? 0
            calls.push({ method, path, requestBody, requestType: headers['content-type'] ?? '', status, responseBody })
            answer.writeHead(status, reply.headers)
            answer.end(responseBody)
          })
        },
      )
      onward.on('error', () => answer.destroy())
      onward.end(requestBody)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
