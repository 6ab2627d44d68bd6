import { AppError } from '../app-error.ts'
import { type LineClient, openLineClient } from '../bot/line-client.ts'
import type { Config } from '../config.ts'
import { type Session, withGoogleSession } from './session.ts'

/** The same with a client of the channel: in sandbox mode that of the sandbox, which must be running. */
export function withLineSession<T>(work: (session: Session & { line: LineClient }) => Promise<T>): Promise<T> {
  return withGoogleSession((session) => work({ ...session, line: channelOf(session.config) }))
}

function channelOf(config: Config): LineClient {
  if (!config.line) throw new AppError('There are no LINE settings', { code: 'bad-config' })
  const { channelSecrets, ...channel } = config.line
  return openLineClient({ ...channel, channelSecret: channelSecrets[0] ?? '' })
}
