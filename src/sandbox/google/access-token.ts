import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { findServiceAccount, tokenUrl } from './accounts.ts'
import { readSettings } from './settings.ts'
import type { World } from './world.ts'

export type Caller = { email: string; scopes: ReadonlySet<string> }
type TokenAnswer = { status: number; body: Record<string, unknown> }
type Claims = { iss?: unknown; aud?: unknown; exp?: unknown; iat?: unknown; scope?: unknown; sub?: unknown }

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const hourSeconds = 3600
const skewSeconds = 300
const timeFault =
  'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.'

/** Exchanges a signed assertion for an access token: https://developers.google.com/identity/protocols/oauth2/service-account */
export function exchangeAssertion(world: World, form: URLSearchParams): TokenAnswer {
  const grantType = form.get('grant_type')
  if (!grantType) return refuse('invalid_request', 'Required parameter is missing: grant_type')
  if (grantType !== jwtBearer) return refuse('unsupported_grant_type', `Invalid grant_type: ${grantType}`)
  const parts = (form.get('assertion') ?? '').split('.')
  const header = decode(parts[0]) as { alg?: unknown; kid?: unknown } | undefined
  const claims = decode(parts[1]) as Claims | undefined
  if (parts.length !== 3 || !header || !claims) {
    return refuse('invalid_grant', 'Invalid JWT: Token is not in the correct format')
  }
  if (header.alg !== 'RS256') return refuse('invalid_grant', 'Invalid JWT Signature.')
  const account = typeof claims.iss === 'string' ? findServiceAccount(world, claims.iss) : undefined
  if (!account) return refuse('invalid_grant', 'Invalid grant: account not found')
  if (header.kid !== undefined && header.kid !== account.keyId) return refuse('invalid_grant', 'Invalid JWT Signature.')
  const signed = Buffer.from(`${parts[0]}.${parts[1]}`)
  const signature = Buffer.from(parts[2] ?? '', 'base64url')
  if (!verify('RSA-SHA256', signed, createPublicKey(account.publicKey), signature)) {
    return refuse('invalid_grant', 'Invalid JWT Signature.')
  }
  const fault = claimsFault(world, claims)
  if (fault) return fault
  return issueToken(world, { email: account.email, scope: String(claims.scope) })
}

function claimsFault(world: World, claims: Claims): TokenAnswer | undefined {
  if (!isOurAudience(world, claims.aud)) return refuse('invalid_grant', 'Invalid JWT: Failed audience check')
  const { iat, exp } = claims
  const now = world.now() / 1000
  if (typeof iat !== 'number' || typeof exp !== 'number') return refuse('invalid_grant', timeFault)
  if (iat > now + skewSeconds || exp < now || exp - iat > hourSeconds || exp <= iat) {
    return refuse('invalid_grant', timeFault)
  }
  if (typeof claims.sub === 'string' && claims.sub !== claims.iss) {
    const why =
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.'
    return { status: 401, body: { error: 'unauthorized_client', error_description: why } }
  }
  const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ').filter(Boolean) : []
  if (scopes.length === 0 || !scopes.every((scope) => scope.startsWith('https://www.googleapis.com/auth/'))) {
    return refuse('invalid_scope', 'Invalid OAuth scope or ID token audience provided.')
  }
  return undefined
}

// google-auth-library signs for Google's own endpoint whatever address it is pointed at, and loopback has two names.
function isOurAudience(world: World, audience: unknown): boolean {
  if (typeof audience !== 'string' || !URL.canParse(audience)) return false
  if (audience === 'https://oauth2.googleapis.com/token') return true
  const ours = new URL(tokenUrl(world))
  const theirs = new URL(audience)
  const loopback = ['127.0.0.1', 'localhost']
  const sameHost =
    theirs.hostname === ours.hostname || (loopback.includes(theirs.hostname) && loopback.includes(ours.hostname))
  return sameHost && theirs.port === ours.port && theirs.pathname === ours.pathname
}

function issueToken(world: World, grant: { email: string; scope: string }): TokenAnswer {
  const token = `ya29.c.${randomBytes(48).toString('base64url')}`
  const life = readSettings(world).tokenLifeMs
  world.sql('DELETE FROM tokens WHERE expires_at < ?').run(world.now() - 86_400_000)
  world
    .sql('INSERT INTO tokens (token, email, scopes, expires_at) VALUES (?, ?, ?, ?)')
    .run(token, grant.email, grant.scope, world.now() + life)
  return { status: 200, body: { access_token: token, expires_in: Math.floor(life / 1000), token_type: 'Bearer' } }
}

/** Who calls, by the bearer token of the request; nothing when it is missing, unknown or expired. */
export function findCaller(world: World, authorization: string | undefined): Caller | undefined {
  const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]
  if (!token) return undefined
  const held = world.sql('SELECT email, scopes, expires_at AS expiresAt FROM tokens WHERE token = ?').get(token) as
    | { email: string; scopes: string; expiresAt: number }
    | undefined
  if (!held || held.expiresAt <= world.now()) return undefined
  return { email: held.email, scopes: new Set(held.scopes.split(' ')) }
}

function refuse(error: string, description: string): TokenAnswer {
  return { status: 400, body: { error, error_description: description } }
}

function decode(part: string | undefined): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
