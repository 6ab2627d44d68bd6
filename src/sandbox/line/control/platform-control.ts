import { Hono } from 'hono'
import { z } from 'zod'
import { isWebhookUrl, testWebhook } from '../api/channel-endpoints.ts'
import { apiFaults, apiTargets, webhookFaults } from '../faults.ts'
import type { LineParts } from '../line-parts.ts'
import { settingsShape } from '../sandbox-settings.ts'
import { fail, numberQuery, readInput } from './control-answer.ts'

const newFault = z.union([
  z.strictObject({
    on: z.enum([...apiTargets, 'any']),
    kind: z.enum(apiFaults),
    times: z.int().positive().default(1),
    delayMs: z.int().min(0).optional(),
  }),
  z.strictObject({
    on: z.literal('webhook'),
    kind: z.enum(webhookFaults),
    times: z.int().positive().default(1),
    delayMs: z.int().min(0).optional(),
  }),
])
const waitFor = z.strictObject({ timeoutMs: z.int().min(1).max(120_000).default(5_000) })
const quotaUsed = z.strictObject({ totalUsage: z.int().min(0) })

/** The channel itself: its identity, its settings, what it was asked, and what is to go wrong. */
export function platformControl(parts: LineParts, apiBaseUrl: () => string): Hono {
  const { channel, delivery, faults, log, quota, settings } = parts
  const app = new Hono()

  app.get('/channel', (c) => c.json({ ...channel.read(), apiBaseUrl: apiBaseUrl(), dataApiBaseUrl: apiBaseUrl() }))
  app.post('/channel/reissue-secret', (c) => c.json(channel.reissueSecret()))
  app.post('/channel/reissue-access-token', (c) => c.json(channel.reissueAccessToken()))

  app.get('/settings', (c) => c.json(settings.read()))
  app.put('/settings', async (c) => {
    const input = await readInput(c, settingsShape.partial())
    if (!input.ok) return input.response
    const { webhookUrl } = input.value
    if (typeof webhookUrl === 'string' && !isWebhookUrl(webhookUrl))
      return fail(c, 400, 'webhookUrl must be https, or http on loopback')
    const given = Object.fromEntries(Object.entries(input.value).filter(([, value]) => value !== undefined))
    const changed = settings.change(given)
    delivery.wake()
    return c.json(changed)
  })
  app.put('/quota-used', async (c) => {
    const input = await readInput(c, quotaUsed)
    if (!input.ok) return input.response
    quota.setUsed(input.value.totalUsage)
    return c.json({ totalUsage: quota.used() })
  })

  app.get('/faults', (c) => c.json({ faults: faults.list() }))
  app.post('/faults', async (c) => {
    const input = await readInput(c, newFault)
    return input.ok ? c.json({ id: faults.add(input.value) }, 201) : input.response
  })
  app.delete('/faults', (c) => {
    faults.clear()
    return c.json({ faults: [] })
  })

  app.get('/requests', (c) => c.json({ items: log.list(numberQuery(c, 'after', 0), numberQuery(c, 'limit', 500)) }))
  app.get('/webhooks', (c) =>
    c.json({ items: log.listCalls(numberQuery(c, 'after', 0), numberQuery(c, 'limit', 500)) }),
  )

  app.post('/verify-webhook', async (c) => {
    const url = settings.read().webhookUrl
    if (url === null) return fail(c, 409, 'no webhook URL is set')
    return c.json(await testWebhook(parts, url))
  })
  app.post('/idle', async (c) => {
    const input = await readInput(c, waitFor)
    return input.ok ? c.json({ idle: await delivery.idle(input.value.timeoutMs) }) : input.response
  })
  return app
}
