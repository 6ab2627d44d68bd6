import type { Context } from 'hono'
import { z } from 'zod'

export type Failure = 400 | 404 | 409

export const fail = (c: Context, status: Failure, error: string): Response => c.json({ error }, status)

export type ReadInput<T> = { ok: true; value: T } | { ok: false; response: Response }

/** Reads the JSON body of a control call; an empty body counts as {}. */
export async function readInput<T>(c: Context, shape: z.ZodType<T>): Promise<ReadInput<T>> {
  const text = await c.req.text()
  const refused = (error: string): ReadInput<T> => ({ ok: false, response: fail(c, 400, error) })
  let json: unknown
  try {
    json = text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    return refused('the body is not JSON')
  }
  const parsed = shape.safeParse(json)
  return parsed.success ? { ok: true, value: parsed.data } : refused(z.prettifyError(parsed.error))
}

export const numberQuery = (c: Context, name: string, otherwise: number): number => {
  const value = Number(c.req.query(name) ?? otherwise)
  return Number.isFinite(value) ? value : otherwise
}
