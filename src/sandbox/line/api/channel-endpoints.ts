import { bodyErrors, type LineAnswer, notFound, ok, refusal } from '../line-answer.ts'
import type { LineParts } from '../line-parts.ts'
import type { Endpoint, EndpointCall } from './endpoint.ts'

type ChannelParts = Pick<LineParts, 'channel' | 'delivery' | 'now' | 'settings'>

/** LINE takes https only. Loopback http is the sandbox's one exception: there is no certificate for it. */
export function isWebhookUrl(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 500 || !URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  const loopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
  return protocol === 'https:' || (protocol === 'http:' && loopback)
}

function setEndpoint(parts: ChannelParts, call: EndpointCall): LineAnswer {
  const { endpoint } = call.body
  if (!isWebhookUrl(endpoint)) return bodyErrors([{ message: 'Invalid webhook endpoint URL', property: 'endpoint' }])
  parts.settings.change({ webhookUrl: endpoint })
  parts.delivery.wake()
  return ok()
}

/** The signed call without events that the console's Verify button and the test endpoint make. */
export async function testWebhook(parts: ChannelParts, url: string) {
  const outcome = await parts.delivery.postEvents({ url, events: [] })
  const success = outcome.status !== null && outcome.status >= 200 && outcome.status < 300
  return {
    success,
    timestamp: new Date(parts.now()).toISOString(),
    statusCode: outcome.status ?? 0,
    reason: outcome.reason,
    detail: outcome.detail,
  }
}

async function testEndpoint(parts: ChannelParts, call: EndpointCall): Promise<LineAnswer> {
  const url = call.body['endpoint'] ?? parts.settings.read().webhookUrl
  if (url === null) return notFound()
  if (!isWebhookUrl(url)) return bodyErrors([{ message: 'Invalid webhook endpoint URL', property: 'endpoint' }])
  return ok(await testWebhook(parts, url))
}

export function channelEndpoints(parts: ChannelParts): Endpoint[] {
  const webhook = '/v2/bot/channel/webhook'
  return [
    {
      method: 'get',
      path: '/v2/bot/info',
      name: 'botInfo',
      target: 'other',
      run: () => {
        const { botUserId, basicId } = parts.channel.read()
        const { markAsReadMode } = parts.settings.read()
        return ok({ userId: botUserId, basicId, displayName: 'LEC sandbox', chatMode: 'bot', markAsReadMode })
      },
    },
    {
      method: 'get',
      path: `${webhook}/endpoint`,
      name: 'getWebhookEndpoint',
      target: 'other',
      run: () => {
        const { webhookUrl, webhookActive } = parts.settings.read()
        if (webhookUrl === null) return refusal(404, 'Webhook endpoint not found')
        return ok({ endpoint: webhookUrl, active: webhookActive })
      },
    },
    {
      method: 'put',
      path: `${webhook}/endpoint`,
      name: 'setWebhookEndpoint',
      target: 'other',
      takes: 'json',
      run: (call) => setEndpoint(parts, call),
    },
    {
      method: 'post',
      path: `${webhook}/test`,
      name: 'testWebhookEndpoint',
      target: 'other',
      takes: 'optional-json',
      run: (call) => testEndpoint(parts, call),
    },
  ]
}
