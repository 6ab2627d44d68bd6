import { randomBytes, randomInt } from 'node:crypto'
import { keepValue, keptValue, type LineDatabase } from './line-database.ts'
import { newAccessToken, newUserId } from './line-ids.ts'

export type Channel = {
  channelId: string
  channelSecret: string
  channelAccessToken: string
  botUserId: string
  basicId: string
}

const newSecret = () => randomBytes(16).toString('hex')

/** The channel's identity: made once, then the same for the life of the sandbox directory. */
export function openChannel(db: LineDatabase) {
  const read = (): Channel => ({
    channelId: keptValue(db, 'channelId', () => `20${randomInt(10_000_000, 99_999_999)}`),
    channelSecret: keptValue(db, 'channelSecret', newSecret),
    channelAccessToken: keptValue(db, 'channelAccessToken', newAccessToken),
    botUserId: keptValue(db, 'botUserId', newUserId),
    basicId: keptValue(db, 'basicId', () => `@${randomInt(100, 999)}sandb`),
  })
  return {
    read,
    /** As in LINE's console the old secret is dead at once. */
    reissueSecret: (): Channel => {
      keepValue(db, 'channelSecret', newSecret())
      return read()
    },
    reissueAccessToken: (): Channel => {
      keepValue(db, 'channelAccessToken', newAccessToken())
      return read()
    },
  }
}

export type ChannelStore = ReturnType<typeof openChannel>
