import type { Caller } from './access-token.ts'
import type { FieldMask } from './field-mask.ts'
import type { Quota } from './quota.ts'
import type { World } from './world.ts'

/** One authenticated request on its way to the function that answers it. */
export type ApiCall = {
  world: World
  quota: Quota
  caller: Caller
  /** The parts of the path that the route's pattern caught, decoded. */
  params: string[]
  query: URLSearchParams
  body: unknown
  mask: FieldMask
  /** False when the caller sent no `fields`. */
  masked: boolean
}

export type ApiRoute = {
  method: string
  pattern: RegExp
  access: 'read' | 'write'
  /** The message answered, for checking `fields`; and the message taken, for checking the body. */
  answers: string
  takes?: string
  /** What is answered when no `fields` are asked for; everything when absent. */
  defaultFields?: string
  handle: (call: ApiCall) => unknown
}
