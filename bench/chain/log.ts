import { hash } from 'node:crypto'
import type { OpenDatabase } from '../../src/db/open.ts'
import { readTogether } from '../../src/db/read-together.ts'
import { verifyLog } from '../../src/workflow/event-log.ts'
import { printLine, whole } from '../sync/print-line.ts'

const TURNS = 3

/**
 * `lec verify-log` beside SHA-256 alone over the same bytes, one digest a row, nothing fetched. They take turns, and the best of
 * each counts: a busy machine slows both, but never at the same time.
 */
export function benchLog({ db, raw }: OpenDatabase): void {
  const { bytes, ends } = bytesOfLog(raw)
  const rows = ends.length
  let bare = 0
  let product = 0
  for (let turn = 0; turn < TURNS; turn += 1) {
    bare = Math.max(
      bare,
      perSecond(rows, () => hashAll(bytes, ends)),
    )
    product = Math.max(
      product,
      perSecond(rows, () => verify(db)),
    )
  }
  printLine(`verify-log, ${whole(rows)} rows`, `${whole(product)} rows/s`, `bare SHA-256 ${whole(bare)} rows/s`)
  printLine('  ratio', (product / bare).toFixed(2), '(goal: 0.3)')
}

/** In one piece, with where each row ends: a million buffers would burden the product's turn. */
function bytesOfLog(raw: OpenDatabase['raw']): { bytes: Buffer; ends: number[] } {
  const text = `previous_hash || json_array(seq, at, type, version, round_id, unit_id, person_id, appointment_id, data)`
  const size = raw.prepare<[], number>(`SELECT sum(octet_length(${text})) FROM events`).pluck().get() ?? 0
  const bytes = Buffer.alloc(size)
  const ends: number[] = []
  let end = 0
  for (const row of raw.prepare<[], string>(`SELECT ${text} FROM events ORDER BY seq`).pluck().iterate()) {
    end += bytes.write(row, end)
    ends.push(end)
  }
  return { bytes, ends }
}

function hashAll(bytes: Buffer, ends: readonly number[]): void {
  let from = 0
  for (const end of ends) {
    hash('sha256', bytes.subarray(from, end))
    from = end
  }
}

function verify(db: OpenDatabase['db']): void {
  const { problems } = readTogether(db, (tx) => verifyLog(tx))
  if (problems.length > 0) throw new Error('the log is broken')
}

function perSecond(rows: number, work: () => unknown): number {
  const began = performance.now()
  work()
  return rows / ((performance.now() - began) / 1_000)
}
