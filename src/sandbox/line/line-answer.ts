export type ErrorDetail = { message: string; property: string }

/** What an endpoint answers: LINE's status and body, and a line for the request log. */
export type LineAnswer = {
  status: number
  body?: unknown
  bytes?: { mime: string; content: Uint8Array }
  headers?: Record<string, string>
  summary?: string
}

export const ok = (body: unknown = {}, summary?: string): LineAnswer => ({
  status: 200,
  body,
  ...(summary === undefined ? {} : { summary }),
})

export const refusal = (status: number, message: string, details?: readonly ErrorDetail[]): LineAnswer => ({
  status,
  body: { message, ...(details && details.length > 0 ? { details } : {}) },
})

export const bodyErrors = (details: readonly ErrorDetail[]): LineAnswer =>
  refusal(400, `The request body has ${details.length} error(s)`, details)

export const notFound = (): LineAnswer => refusal(404, 'Not found')

export const invalidProperty = (name: string): LineAnswer =>
  refusal(400, `The property, '${name}', in the request body is invalid (line: -, column: -)`)

// Wordings as they stand in LINE's list of error messages, except the one for too many to one person, which LINE does
// not publish: it must only be told apart from the other two.
export const rateLimited = (): LineAnswer => refusal(429, 'The API rate limit has been exceeded. Try again later.')
export const monthlyLimitReached = (): LineAnswer => refusal(429, 'You have reached your monthly limit.')
export const tooManyToOneUser = (): LineAnswer =>
  refusal(429, 'Too many messages have been sent to this user. Try again later.')
export const internalError = (): LineAnswer => refusal(500, 'Internal server error')
export const notAvailable = (): LineAnswer => refusal(403, 'Access to this API is not available for your account')
export const unauthorized = (reason: string): LineAnswer =>
  refusal(401, `Authentication failed due to the following reason: ${reason}`)
