import { join } from 'node:path'
import { AppError } from '../app-error.ts'
import { findSandbox } from '../attach-sandbox.ts'
import { type Clock, clockFromFile, realClock } from '../clock.ts'
import { type Config, loadConfig, readEnvironment } from '../config.ts'
import type { OpenDatabase } from '../db/open.ts'
import { openProductDatabase } from '../product-database.ts'

export type Session = { config: Config; clock: Clock; database: OpenDatabase }

/** Opens the same database and clock that the running product uses, for the time of one command. */
export async function withSession<T>(work: (session: Session) => T | Promise<T>): Promise<T> {
  const config = loadConfig(readEnvironment())
  const clock = config.mode === 'sandbox' ? clockFromFile(join(config.dataDir, 'sandbox', 'clock.json')) : realClock
  const database = openProductDatabase(config)
  try {
    return await work({ config, clock, database })
  } finally {
    database.close()
  }
}

/** The same with Google's settings: in sandbox mode those of the sandbox, which must be running. */
export async function withGoogleSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  return withSession(async (session) => {
    if (session.config.mode === 'live') return work(session)
    const sandbox = await findSandbox(join(session.config.dataDir, 'sandbox'))
    if (!sandbox)
      throw new AppError('The sandbox is not running; start the product first (npm start)', { code: 'sandbox' })
    const config = loadConfig({ ...readEnvironment(), ...sandbox.settings }, { sandbox: true })
    return work({ ...session, config })
  })
}
