import { HTTPFetchError } from '@line/bot-sdk'

/** What became of a call to LINE's sending endpoints. `unreachable`: its fate is unknown, LINE may have done it. */
export type SendResult =
  | { kind: 'accepted'; requestId: string | null }
  | { kind: 'invalid-reply-token' }
  | { kind: 'refused'; status: number; words: string }
  | { kind: 'rate-limited' | 'too-many-to-one' | 'monthly-limit'; words: string }
  | { kind: 'unreachable'; words: string }

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
    return { kind: 'unreachable', words: error instanceof Error ? error.message : 'unknown failure' }
  }
  const words = wordsOf(error)
  if (error.status === 409) {
    return { kind: 'accepted', requestId: error.headers.get('x-line-accepted-request-id') }
  }
  if (error.status === 400 && /invalid reply token/i.test(words)) return { kind: 'invalid-reply-token' }
  if (error.status === 429) return { kind: kindOfLimit(words), words }
  if (error.status >= 500) return { kind: 'unreachable', words: `${error.status} ${words}` }
  return { kind: 'refused', status: error.status, words }
}

function kindOfLimit(words: string): 'rate-limited' | 'too-many-to-one' | 'monthly-limit' {
  if (/monthly limit/i.test(words)) return 'monthly-limit'
  if (/user/i.test(words)) return 'too-many-to-one'
  return 'rate-limited'
}
