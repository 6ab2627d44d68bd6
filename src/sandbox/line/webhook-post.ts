import { createHmac } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** LINE waits this long for the bot's answer. */
export const webhookTimeoutMs = 2_000

export type PostOutcome = { status: number | null; reason: string; detail: string }

export const signatureOf = (body: Buffer, channelSecret: string): string =>
  createHmac('sha256', channelSecret).update(body).digest('base64')

/**
 * Posts signed bytes to the bot. `cut` breaks the connection in the middle of the body.
 * Each call has a connection of its own: a kept-alive one to a bot that was killed would fail for the wrong reason.
 */
export function postWebhook(options: {
  url: string
  body: Buffer
  channelSecret: string
  cut?: boolean
  signal?: AbortSignal
}): Promise<PostOutcome> {
  const url = new URL(options.url)
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve) => {
    const failed = (reason: string, detail: string) => resolve({ status: null, reason, detail })
    const timer = setTimeout(() => {
      failed('REQUEST_TIMEOUT', 'Request timeout')
      call.destroy()
    }, webhookTimeoutMs)
    const call = send(url, {
      method: 'POST',
      agent: false,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': options.body.length,
        'user-agent': 'LineBotWebhook/2.0',
        'x-line-signature': signatureOf(options.body, options.channelSecret),
      },
    })
    call.on('response', (response) => {
      response.resume()
      const status = response.statusCode ?? 0
      const good = status >= 200 && status < 300
      resolve({ status, reason: good ? 'OK' : 'ERROR_STATUS_CODE', detail: String(status) })
    })
    call.on('error', (error) => failed('COULD_NOT_CONNECT', error.message))
    call.on('close', () => {
      clearTimeout(timer)
      failed('COULD_NOT_CONNECT', 'connection closed')
    })
    if (!options.cut) {
      call.end(options.body)
      return
    }
    call.write(options.body.subarray(0, Math.floor(options.body.length / 2)), () => call.destroy())
  })
}
