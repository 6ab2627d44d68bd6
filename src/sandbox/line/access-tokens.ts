import { createHash } from 'node:crypto'
import type { ChannelStore } from './channel.ts'
import type { LineDatabase } from './line-database.ts'
import { newAccessToken } from './line-ids.ts'

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

export function openAccessTokens(options: { db: LineDatabase; channel: ChannelStore; now: () => number }) {
  const { db, channel, now } = options
  const insert = db.prepare('insert into access_tokens (hash, expires_at) values (?, ?)')
  const find = db.prepare<[string], { expires_at: number }>('select expires_at from access_tokens where hash = ?')

  return {
    issue: (lifeMs: number): string => {
      const token = newAccessToken()
      db.prepare('delete from access_tokens where expires_at < ?').run(now() - 86_400_000)
      insert.run(hashOf(token), now() + lifeMs)
      return token
    },
    revoke: (token: string): void => {
      db.prepare('delete from access_tokens where hash = ?').run(hashOf(token))
    },
    expiresAt: (token: string): number | undefined => find.get(hashOf(token))?.expires_at,
    /** The reason for refusing an Authorization header, or undefined when it is good. */
    refusalOf: (header: string | undefined): string | undefined => {
      const token = header === undefined ? undefined : /^Bearer (\S+)$/i.exec(header)?.[1]
      if (token === undefined) return 'missing or malformed Authorization header'
      if (token === channel.read().channelAccessToken) return undefined
      const expiresAt = find.get(hashOf(token))?.expires_at
      if (expiresAt !== undefined && expiresAt > now()) return undefined
      return 'invalid token. Confirm that the access token in the authorization header is valid.'
    },
  }
}

export type AccessTokens = ReturnType<typeof openAccessTokens>
