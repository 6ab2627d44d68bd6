import { HTTPFetchError, LineBotClient, type messagingApi } from '@line/bot-sdk'
import { AppError } from '../app-error.ts'
import { type SendResult, sendResultOf, unissuedResultOf } from './line-errors.ts'
import { type LineMenus, lineFailure, lineMenus } from './line-menus.ts'
import { openTokenSource } from './line-token.ts'

export type { SendResult } from './line-errors.ts'

type Messages = messagingApi.Message[]

export type LineClient = {
  /** Free of quota; the token works once. There is no retry key: an `unreachable` reply may have arrived. */
  reply(input: { replyToken: string; messages: Messages }): Promise<SendResult>
  push(input: { to: string; messages: Messages; retryKey: string }): Promise<SendResult>
  multicast(input: { to: string[]; messages: Messages; retryKey: string }): Promise<SendResult>
  /** Null for somebody who blocked us, left, or never was a friend. */
  profile(userId: string): Promise<{ displayName: string } | null>
  /** The waiting dots of a one-to-one chat; 5 to 60 s in steps of 5. Its failure is of no consequence. */
  showLoading(userId: string, seconds: number): Promise<void>
  setWebhookEndpoint(url: string): Promise<void>
  botInfo(): Promise<{ userId: string; basicId: string; displayName: string }>
  /** The month's message quota in recipients, null when unlimited, and what LINE counts as used: approximate, it says. */
  quota(): Promise<{ limit: number | null; used: number }>
  menus: LineMenus
  /** Where LINE sends events, and whether webhooks are switched on; null when no address is set. */
  webhookEndpoint(): Promise<{ endpoint: string; active: boolean } | null>
  /** Makes LINE call the webhook once, without events. */
  tryWebhook(): Promise<{ success: boolean; statusCode: number; reason: string }>
}

const DEFAULT_TIMEOUT_MS = 10_000

/**
 * LINE's Messaging API through its SDK. Without a long-lived token, stateless ones are issued from id and secret, renewed in
 * time and once more when LINE answers 401 (it did nothing then). The SDK has neither timeouts nor a way to change a client's
 * token: calls are raced, and each token has a client of its own.
 */
export function openLineClient(options: {
  channelId: string
  channelSecret: string
  channelAccessToken: string | null
  apiBaseUrl: string
  dataApiBaseUrl: string
  timeoutMs?: number
}): LineClient {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const within = <T>(call: Promise<T>): Promise<T> => raced(call, timeoutMs)
  const tokens = openTokenSource({ ...options, within })
  let latest: { token: string; client: LineBotClient } | null = null

  const clientFor = (token: string): LineBotClient => {
    if (latest?.token === token) return latest.client
    const client = LineBotClient.fromChannelAccessToken({
      channelAccessToken: token,
      apiBaseURL: options.apiBaseUrl,
      dataApiBaseURL: options.dataApiBaseUrl,
    })
    latest = { token, client }
    return client
  }

  const call = async <T>(act: (client: LineBotClient) => Promise<T>): Promise<T> => {
    const token = await tokens.current()
    try {
      return await within(act(clientFor(token)))
    } catch (error) {
      if (!isUnauthorized(error) || !tokens.refused(token)) throw error
      return within(act(clientFor(await tokens.current())))
    }
  }

  const send = async (act: (client: LineBotClient) => Promise<{ httpResponse: Response }>): Promise<SendResult> => {
    try {
      // Without a token nothing can have been sent.
      await tokens.current()
    } catch (error) {
      return unissuedResultOf(error)
    }
    try {
      const { httpResponse } = await call(act)
      return { kind: 'accepted', requestId: httpResponse.headers.get('x-line-request-id') }
    } catch (error) {
      return sendResultOf(error)
    }
  }

  return {
    reply: (request) => send((client) => client.replyMessageWithHttpInfo(request)),
    push: ({ retryKey, ...request }) => send((client) => client.pushMessageWithHttpInfo(request, retryKey)),
    multicast: ({ retryKey, ...request }) => send((client) => client.multicastWithHttpInfo(request, retryKey)),
    profile: async (userId) => {
      try {
        const { displayName } = await call((client) => client.getProfile(userId))
        return { displayName }
      } catch (error) {
        if (error instanceof HTTPFetchError && error.status === 404) return null
        throw error
      }
    },
    showLoading: async (chatId, seconds) => {
      const loadingSeconds = Math.min(60, Math.max(5, Math.ceil(seconds / 5) * 5))
      try {
        await call((client) => client.showLoadingAnimation({ chatId, loadingSeconds }))
      } catch {
        // Only an ornament: the answer itself is what counts.
      }
    },
    setWebhookEndpoint: async (endpoint) => {
      await call((client) => client.setWebhookEndpoint({ endpoint }))
    },
    botInfo: async () => {
      const { userId, basicId, displayName } = await call((client) => client.getBotInfo())
      return { userId, basicId, displayName }
    },
    quota: async () => {
      const allowed = await call((client) => client.getMessageQuota())
      const { totalUsage } = await call((client) => client.getMessageQuotaConsumption())
      return { limit: allowed.type === 'limited' ? (allowed.value ?? 0) : null, used: totalUsage }
    },
    menus: lineMenus(call),
    webhookEndpoint: async () => {
      try {
        const { endpoint, active } = await call((client) => client.getWebhookEndpoint())
        return { endpoint, active }
      } catch (error) {
        const failure = lineFailure(error)
        if (failure.code === 'not-found') return null
        throw failure
      }
    },
    tryWebhook: async () => {
      const { success, statusCode, reason } = await call((client) => client.testWebhookEndpoint({}))
      return { success: success ?? false, statusCode, reason }
    },
  }
}

const isUnauthorized = (error: unknown): boolean => error instanceof HTTPFetchError && error.status === 401

/** The loser's fate is unknown: it runs on, and its late failure must not become an unhandled one. */
async function raced<T>(call: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError(`LINE did not answer within ${ms} ms`, { code: 'unreachable', retry: true })),
      ms,
    )
  })
  call.catch(() => undefined)
  try {
    return await Promise.race([call, late])
  } finally {
    clearTimeout(timer)
  }
}
