import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

const REST_MS = 250

const raw = new Database(String(workerData))
raw.pragma('synchronous = FULL')
// Passive: waits for nobody and keeps nobody waiting; what a reader or writer still needs is left for the next time.
const timer = setInterval(() => raw.pragma('wal_checkpoint(PASSIVE)'), REST_MS)

parentPort?.once('message', () => {
  clearInterval(timer)
  raw.close()
  parentPort?.close()
})
