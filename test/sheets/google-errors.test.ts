import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/app-error.ts'
import { googleError, googleFailureOf } from '../../src/sheets/google-errors.ts'

const answer = (status: number, error: unknown) => ({ response: { status, data: { error } } })
const withReason = (status: number, reason: string, message = '') =>
  answer(status, { code: status, message, errors: [{ reason, domain: 'global', message }] })

describe('what an answer of Google means', () => {
  it.each([
    ['429 of Sheets', answer(429, { code: 429, status: 'RESOURCE_EXHAUSTED' }), 'quota', true],
    ['403 of Drive for too many requests', withReason(403, 'userRateLimitExceeded'), 'quota', true],
    ['403 of Drive for too much sharing', withReason(403, 'sharingRateLimitExceeded'), 'quota', true],
    ['503', answer(503, { code: 503, status: 'UNAVAILABLE' }), 'unreachable', true],
    ['500 without a body', { response: { status: 500, data: '' } }, 'unreachable', true],
    ['a request that was cut', Object.assign(new Error('socket hang up'), { config: {} }), 'unreachable', true],
    ['a timeout', new DOMException('The operation timed out', 'TimeoutError'), 'unreachable', true],
    ['404', withReason(404, 'notFound'), 'not-found', false],
    ['403 for a lost right', withReason(403, 'insufficientFilePermissions'), 'access-lost', false],
    ['403 of Sheets for a lost right', answer(403, { code: 403, status: 'PERMISSION_DENIED' }), 'access-lost', false],
    ['403 for a locked file', withReason(403, 'fileIsContentRestricted', 'The file is locked'), 'locked', false],
    ['400 for an address that is no account', withReason(400, 'invalidSharingRequest'), 'invalid-sharing', false],
    [
      '400 for a token of another feed',
      answer(400, { code: 400, message: 'Invalid Value', errors: [{ reason: 'invalid', location: 'pageToken' }] }),
      'bad-page-token',
      false,
    ],
    ['400', withReason(400, 'badRequest'), 'refused', false],
    ['a refused assertion', { response: { status: 400, data: { error: 'invalid_grant' } } }, 'sign-in', false],
  ])('%s', (_what, thrown, kind, retry) => {
    const error = googleError(thrown, 'read a sheet')
    expect(googleFailureOf(error)?.kind).toBe(kind)
    expect(error).toBeInstanceOf(AppError)
    expect((error as AppError).retry).toBe(retry)
  })

  it('keeps tokens, addresses and bodies out of what may be logged', () => {
    const thrown = Object.assign(new Error('GET http://x/?key=secret-key failed'), {
      config: { url: 'http://x/?key=secret-key', headers: { authorization: 'Bearer secret-token' } },
      ...withReason(403, 'forbidden', 'secret-body'),
    })
    const error = googleError(thrown, 'read a sheet') as AppError
    expect(`${error.message} ${error.stack} ${JSON.stringify(error.cause)}`).not.toMatch(/secret/)
  })

  it('leaves our own bugs alone', () => {
    const bug = new TypeError('x is not a function')
    expect(googleError(bug, 'read a sheet')).toBe(bug)
  })
})
