import { type Context, Hono } from 'hono'
import { exchangeAssertion, findCaller } from './access-token.ts'
import type { ApiRoute } from './api-call.ts'
import { scopeFault } from './api-scopes.ts'
import { changeRoutes } from './drive/change-routes.ts'
import { driveRoutes } from './drive/drive-routes.ts'
import { fileRoutes } from './drive/file-routes.ts'
import { permissionRoutes } from './drive/permission-routes.ts'
import { faultError } from './fault-error.ts'
import { type Fault, takeFault } from './faults.ts'
import { applyFieldMask, type FieldMask, readFieldMask } from './field-mask.ts'
import { driveError, GoogleError, sheetsError, unauthenticated } from './google-error.ts'
import type { HeldRequests } from './held-requests.ts'
import type { Quota, RequestKind } from './quota.ts'
import { checkBody } from './request-body.ts'
import { logRequest } from './request-log.ts'
import { describeRequest, loggedPath } from './request-summary.ts'
import { driveMessages } from './schema/drive-messages.ts'
import { readMessages } from './schema/message-fields.ts'
import { sheetsMessages } from './schema/sheets-messages.ts'
import { spreadsheetRoutes } from './sheets/spreadsheet-routes.ts'
import { valueRoutes } from './sheets/value-routes.ts'
import type { World } from './world.ts'

type Served = { world: World; quota: Quota; held: HeldRequests }
/** `null` is a connection that is cut without an answer. */
type Answer = { status: number; body?: unknown } | null

const messages = { sheets: readMessages(sheetsMessages), drive: readMessages(driveMessages) }
const routes: Record<'sheets' | 'drive', ApiRoute[]> = {
  sheets: [...spreadsheetRoutes, ...valueRoutes],
  drive: [...fileRoutes, ...permissionRoutes, ...changeRoutes, ...driveRoutes],
}

/** Google's side of the sandbox over HTTP: the token endpoint, Sheets v4 and Drive v3. */
export function googleApi(served: Served): Hono {
  const api = new Hono()
  api.post('/token', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    return respond(c, served, { answer: await answerToken(c, served, form), summary: 'token', email: null })
  })
  api.all('/v4/*', (c) => serve(c, served, 'sheets'))
  api.all('/drive/v3/*', (c) => serve(c, served, 'drive'))
  api.notFound((c) => c.html('<title>Error 404 (Not Found)!!1</title>', 404))
  return api
}

async function answerToken(c: Context, served: Served, form: URLSearchParams): Promise<Answer> {
  const fault = takeFault(served.world, { on: 'token', method: 'POST', path: '/token' })
  if (!fault) return exchangeAssertion(served.world, form)
  const early = await beforeEffect(c, served, fault)
  if (early !== 'go on') return early
  const error = { error: 'internal_failure', error_description: 'Backend Error' }
  if (fault.kind.startsWith('503')) return { status: 503, body: error }
  if (fault.kind === '500') return { status: 500, body: error }
  if (fault.kind.startsWith('429')) return { status: 429, body: { error: 'rate_limit_exceeded' } }
  if (fault.kind === 'slow') return exchangeAssertion(served.world, form)
  return fault.kind === 'cut' ? null : { status: 403, body: { error: 'access_denied' } }
}

async function serve(c: Context, served: Served, service: 'sheets' | 'drive'): Promise<Response> {
  const { world } = served
  // Google takes `spreadsheets/ID/` and `spreadsheets/ID/:batchUpdate` too; google-spreadsheet writes them so.
  const path = new URL(c.req.url).pathname.replace(/\/(?=:|$)/, '')
  const route = routes[service].find((one) => one.method === c.req.method && one.pattern.test(path))
  const caller = findCaller(world, c.req.header('authorization'))
  const email = caller?.email ?? null
  if (!route) {
    logRequest(world, { method: c.req.method, path: loggedPath(new URL(c.req.url)), status: 404, summary: '', email })
    return c.html('<title>Error 404 (Not Found)!!1</title>', 404)
  }
  const text = await c.req.text()
  const summary = describeRequest(text)
  const finish = (answer: Answer) => respond(c, served, { answer, summary, email })
  if (!caller) return finish(asAnswer(unauthenticated()))

  const kind: RequestKind = { service, access: route.access }
  const fault = takeFault(world, { on: service, method: c.req.method, path: decodeURIComponent(path), kind })
  if (fault) {
    const early = await beforeEffect(c, served, fault)
    if (early !== 'go on') return finish(early)
  }
  const fileId = route.pattern.exec(path)?.[1] ?? ''
  const injected = fault && faultError(fault, { service, fileId })
  if (injected && fault.kind !== '503-after') return finish(asAnswer(injected))
  try {
    const refused = scopeFault(caller, kind) ?? served.quota.take(kind, caller.email)
    if (refused) throw refused
    const query = new URL(c.req.url).searchParams
    const { mask, masked } = readMask(query, { route, service })
    const body = readBody(text, { route, service })
    const params = (route.pattern.exec(path) ?? []).slice(1).map(decodeURIComponent)
    const call = { world, quota: served.quota, caller, params, query, body, mask, masked }
    const result = world.db.transaction(() => route.handle(call)).immediate()
    if (injected) return finish(asAnswer(injected))
    if (fault?.kind === 'cut') return finish(null)
    return finish(result === undefined ? { status: 204 } : { status: 200, body: applyFieldMask(result, mask) })
  } catch (error) {
    if (error instanceof GoogleError) return finish(asAnswer(error))
    throw error
  }
}

/** What a fault does before anything happened. */
async function beforeEffect(c: Context, served: Served, fault: Fault): Promise<Answer | 'go on'> {
  if (fault.kind === 'timeout') {
    await served.held.holdUntilGone(socketOf(c))
    return null
  }
  if (fault.delayMs) await served.held.wait(fault.delayMs)
  return fault.kind === 'cut-before' ? null : 'go on'
}

function readMask(
  query: URLSearchParams,
  options: { route: ApiRoute; service: 'sheets' | 'drive' },
): { mask: FieldMask; masked: boolean } {
  const { route, service } = options
  const asked = query.get('fields') ?? query.get('$fields')
  const text = asked ?? route.defaultFields
  if (text === undefined) return { mask: null, masked: false }
  const read = readFieldMask(text, { messages: messages[service], root: route.answers })
  if (read.ok) return { mask: read.mask, masked: asked !== null }
  if (service === 'drive') {
    throw driveError(400, 'invalidParameter', `Invalid field selection ${read.path}`, { location: 'fields' })
  }
  const description = `Error expanding 'fields' parameter. Cannot find matching fields for path '${read.path}'.`
  throw sheetsError(400, 'Request contains an invalid argument.', {
    details: [
      { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field: read.path, description }] },
    ],
  })
}

function readBody(text: string, options: { route: ApiRoute; service: 'sheets' | 'drive' }): unknown {
  const { route, service } = options
  if (route.takes === undefined || text === '') return undefined
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    const message = 'Invalid JSON payload received. Unexpected token.'
    throw service === 'drive' ? driveError(400, 'parseError', 'Parse Error') : sheetsError(400, message)
  }
  const fault = checkBody(body, { messages: messages[service], message: route.takes })
  if (fault) throw service === 'drive' ? driveError(400, 'badRequest', fault.message) : fault
  return body
}

function asAnswer(error: GoogleError): Answer {
  return { status: error.status, body: error.body }
}

function respond(
  c: Context,
  served: Served,
  outcome: { answer: Answer; summary: string; email: string | null },
): Response {
  const { answer, summary, email } = outcome
  const path = loggedPath(new URL(c.req.url))
  logRequest(served.world, { method: c.req.method, path, status: answer?.status ?? null, summary, email })
  if (!answer) {
    socketOf(c)?.destroy()
    return new Response(null, { status: 503 })
  }
  if (answer.body === undefined) return new Response(null, { status: answer.status })
  const pretty = !['false', '0'].includes(c.req.query('prettyPrint') ?? 'true')
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=UTF-8', vary: 'X-Origin' }
  if (answer.status === 401)
    headers['www-authenticate'] = 'Bearer realm="https://accounts.google.com/", error="invalid_token"'
  return new Response(`${JSON.stringify(answer.body, null, pretty ? 2 : 0)}\n`, { status: answer.status, headers })
}

type CuttableSocket = NodeJS.EventEmitter & { destroy: () => void }

function socketOf(c: Context): CuttableSocket | undefined {
  const env = c.env as { incoming?: { socket?: CuttableSocket } } | undefined
  return env?.incoming?.socket
}
