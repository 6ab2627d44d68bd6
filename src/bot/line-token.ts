import { channelAccessToken } from '@line/bot-sdk'

/** Stateless tokens live 15 minutes; a fifth of the life is kept in hand for calls under way. */
const SHARE_USED = 0.8

export type TokenSource = {
  /** A token good for now; issued when there is none, or when the last one is close to its end. */
  current(): Promise<string>
  /** LINE refused this token: the next call issues a new one. False when there is no way to get another. */
  refused(token: string): boolean
}

/** A long-lived token as given, or stateless ones from the channel's id and secret; calls at once share one issue. */
export function openTokenSource(options: {
  channelId: string
  channelSecret: string
  channelAccessToken: string | null
  apiBaseUrl: string
  within: <T>(call: Promise<T>) => Promise<T>
}): TokenSource {
  const fixed = options.channelAccessToken
  if (fixed !== null) return { current: () => Promise.resolve(fixed), refused: () => false }
  const client = new channelAccessToken.ChannelAccessTokenClient({ baseURL: options.apiBaseUrl })
  let held: { token: string; until: number } | null = null
  let issuing: Promise<string> | null = null
  const issue = async (): Promise<string> => {
    const askedAt = Date.now()
    const answer = await options.within(
      client.issueStatelessChannelTokenByClientSecret(options.channelId, options.channelSecret),
    )
    held = { token: answer.access_token, until: askedAt + answer.expires_in * 1000 * SHARE_USED }
    return held.token
  }
  return {
    current: () => {
      if (held && Date.now() < held.until) return Promise.resolve(held.token)
      issuing ??= issue().finally(() => {
        issuing = null
      })
      return issuing
    },
    refused: (token) => {
      if (held?.token === token) held = null
      return true
    },
  }
}
