import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MIGRATIONS_DIR, type OpenDatabase, openDatabase, transact } from '../../src/db/open.ts'
import { addRound } from '../../src/workflow/rounds.ts'
import { SOURCE_ROUNDS } from '../../src/workflow/source-rounds.ts'
import { rawConfirmations } from './confirm-raw.ts'
import { fillChain } from './fill-chain.ts'
import { openLogWriter } from './fill-log.ts'
import { fillRosters } from './fill-rosters.ts'
import { fillTraffic } from './fill-traffic.ts'
import { placeUnits } from './place-units.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const REGISTRY = fileURLToPath(new URL('../../../shared/data/lao-registry.csv', import.meta.url))
const KEPT = 'lec-bench-nation-'

/** A copy of the nation to work on, made once per schema and kept in the system's folder for temporary files. */
export function openNation(): OpenDatabase {
  const kept = join(tmpdir(), `${KEPT}${fingerprint()}.db`)
  if (!existsSync(kept)) build(kept)
  const dir = mkdtempSync(join(tmpdir(), 'lec-bench-chain-'))
  const path = join(dir, 'nation.db')
  copyFileSync(kept, path, constants.COPYFILE_FICLONE)
  settle(path)
  const open = openDatabase(path)
  return {
    ...open,
    close() {
      open.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Otherwise the disk is still busy with two gigabytes of copy while commits are timed. */
function settle(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

/** Of the migrations and of whatever builds the nation. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const dir of [MIGRATIONS_DIR, HERE]) {
    for (const name of readdirSync(dir).sort()) {
      if (/\.(sql|ts)$/.test(name)) hash.update(readFileSync(join(dir, name)))
    }
  }
  return hash
    .update(String(existsSync(REGISTRY)))
    .digest('hex')
    .slice(0, 12)
}

function build(kept: string): void {
  for (const name of readdirSync(tmpdir())) if (name.startsWith(KEPT)) rmSync(join(tmpdir(), name))
  console.log('Building the nation: once per schema, about a minute ...')
  const making = `${kept}.part`
  const { db, raw, close } = openDatabase(making)
  raw.pragma('journal_mode = OFF')
  raw.pragma('synchronous = OFF')
  raw.pragma('foreign_keys = OFF')
  raw.pragma('cache_size = -1000000')
  const numbers =
    raw.prepare<[], string>("SELECT sql FROM sqlite_master WHERE name = 'pupils_number'").pluck().get() ?? ''
  raw.exec('DROP INDEX pupils_number')
  transact(db, (tx) => {
    const source = SOURCE_ROUNDS.find((round) => round.code === '2567/1')
    const added = source && addRound(tx, { round: { ...source, carries: null }, activate: true }, 0)
    if (!added?.ok) throw new Error('the round was refused')
    const roundId = added.round.id
    const places = placeUnits(raw, REGISTRY)
    const log = openLogWriter(raw)
    const confirm = rawConfirmations(raw, { roundId, log })
    const institutions = places.provinces.flatMap((province) => province.laos).flatMap((lao) => lao.institutions)
    const rosters = fillRosters(raw, { roundId, institutions, log, confirm })
    fillChain(raw, { roundId, places, rosters, confirm })
    fillTraffic(raw, { roundId, rosters, log })
  })
  raw.exec(numbers)
  raw.pragma('journal_mode = WAL')
  close()
  renameSync(making, kept)
}
