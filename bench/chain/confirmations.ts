import type { InboxId, RunId, UnitId } from '../../src/db/ids.ts'
import { type OpenDatabase, transact } from '../../src/db/open.ts'
import { attest } from '../../src/workflow/attest.ts'
import { commitRun, startConfirm } from '../../src/workflow/confirm-run.ts'
import { activeRound } from '../../src/workflow/rounds.ts'
import { NOW, READY } from '../nation/nation-size.ts'
import { printTimes, timed } from './measure.ts'
import { officerOf } from './statuses.ts'

const MINUTE = 60_000

/**
 * The transaction that ends the sequence lock, read, compare: guards, snapshot, receipt, log, notices; committed and synced, beside the
 * bare writing of the same bytes.
 */
export function benchConfirmations(open: OpenDatabase, lookup: number): void {
  for (const { pupils, count } of [READY.usual, READY.large]) {
    const ready = readyInstitutions(open, pupils).slice(0, count)
    const runs = ready.map((one) => prepareRun(open, one))
    const commit = (at: number) => {
      const { runId, contentHash } = runs[at] as (typeof runs)[number]
      const { step } = transact(open.db, (tx) => commitRun(tx, runId, { contentHash }, NOW + MINUTE))
      if (step !== 'done') throw new Error('a confirmation was refused')
    }
    const name = `a confirmation, ${pupils.toLocaleString('en')} pupils`
    printTimes(name, timed(runs.length, commit, 0), { goal: 10, lookup })
    printTimes('  bare: what its snapshot keeps, inserted and synced', bareInserts(open, runs.length), { lookup })
  }
}

/** The floor under any confirmation: the bytes of the newest snapshots written once more, in a transaction each, and nothing else. */
function bareInserts({ raw }: OpenDatabase, count: number): number[] {
  const kept = raw
    .prepare<[number], Buffer | string>('SELECT rows FROM snapshots ORDER BY id DESC LIMIT ?')
    .pluck()
    .all(count)
  raw.exec('CREATE TABLE IF NOT EXISTS bench_bytes (id INTEGER PRIMARY KEY, rows)')
  const insert = raw.prepare<[Buffer | string]>('INSERT INTO bench_bytes (rows) VALUES (?)')
  return timed(kept.length, (at) => insert.run(kept[at] as Buffer | string), 0)
}

type Ready = { unitId: UnitId; contentHash: string }

export function readyInstitutions({ raw }: OpenDatabase, pupils: number): Ready[] {
  return raw
    .prepare<[number], Ready>(
      `SELECT r.institution_id AS unitId, r.content_hash AS contentHash FROM rosters r
       WHERE r.counted = ? AND r.errors = 0
         AND NOT EXISTS (SELECT 1 FROM component_states s WHERE s.unit_id = r.institution_id)
         AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.institution_id = r.institution_id)
         AND NOT EXISTS (SELECT 1 FROM shared_pupil_claims c WHERE c.institution_id = r.institution_id)
       ORDER BY r.institution_id`,
    )
    .all(pupils)
}

/** Everything up to the commit: attested, tapped with a reply token, locked and read. */
export function prepareRun(open: OpenDatabase, { unitId, contentHash }: Ready): { runId: RunId; contentHash: string } {
  return transact(open.db, (tx) => {
    const round = activeRound(tx)
    if (!round) throw new Error('no active round')
    const actor = officerOf(tx, open, unitId)
    attest(tx, { actor, roundId: round.id, unitId, component: 'roster', contentHash, counted: 1 }, NOW)
    const body = JSON.stringify({
      type: 'postback',
      replyToken: `token-${unitId}`,
      source: { userId: actor.lineUserId },
    })
    const { lastInsertRowid } = open.raw
      .prepare('INSERT INTO inbox (webhook_event_id, order_key, event_at, received_at, body) VALUES (?, ?, ?, ?, ?)')
      .run(`event-${unitId}`, actor.lineUserId, NOW, NOW, body)
    const inboxId = Number(lastInsertRowid) as InboxId
    const tap = { tappedAt: NOW, receivedAt: NOW }
    const started = startConfirm(
      tx,
      { round, actor, unitId, component: 'roster', inboxId, seenHash: contentHash, ...tap },
      NOW,
    )
    if (!started.ok) throw new Error('a sequence was refused')
    return { runId: started.runId, contentHash }
  })
}
