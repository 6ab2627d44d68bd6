import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { AppError } from '../../app-error.ts'

export type Staging = { dir: string; commit(): void; discard(): void }

const PREFIX = '.lec-export-'

/**
 * A folder to write in that takes the place of `target` in one step when everything is in it; until then the former export stays.
 * `isOurs` tells whether a file in the former one was written by an export: a folder with anything else in it is never replaced.
 */
export function openStaging(input: { target: string; mode: number; isOurs: (name: string) => boolean }): Staging {
  const target = resolve(input.target)
  const parent = dirname(target)
  mkdirSync(parent, { recursive: true })
  removeLeftovers(parent)
  const foreign = existsSync(target) ? readdirSync(target).filter((name) => !input.isOurs(name)) : []
  if (foreign.length > 0) {
    const words = `โฟลเดอร์ ${basename(target)} มีไฟล์อื่นอยู่ด้วย (${foreign.slice(0, 3).join(', ')}) โปรดย้ายออกก่อน หรือเลือกโฟลเดอร์อื่นด้วย --out`
    throw new AppError(words, { code: 'bad-input' })
  }
  const dir = join(parent, `${PREFIX}${process.pid}`)
  const old = `${dir}-old`
  mkdirSync(dir, { mode: 0o700 })
  return {
    dir,
    commit() {
      chmodSync(dir, input.mode)
      const replaces = existsSync(target)
      if (replaces) renameSync(target, old)
      try {
        renameSync(dir, target)
      } catch (error) {
        if (replaces) renameSync(old, target)
        throw error
      }
      rmSync(old, { recursive: true, force: true })
    },
    discard() {
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A killed export leaves its folder behind, pupils' numbers in it perhaps: the next one removes it. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^\.lec-export-(\d+)(?:-old)?$/.exec(name)?.[1]
    if (pid && !isRunning(Number(pid))) rmSync(join(parent, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
