/**
 * The one error class, thrown only at edges. `they-refused` and `unreachable` are kept apart: the first is not tried again
 * unchanged, the second is. Mapped once each to HTTP, exit code and backoff.
 */
export type ErrorCode =
  | 'bad-config'
  | 'bad-input'
  | 'database-broken'
  | 'database-too-new'
  | 'not-found'
  | 'they-refused'
  | 'unreachable'
  | 'quota'
  | 'sheet-locked'
  | 'sheet-unreadable'
  | 'sandbox'

export class AppError extends Error {
  readonly code: ErrorCode
  /** Whether the same act may succeed later without anybody changing anything. */
  readonly retry: boolean

  constructor(message: string, options: { code: ErrorCode; retry?: boolean; cause?: unknown }) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = options.code
    this.retry = options.retry ?? false
  }
}
