import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('./peers/', import.meta.url))
const LONGEST_MS = 5 * 60_000

/** The folder with the peers and what they need, installed once per list of packages; null when npm cannot reach its registry. */
export function installPeers(): string | null {
  const wanted = createHash('sha256')
    .update(readFileSync(join(HERE, 'package.json')))
    .digest('hex')
    .slice(0, 12)
  const dir = join(tmpdir(), `lec-bench-peers-${wanted}`)
  if (!existsSync(dir)) {
    console.log('Installing the peers: once, about a minute ...')
    const making = `${dir}.${process.pid}`
    mkdirSync(making)
    cpSync(join(HERE, 'package.json'), join(making, 'package.json'))
    const flags = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
    const { status } = spawnSync('npm', flags, {
      cwd: making,
      timeout: LONGEST_MS,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (status !== 0) return null
    renameSync(making, dir)
  }
  for (const name of ['express.js', 'line-stub.js', 'bottender'])
    cpSync(join(HERE, name), join(dir, name), { recursive: true })
  return dir
}
