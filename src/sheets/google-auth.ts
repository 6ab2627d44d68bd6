import { sign } from 'node:crypto'
import { AuthClient, type gaxios } from 'google-auth-library'
import { googleError } from './google-errors.ts'

/** The parts of a service account's JSON key file that signing in needs. */
export type ServiceAccountKey = {
  client_email: string
  private_key: string
  private_key_id?: string
  project_id?: string
}

export const GOOGLE_SCOPES = ['https://www.googleapis.com/auth/spreadsheets', 'https://www.googleapis.com/auth/drive']

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const ASSERTION_LIFE_S = 3600
const RENEW_BEFORE_MS = 60_000

type Token = { value: string; expiresAt: number }

/**
 * Signs in with a signed assertion at an endpoint that is a setting: google-auth-library's own JWT client knows only
 * oauth2.googleapis.com (its `token_uri` and `rootUrl` are ignored). A subclass because that library asks for one.
 */
export class ServiceAccountAuth extends AuthClient {
  readonly key: ServiceAccountKey
  readonly tokenUrl: string
  readonly timeoutMs: number
  #token: Token | null = null
  #pending: Promise<Token> | null = null

  constructor(options: { key: ServiceAccountKey; tokenUrl: string; timeoutMs: number }) {
    super({ transporterOptions: { retry: false, timeout: options.timeoutMs, fetchImplementation: fetch } })
    this.key = options.key
    this.tokenUrl = options.tokenUrl
    this.timeoutMs = options.timeoutMs
  }

  override async getAccessToken(): Promise<{ token: string }> {
    return { token: await this.#validToken() }
  }

  override async getRequestHeaders(): Promise<Headers> {
    return new Headers({ authorization: `Bearer ${await this.#validToken()}` })
  }

  override async request<T>(options: gaxios.GaxiosOptions): gaxios.GaxiosPromise<T> {
    const token = await this.#validToken()
    try {
      return await this.#send<T>(options, token)
    } catch (error) {
      // A token can die before its time (key revoked and restored, server restarted): one fresh one, then it is an answer.
      if (!isUnauthorized(error)) throw error
      this.#token = null
      return this.#send<T>(options, await this.#validToken())
    }
  }

  #send<T>(options: gaxios.GaxiosOptions, token: string): gaxios.GaxiosPromise<T> {
    const headers = new Headers(options.headers)
    headers.set('authorization', `Bearer ${token}`)
    return this.transporter.request<T>({ ...options, headers })
  }

  async #validToken(): Promise<string> {
    if (this.#token && this.#token.expiresAt - RENEW_BEFORE_MS > Date.now()) return this.#token.value
    this.#pending ??= this.#exchange().finally(() => {
      this.#pending = null
    })
    this.#token = await this.#pending
    return this.#token.value
  }

  async #exchange(): Promise<Token> {
    const askedAt = Date.now()
    const body = new URLSearchParams({
      grant_type: JWT_BEARER,
      assertion: signedAssertion({ key: this.key, audience: this.tokenUrl, nowMs: askedAt }),
    })
    let response: Response
    try {
      response = await fetch(this.tokenUrl, { method: 'POST', body, signal: AbortSignal.timeout(this.timeoutMs) })
    } catch (error) {
      throw googleError(error, 'sign in to Google')
    }
    const answer = (await response.json().catch(() => null)) as { access_token?: unknown; expires_in?: unknown } | null
    if (!response.ok || typeof answer?.access_token !== 'string') {
      throw googleError({ response: { status: response.status, data: answer } }, 'sign in to Google')
    }
    const lifeS = typeof answer.expires_in === 'number' ? answer.expires_in : 0
    return { value: answer.access_token, expiresAt: askedAt + lifeS * 1000 }
  }
}

/** RFC 7523 assertion, signed RS256 with the service account's key. */
export function signedAssertion(input: { key: ServiceAccountKey; audience: string; nowMs: number }): string {
  const issuedAt = Math.floor(input.nowMs / 1000)
  const header = { alg: 'RS256', typ: 'JWT', ...(input.key.private_key_id ? { kid: input.key.private_key_id } : {}) }
  const claims = {
    iss: input.key.client_email,
    scope: GOOGLE_SCOPES.join(' '),
    aud: input.audience,
    iat: issuedAt,
    exp: issuedAt + ASSERTION_LIFE_S,
  }
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), input.key.private_key).toString('base64url')}`
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function isUnauthorized(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 401
}
