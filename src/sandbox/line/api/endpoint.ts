import type { ApiTarget } from '../faults.ts'
import type { LineAnswer } from '../line-answer.ts'

export type EndpointCall = {
  requestId: string
  param: (name: string) => string
  query: (name: string) => string | undefined
  header: (name: string) => string | undefined
  /** The parsed JSON or form body; an empty object where the endpoint takes none. */
  body: Record<string, unknown>
  bytes: Buffer
}

/** One endpoint of LINE's API. `name` counts its rate, `target` is what faults are ordered on. */
export type Endpoint = {
  method: 'get' | 'post' | 'put' | 'delete'
  path: string
  name: string
  target: ApiTarget
  takes?: 'json' | 'optional-json' | 'form' | 'bytes'
  open?: boolean
  run: (call: EndpointCall) => LineAnswer | Promise<LineAnswer>
}
