/** What Google answers instead of a result. `why` tells a person's refused edit apart from a malformed request. */
export class GoogleError extends Error {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly why: 'refused' | 'protected' | 'invalid'

  constructor(options: {
    status: number
    message: string
    body: Record<string, unknown>
    why?: 'refused' | 'protected' | 'invalid'
  }) {
    super(options.message)
    this.name = 'GoogleError'
    this.status = options.status
    this.body = options.body
    this.why = options.why ?? (options.status === 400 ? 'invalid' : 'refused')
  }
}

const statusOf: Record<number, { status: string; reason: string }> = {
  400: { status: 'INVALID_ARGUMENT', reason: 'badRequest' },
  401: { status: 'UNAUTHENTICATED', reason: 'authError' },
  403: { status: 'PERMISSION_DENIED', reason: 'forbidden' },
  404: { status: 'NOT_FOUND', reason: 'notFound' },
  409: { status: 'ABORTED', reason: 'aborted' },
  429: { status: 'RESOURCE_EXHAUSTED', reason: 'rateLimitExceeded' },
  500: { status: 'INTERNAL', reason: 'backendError' },
  501: { status: 'UNIMPLEMENTED', reason: 'notImplemented' },
  503: { status: 'UNAVAILABLE', reason: 'backendError' },
}

/** An error as the Sheets API words it: a canonical status beside the older `errors` list, both of which clients read. */
export function sheetsError(
  code: number,
  message: string,
  options: { details?: unknown[]; why?: 'refused' | 'protected' | 'invalid' } = {},
): GoogleError {
  const known = statusOf[code] ?? { status: 'UNKNOWN', reason: 'unknown' }
  return new GoogleError({
    status: code,
    message,
    ...(options.why ? { why: options.why } : {}),
    body: {
      error: {
        code,
        message,
        errors: [{ message, domain: code === 429 ? 'usageLimits' : 'global', reason: known.reason }],
        status: known.status,
        ...(options.details ? { details: options.details } : {}),
      },
    },
  })
}

/** An error as the Drive API words it: https://developers.google.com/workspace/drive/api/guides/handle-errors */
export function driveError(
  code: number,
  reason: string,
  message: string,
  options: { domain?: string; location?: string; locationType?: string } = {},
): GoogleError {
  const { domain = 'global', location, locationType = 'parameter' } = options
  const error = { message, domain, reason, ...(location ? { location, locationType } : {}) }
  return new GoogleError({ status: code, message, body: { error: { code, message, errors: [error] } } })
}

export function fileNotFound(fileId: string): GoogleError {
  return driveError(404, 'notFound', `File not found: ${fileId}.`, { location: 'fileId' })
}

export function callerHasNoPermission(): GoogleError {
  return sheetsError(403, 'The caller does not have permission')
}

export function unauthenticated(): GoogleError {
  const message =
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.'
  return new GoogleError({
    status: 401,
    message,
    body: {
      error: {
        code: 401,
        message,
        errors: [
          {
            message: 'Invalid Credentials',
            domain: 'global',
            reason: 'authError',
            location: 'Authorization',
            locationType: 'header',
          },
        ],
        status: 'UNAUTHENTICATED',
      },
    },
  })
}
