import { mkdirSync } from 'node:fs'
import type { Config } from './config.ts'
import { type OpenDatabase, openDatabase } from './db/open.ts'

/** Database at the configured place; the folder is made when it is missing. */
export function openProductDatabase(config: Config): OpenDatabase {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  return openDatabase(config.databasePath)
}
