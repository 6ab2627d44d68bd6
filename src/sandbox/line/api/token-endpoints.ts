import { timingSafeEqual } from 'node:crypto'
import type { LineAnswer } from '../line-answer.ts'
import { ok } from '../line-answer.ts'
import type { LineParts } from '../line-parts.ts'
import type { Endpoint, EndpointCall } from './endpoint.ts'

type TokenParts = Pick<LineParts, 'accessTokens' | 'channel' | 'now' | 'settings'>

const shortLivedMs = 30 * 86_400_000

const oauthError = (error: string, description: string): LineAnswer => ({
  status: 400,
  body: { error, error_description: description },
})

const same = (given: unknown, right: string) => {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function issue(parts: TokenParts, call: EndpointCall, lifeMs: number): LineAnswer {
  const { grant_type: grant, client_id: id, client_secret: secret } = call.body
  if (grant === undefined || id === undefined || secret === undefined)
    return oauthError('invalid_request', 'some parameters missed or invalid')
  if (grant !== 'client_credentials') return oauthError('unsupported_grant_type', 'unsupported grant_type')
  const { channelId, channelSecret } = parts.channel.read()
  if (!same(id, channelId) || !same(secret, channelSecret))
    return oauthError('invalid_client', 'invalid client_id or client_secret')
  return ok({
    token_type: 'Bearer',
    access_token: parts.accessTokens.issue(lifeMs),
    expires_in: Math.floor(lifeMs / 1_000),
  })
}

function verify(parts: TokenParts, call: EndpointCall): LineAnswer {
  const token = String(call.body['access_token'] ?? '')
  const { channelId, channelAccessToken } = parts.channel.read()
  const expiresAt = same(token, channelAccessToken)
    ? parts.now() + 3_000_000_000_000
    : (parts.accessTokens.expiresAt(token) ?? 0)
  if (expiresAt <= parts.now()) return oauthError('invalid_request', 'access token expired')
  return ok({ client_id: channelId, expires_in: Math.floor((expiresAt - parts.now()) / 1_000), scope: 'P CM' })
}

export function tokenEndpoints(parts: TokenParts): Endpoint[] {
  const post = { method: 'post', takes: 'form', target: 'token', open: true } as const
  return [
    {
      ...post,
      path: '/oauth2/v3/token',
      name: 'statelessToken',
      run: (call) => issue(parts, call, parts.settings.read().tokenLifeMs),
    },
    {
      ...post,
      path: '/v2/oauth/accessToken',
      name: 'shortLivedToken',
      run: (call) => issue(parts, call, shortLivedMs),
    },
    { ...post, path: '/v2/oauth/verify', name: 'verifyToken', run: (call) => verify(parts, call) },
    {
      ...post,
      path: '/v2/oauth/revoke',
      name: 'revokeToken',
      run: (call) => {
        parts.accessTokens.revoke(String(call.body['access_token'] ?? ''))
        return ok()
      },
    },
  ]
}
