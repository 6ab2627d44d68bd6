import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ApiTarget, Fault } from '../faults.ts'
import {
  internalError,
  type LineAnswer,
  monthlyLimitReached,
  notFound,
  rateLimited,
  tooManyToOneUser,
  unauthorized,
} from '../line-answer.ts'
import type { LineParts } from '../line-parts.ts'
import { abandonAfterMs, cutConnection, neverAnswer } from './client-socket.ts'
import type { Endpoint } from './endpoint.ts'
import { readBody } from './request-body.ts'

type ApiParts = Pick<LineParts, 'accessTokens' | 'faults' | 'log' | 'rates'>

const answersInstead: Record<string, () => LineAnswer> = {
  '429-rate': rateLimited,
  '429-user': tooManyToOneUser,
  '429-monthly': monthlyLimitReached,
  '500': internalError,
}

/** LINE's API: every endpoint behind the same door of token, rate, faults, request id and log. */
export function lineApi(options: { parts: ApiParts; endpoints: readonly Endpoint[]; closing: AbortSignal }): Hono {
  const { parts, endpoints, closing } = options
  const app = new Hono()
  for (const endpoint of endpoints)
    app.on(endpoint.method.toUpperCase(), [endpoint.path], (c) => serveEndpoint({ c, endpoint, parts, closing }))
  app.all('*', (c) => {
    const requestId = randomUUID()
    const reason = parts.accessTokens.refusalOf(c.req.header('authorization'))
    const answer = reason === undefined ? notFound() : unauthorized(reason)
    writeLog({ c, parts, answer, requestId, note: '' })
    return respond(answer, requestId)
  })
  return app
}

async function serveEndpoint(options: {
  c: Context
  endpoint: Endpoint
  parts: ApiParts
  closing: AbortSignal
}): Promise<Response> {
  const { c, endpoint, parts, closing } = options
  const requestId = randomUUID()
  const fault = endpointFault(parts, endpoint.target)
  if (fault?.delayMs && fault.kind !== 'timeout') await pause(fault.delayMs, closing)
  if (closing.aborted) return cutConnection(c)
  if (fault?.kind === 'cut-before-accept' || fault?.kind === 'timeout') {
    writeLog({ c, parts, answer: undefined, requestId, note: `fault ${fault.kind}` })
    if (fault.kind === 'cut-before-accept') return cutConnection(c)
    return neverAnswer({ c, forMs: fault.delayMs ?? abandonAfterMs, closing })
  }
  const answer = await answerOf({ c, endpoint, parts, requestId, fault })
  const cut = fault?.kind === 'cut-after-accept'
  writeLog({ c, parts, answer, requestId, note: fault ? `fault ${fault.kind}` : '', unheard: cut })
  return cut ? cutConnection(c) : respond(answer, requestId)
}

const endpointFault = (parts: ApiParts, target: ApiTarget) => parts.faults.takeForApi(target)

async function answerOf(options: {
  c: Context
  endpoint: Endpoint
  parts: ApiParts
  requestId: string
  fault: Fault | undefined
}): Promise<LineAnswer> {
  const { c, endpoint, parts, requestId, fault } = options
  const reason = endpoint.open ? undefined : parts.accessTokens.refusalOf(c.req.header('authorization'))
  if (reason !== undefined) return unauthorized(reason)
  if (!parts.rates.admits(endpoint.name)) return rateLimited()
  const instead = fault && answersInstead[fault.kind]
  if (instead) return instead()
  const read = await readBody(c.req.raw, endpoint.takes)
  if (!read.ok) return read.answer
  try {
    return await endpoint.run({
      requestId,
      param: (name) => c.req.param(name) ?? '',
      query: (name) => c.req.query(name),
      header: (name) => c.req.header(name),
      body: read.body,
      bytes: read.bytes,
    })
  } catch (error) {
    return { ...internalError(), summary: `sandbox error: ${error instanceof Error ? error.message : String(error)}` }
  }
}

function respond(answer: LineAnswer, requestId: string): Response {
  const headers = new Headers({ 'x-line-request-id': requestId, ...answer.headers })
  if (answer.bytes) {
    headers.set('content-type', answer.bytes.mime)
    return new Response(new Uint8Array(answer.bytes.content), { status: answer.status, headers })
  }
  headers.set('content-type', 'application/json')
  return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status as ContentfulStatusCode, headers })
}

function writeLog(options: {
  c: Context
  parts: ApiParts
  answer: LineAnswer | undefined
  requestId: string
  note: string
  unheard?: boolean
}): void {
  const { c, parts, answer, requestId, note, unheard } = options
  const outcome = unheard && answer ? `answer ${answer.status} not sent` : ''
  parts.log.write({
    method: c.req.method,
    path: c.req.path,
    status: unheard || !answer ? null : answer.status,
    summary: [answer?.summary ?? messageOf(answer), note, outcome].filter((part) => part !== '').join('; '),
    retryKey: c.req.header('x-line-retry-key'),
    requestId,
  })
}

const messageOf = (answer: LineAnswer | undefined): string => {
  const body = answer?.body
  if (!answer || answer.status < 400 || typeof body !== 'object' || body === null) return ''
  return 'message' in body && typeof body.message === 'string' ? body.message : ''
}

const pause = (ms: number, closing: AbortSignal) =>
  new Promise<void>((resolve) => {
    const finish = () => {
      clearTimeout(timer)
      closing.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    closing.addEventListener('abort', finish)
  })
