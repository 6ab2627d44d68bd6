import { Worker } from 'node:worker_threads'
import type Database from 'better-sqlite3'

/** In pages of 4 KB: SQLite's own, and what stands in when the thread cannot keep up. */
const USUAL = 1_000
const STAND_IN = 16_000
/** It runs one statement four times a second. */
const MEMORY = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 }

export type Checkpoints = { close(): Promise<void> }

/**
 * Moves what was committed from the write-ahead log into the database on a thread of its own. SQLite would do it inside every hundredth
 * commit or so, where a person waits and the whole process with them. What survives a power cut is not touched by this: a
 * commit is in the log, and synced, before it returns. Should the thread end, SQLite does it as before.
 */
export function keepCheckpoints(raw: Database.Database, failed: (error: unknown) => void): Checkpoints {
  const thread = new Worker(new URL('./checkpoint-thread.ts', import.meta.url), {
    workerData: raw.name,
    resourceLimits: MEMORY,
    execArgv: [],
  })
  raw.pragma(`wal_autocheckpoint = ${STAND_IN}`)
  thread.on('error', (error) => {
    if (raw.open) raw.pragma(`wal_autocheckpoint = ${USUAL}`)
    failed(error)
  })
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
  thread.unref()
  return {
    close() {
      thread.postMessage('close')
      return ended
    },
  }
}
