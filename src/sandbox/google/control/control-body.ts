import type { Context } from 'hono'
import type { z } from 'zod'
import { ControlError } from './control-error.ts'

export async function readControlBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const text = await c.req.text()
  let body: unknown
  try {
    body = text === '' ? {} : JSON.parse(text)
  } catch {
    throw new ControlError(400, 'the body is not JSON')
  }
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const faults = read.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  throw new ControlError(400, faults.join('; '))
}
