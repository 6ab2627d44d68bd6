import { HTTPFetchError, type LineBotClient, type messagingApi } from '@line/bot-sdk'
import { AppError } from '../app-error.ts'
import { wordsOf } from './line-errors.ts'

export type ChannelMenu = { richMenuId: string; name: string }

/** LINE's rich menus. Everything fails with an AppError: `quota` (429), `unreachable`, `not-found`, or `they-refused`. */
export type LineMenus = {
  list(): Promise<ChannelMenu[]>
  create(request: messagingApi.RichMenuRequest): Promise<string>
  /** A menu takes one picture for good: one that is there already is left, and that is no failure. */
  putPicture(richMenuId: string, png: Uint8Array<ArrayBuffer>): Promise<void>
  /** One that is gone already is no failure. */
  remove(richMenuId: string): Promise<void>
  exists(richMenuId: string): Promise<boolean>
  aliases(): Promise<Map<string, string>>
  setAlias(alias: string, input: { richMenuId: string; known: boolean }): Promise<void>
  defaultId(): Promise<string | null>
  setDefault(richMenuId: string): Promise<void>
  link(userId: string, richMenuId: string): Promise<void>
  /** Up to 500 at once. LINE answers 202: it happens soon after. */
  linkMany(userIds: string[], richMenuId: string): Promise<void>
  unlink(userId: string): Promise<void>
}

type Call = <T>(act: (client: LineBotClient) => Promise<T>) => Promise<T>

export function lineMenus(rawCall: Call): LineMenus {
  const call: Call = async (act) => {
    try {
      return await rawCall(act)
    } catch (error) {
      throw lineFailure(error)
    }
  }
  const orNull = <T>(asked: Promise<T>): Promise<T | null> =>
    asked.catch((error: unknown) => {
      if (isMissing(error)) return null
      throw error
    })

  return {
    list: async () => {
      const { richmenus } = await call((client) => client.getRichMenuList())
      return richmenus.map(({ richMenuId, name }) => ({ richMenuId, name }))
    },
    create: async (request) => (await call((client) => client.createRichMenu(request))).richMenuId,
    putPicture: async (richMenuId, png) => {
      try {
        await call((client) => client.setRichMenuImage(richMenuId, new Blob([png], { type: 'image/png' })))
      } catch (error) {
        if (!(error instanceof AppError) || !/already been uploaded/i.test(error.message)) throw error
      }
    },
    remove: async (richMenuId) => {
      await orNull(call((client) => client.deleteRichMenu(richMenuId)))
    },
    exists: async (richMenuId) => (await orNull(call((client) => client.getRichMenu(richMenuId)))) !== null,
    aliases: async () => {
      const { aliases } = await call((client) => client.getRichMenuAliasList())
      return new Map(aliases.map(({ richMenuAliasId, richMenuId }) => [richMenuAliasId, richMenuId]))
    },
    setAlias: async (richMenuAliasId, { richMenuId, known }) => {
      if (known) await call((client) => client.updateRichMenuAlias(richMenuAliasId, { richMenuId }))
      else await call((client) => client.createRichMenuAlias({ richMenuAliasId, richMenuId }))
    },
    defaultId: async () => (await orNull(call((client) => client.getDefaultRichMenuId())))?.richMenuId ?? null,
    setDefault: async (richMenuId) => {
      await call((client) => client.setDefaultRichMenu(richMenuId))
    },
    link: async (userId, richMenuId) => {
      await call((client) => client.linkRichMenuIdToUser(userId, richMenuId))
    },
    linkMany: async (userIds, richMenuId) => {
      await call((client) => client.linkRichMenuIdToUsers({ richMenuId, userIds }))
    },
    unlink: async (userId) => {
      await orNull(call((client) => client.unlinkRichMenuIdFromUser(userId)))
    },
  }
}

const isMissing = (error: unknown): boolean => error instanceof AppError && error.code === 'not-found'

/** A failed call to LINE as one of our errors; the words are LINE's, without anything that was sent. */
export function lineFailure(cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  if (!(cause instanceof HTTPFetchError))
    return new AppError('LINE could not be reached', { code: 'unreachable', retry: true, cause })
  const message = `LINE: ${cause.status} ${wordsOf(cause)}`
  if (cause.status === 429) return new AppError(message, { code: 'quota', retry: true, cause })
  if (cause.status >= 500) return new AppError(message, { code: 'unreachable', retry: true, cause })
  return new AppError(message, { code: cause.status === 404 ? 'not-found' : 'they-refused', cause })
}
