import { bodyErrors, type LineAnswer, refusal } from '../line-answer.ts'
import type { Endpoint } from './endpoint.ts'

const mostBytes = 2 * 1024 * 1024
// Up to here a body that is too large is read all the same: a client that is still sending would miss the answer.
const mostRead = 8 * mostBytes

export type ReadBody = { ok: true; body: Record<string, unknown>; bytes: Buffer } | { ok: false; answer: LineAnswer }

const nothing = Buffer.alloc(0)
const refused = (answer: LineAnswer): ReadBody => ({ ok: false, answer })

/** Reads what an endpoint takes, with LINE's answers for what it does not. */
export async function readBody(request: Request, takes: Endpoint['takes']): Promise<ReadBody> {
  if (takes === undefined) return { ok: true, body: {}, bytes: nothing }
  const tooLarge = refused(refusal(413, 'Request exceeds the max size of 2MB'))
  if (Number(request.headers.get('content-length') ?? 0) > mostRead) return tooLarge
  const bytes = Buffer.from(await request.arrayBuffer())
  if (bytes.length > mostBytes) return tooLarge
  if (takes === 'bytes') return { ok: true, body: {}, bytes }
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (takes === 'optional-json' && bytes.length === 0) return { ok: true, body: {}, bytes }
  if (takes === 'form') {
    if (type !== 'application/x-www-form-urlencoded') return refused(unsupported(type))
    return { ok: true, body: Object.fromEntries(new URLSearchParams(bytes.toString('utf8'))), bytes }
  }
  if (type !== 'application/json') return refused(unsupported(type))
  return parseJson(bytes)
}

const unsupported = (type: string) => refusal(415, `The content type, ${type}, is not supported`)

function parseJson(bytes: Buffer): ReadBody {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { ok: true, body: value as Record<string, unknown>, bytes }
    return refused(bodyErrors([{ message: 'must be a JSON object', property: '' }]))
  } catch {
    return refused(refusal(400, 'The request body could not be parsed as JSON (line: 1, column: 1)'))
  }
}
