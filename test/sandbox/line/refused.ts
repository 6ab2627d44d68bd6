import { HTTPFetchError } from '@line/bot-sdk'

export type Refused = {
  status: number
  message: string
  details: { message: string; property: string }[]
  headers: Headers
  body: Record<string, unknown>
}

/** What LINE's side answered to a call that must be refused. */
export async function refused(call: Promise<unknown>): Promise<Refused> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof HTTPFetchError)) throw error
    const body = JSON.parse(error.body) as { message: string; details?: Refused['details'] }
    return {
      status: error.status,
      message: body.message,
      details: body.details ?? [],
      headers: error.headers,
      body: body as Record<string, unknown>,
    }
  }
  throw new Error('the call was accepted')
}

export const texts = (...words: string[]) => words.map((text) => ({ type: 'text' as const, text }))
