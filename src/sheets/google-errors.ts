import { AppError, type ErrorCode } from '../app-error.ts'

/** What Google's answer means for us; "they refused" and "could not reach them" are never the same kind. */
export type GoogleFailureKind =
  | 'quota'
  | 'unreachable'
  | 'not-found'
  | 'access-lost'
  | 'locked'
  | 'invalid-sharing'
  | 'bad-page-token'
  | 'sign-in'
  | 'refused'

/** Safe to log: holds no URL, header, token or body. */
export type GoogleFailure = {
  kind: GoogleFailureKind
  status: number | null
  reason: string
  /** Which quota is used up; `sharing` has a limit of its own and stops nothing else. */
  whose?: 'identity' | 'project' | 'sharing'
  /** Google's own word on when to come back. */
  retryAfterMs?: number
}

const CODES: Record<GoogleFailureKind, { code: ErrorCode; retry: boolean }> = {
  quota: { code: 'quota', retry: true },
  unreachable: { code: 'unreachable', retry: true },
  'not-found': { code: 'not-found', retry: false },
  'access-lost': { code: 'they-refused', retry: false },
  locked: { code: 'sheet-locked', retry: false },
  'invalid-sharing': { code: 'they-refused', retry: false },
  'bad-page-token': { code: 'they-refused', retry: false },
  'sign-in': { code: 'they-refused', retry: false },
  refused: { code: 'they-refused', retry: false },
}

// Drive tells quota as 403 or 429, by reason: https://developers.google.com/workspace/drive/api/guides/handle-errors
const QUOTA_REASONS = new Map<string, GoogleFailure['whose']>([
  ['rateLimitExceeded', 'project'],
  ['userRateLimitExceeded', 'identity'],
  ['dailyLimitExceeded', 'project'],
  ['quotaExceeded', 'project'],
  ['sharingRateLimitExceeded', 'sharing'],
  ['RATE_LIMIT_EXCEEDED', 'project'],
  ['RESOURCE_EXHAUSTED', 'project'],
])

/** The error for whatever a Google client threw; ours and our own bugs pass unchanged. `what` says in English what was tried. */
export function googleError(error: unknown, what: string): unknown {
  if (error instanceof AppError || !cameFromGoogle(error)) return error
  const failure = classify(error)
  const status = failure.status === null ? '' : ` ${failure.status}`
  return new AppError(`Google (${failure.kind}${status}, ${failure.reason}): could not ${what}`, {
    ...CODES[failure.kind],
    cause: failure,
  })
}

/** The failure behind an error that came from Google; null when it is something else (our own bug). */
export function googleFailureOf(error: unknown): GoogleFailure | null {
  if (!(error instanceof AppError)) return null
  const cause = error.cause
  if (typeof cause !== 'object' || cause === null || !('kind' in cause) || !('reason' in cause)) return null
  return cause as GoogleFailure
}

/** An answer, a request that gaxios could not finish (it hangs its config on the error), or fetch's own failures. */
function cameFromGoogle(error: unknown): boolean {
  if (field(error, 'response') !== undefined || field(error, 'config') !== undefined) return true
  if (!(error instanceof Error)) return false
  return error.name === 'TimeoutError' || error.name === 'AbortError' || error.message === 'fetch failed'
}

function classify(error: unknown): GoogleFailure {
  const response = field(error, 'response')
  const status = field(response, 'status')
  if (typeof status !== 'number') return { kind: 'unreachable', status: null, reason: networkReason(error) }
  const body = field(field(response, 'data'), 'error')
  const reason = reasonOf(body)
  const message = textOf(field(body, 'message'))
  const location = textOf(field(firstOf(field(body, 'errors')), 'location'))
  const kind = kindOf({ status, reason, message, location })
  const retryAfterMs = retryAfterOf(response)
  return {
    kind,
    status,
    reason,
    ...(kind === 'quota' ? { whose: whoseQuota(body, reason) } : {}),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  }
}

/** Sheets names the limit in a detail: ReadRequestsPerMinutePerUser or ...PerProject. */
function whoseQuota(body: unknown, reason: string): NonNullable<GoogleFailure['whose']> {
  const details = field(body, 'details')
  for (const detail of Array.isArray(details) ? details : []) {
    const limit = textOf(field(field(detail, 'metadata'), 'quota_limit'))
    if (limit !== '') return /PerUser/i.test(limit) ? 'identity' : 'project'
  }
  return QUOTA_REASONS.get(reason) ?? 'project'
}

/** Seconds, or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfterOf(response: unknown): number | null {
  const headers = field(response, 'headers')
  const text = headers instanceof Headers ? headers.get('retry-after') : field(headers, 'retry-after')
  if (typeof text !== 'string' || text === '') return null
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now()
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, LONGEST_RETRY_AFTER_MS) : null
}

const LONGEST_RETRY_AFTER_MS = 3_600_000

function kindOf(answer: { status: number; reason: string; message: string; location: string }): GoogleFailureKind {
  const { status, reason, message } = answer
  if (status === 429 || (status === 403 && QUOTA_REASONS.has(reason))) return 'quota'
  if (status >= 500 || status === 408) return 'unreachable'
  if (reason === 'invalid_grant' || reason === 'invalid_client' || status === 401) return 'sign-in'
  if (reason === 'invalidSharingRequest') return 'invalid-sharing'
  if (status === 404) return 'not-found'
  // Where Google says that a lock is the cause; Sheets answers a write to a locked file like a lost right.
  if (status === 403 && /content ?restrict|read-?only|locked/i.test(`${reason} ${message}`)) return 'locked'
  if (status === 403) return 'access-lost'
  if (answer.location === 'pageToken') return 'bad-page-token'
  return 'refused'
}

/** The first `reason` wherever the API put it: errors[0].reason, a detail's reason, `status`, or OAuth's plain string. */
function reasonOf(body: unknown): string {
  if (typeof body === 'string') return body
  const first = field(firstOf(field(body, 'errors')), 'reason')
  if (typeof first === 'string') return first
  const details = field(body, 'details')
  for (const detail of Array.isArray(details) ? details : []) {
    const reason = field(detail, 'reason')
    if (typeof reason === 'string') return reason
  }
  return textOf(field(body, 'status')) || 'unknown'
}

function networkReason(error: unknown): string {
  const code = field(error, 'code') ?? field(field(error, 'cause'), 'code')
  if (typeof code === 'string') return code
  return error instanceof Error ? error.name : 'unknown'
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
