import { HTTPFetchError } from '@line/bot-sdk'

/**
 * What became of a call to LINE's sending endpoints. `unreachable`: its fate is unknown, LINE may have done it, unless
 * `nothingSent`, when the request never left. `refused` with `ofAccount`: not this message but the whole account is refused
 * (a token or secret that is not good any more), and the message may go once that is mended.
 */
export type SendResult =
  | { kind: 'accepted'; requestId: string | null }
  | { kind: 'invalid-reply-token' }
  | { kind: 'refused'; status: number; words: string; ofAccount: boolean }
  | { kind: 'rate-limited' | 'too-many-to-one' | 'monthly-limit'; words: string }
  | { kind: 'unreachable'; words: string; nothingSent: boolean }

/** The sentence of LINE's error body, without anything that was sent. */
export function wordsOf(error: HTTPFetchError): string {
  try {
    const body = JSON.parse(error.body) as { message?: unknown; error_description?: unknown; details?: unknown }
    const details = Array.isArray(body.details) ? ` ${JSON.stringify(body.details).slice(0, 300)}` : ''
    return `${String(body.message ?? body.error_description ?? '')}${details}`
  } catch {
    return error.statusText
  }
}

/**
 * Sorts a failed call. A 409 answers a repeated retry key: LINE took the first one. The three kinds of 429 are told apart by
 * LINE's sentences, as nothing else in the answer differs.
 */
export function sendResultOf(error: unknown): SendResult {
  if (!(error instanceof HTTPFetchError)) {
    return {
      kind: 'unreachable',
      words: error instanceof Error ? error.message : 'unknown failure',
      nothingSent: neverConnected(error),
    }
  }
  const words = wordsOf(error)
  if (error.status === 409) {
    return { kind: 'accepted', requestId: error.headers.get('x-line-accepted-request-id') }
  }
  if (error.status === 400 && /invalid reply token/i.test(words)) return { kind: 'invalid-reply-token' }
  if (error.status === 429) return { kind: kindOfLimit(words), words }
  if (error.status >= 500) return { kind: 'unreachable', words: `${error.status} ${words}`, nothingSent: false }
  return { kind: 'refused', status: error.status, words, ofAccount: error.status === 401 || error.status === 403 }
}

/** The same for a token that was not issued: without one nothing was sent, and no message is to blame. */
export function unissuedResultOf(error: unknown): SendResult {
  const result = sendResultOf(error)
  if (result.kind === 'unreachable') return { ...result, nothingSent: true }
  return result.kind === 'refused' ? { ...result, ofAccount: true } : result
}

/** As Node's fetch names them in `cause`: no connection was made, so that no byte of the request left. */
const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function neverConnected(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
  return typeof cause?.code === 'string' && NO_CONNECTION.has(cause.code)
}

function kindOfLimit(words: string): 'rate-limited' | 'too-many-to-one' | 'monthly-limit' {
  if (/monthly limit/i.test(words)) return 'monthly-limit'
  if (/user/i.test(words)) return 'too-many-to-one'
  return 'rate-limited'
}
