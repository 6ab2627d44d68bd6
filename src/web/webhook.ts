import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Logger } from 'pino'
import { parseWebhook, verifySignature } from '../bot/webhook.ts'
import type { InboxWriter } from './inbox-writer.ts'

const MAX_BODY = 2 * 1024 * 1024

export type WebhookDeps = {
  channelSecrets: string[]
  /** Our bot's user id once LINE told it; events for another bot are not ours. */
  botUserId: () => string | null
  inbox: InboxWriter
  wake: () => void
  log: Logger
}

/** POST /line/webhook: verifies the exact bytes, stores the events durably, wakes the worker, answers 200. Nothing else. */
export function webhookRoute(deps: WebhookDeps): Hono {
  const app = new Hono()
  const refuse = (c: Context) => c.json({ error: 'body larger than 2 MB' }, 413)
  const counted = bodyLimit({ maxSize: MAX_BODY, onError: refuse })
  // LINE says how long a call is, and Node reads no further: only a call that does not say is counted as it comes in. Hono's own limit
  // makes a web stream of every body first, which costs more than all the rest.
  const limited: MiddlewareHandler = async (c, next) => {
    const length = c.req.header('content-length')
    if (length === undefined) return counted(c, next)
    if (Number(length) > MAX_BODY) return refuse(c)
    await next()
  }
  app.post('/line/webhook', limited, async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer())
    const signature = c.req.header('x-line-signature')
    if (!signature) return c.json({ error: 'x-line-signature is missing' }, 401)
    if (!verifySignature({ body, signature, secrets: deps.channelSecrets })) {
      deps.log.warn({ bytes: body.length }, 'webhook with a wrong signature refused')
      return c.json({ error: 'x-line-signature does not fit the body' }, 401)
    }
    const parsed = parseWebhook(body.toString('utf8'))
    if (!parsed.ok)
      return c.json({ error: parsed.why === 'not-json' ? 'body is not JSON' : 'body is not a LINE webhook' }, 400)
    const own = deps.botUserId()
    if (own && parsed.destination !== own) {
      deps.log.warn({ events: parsed.events.length }, 'webhook for another bot ignored')
      return c.json({})
    }
    if (parsed.events.length === 0) return c.json({})
    await deps.inbox.store(parsed.events)
    deps.wake()
    return c.json({})
  })
  return app
}
