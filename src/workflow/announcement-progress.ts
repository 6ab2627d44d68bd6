import type Database from 'better-sqlite3'
import type { AnnouncementId } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import { preparedOn } from '../db/prepared.ts'
import type { Role, UnitLevel } from '../db/schema.ts'

export type LevelProgress = {
  level: UnitLevel
  told: number
  acknowledged: number
  /** No account that can be written to. */
  unreached: number
}
export type NotAcknowledged = { unitName: string; name: string; role: Role; reached: boolean; telephone: string | null }

export type AnnouncementProgress = {
  levels: LevelProgress[]
  /** Units directly below that passed it on, of an announcement that goes level by level. */
  passedOn: number
  waiting: { total: number; shown: NotAcknowledged[] }
}

/**
 * Who has acknowledged an announcement and who has not, with everything that became of it where it was passed on (R10). `from` and
 * `most`: which of those who have not are named.
 */
export function progressOf(tx: Tx, input: { id: AnnouncementId; from: number; most: number }): AnnouncementProgress {
  const { id } = input
  const { levels, passedOn, waiting, waitingCount } = preparedOn(tx, progressStatements)
  return {
    levels: levels.all({ id }),
    passedOn: passedOn.get({ id }) ?? 0,
    waiting: {
      total: waitingCount.get({ id }) ?? 0,
      shown: waiting.all(input).map((row) => ({ ...row, reached: row.reached === 1 })),
    },
  }
}

const TREE = `WITH RECURSIVE tree(id) AS (
    SELECT @id UNION ALL SELECT a.id FROM tree JOIN announcements a ON a.passes_on_id = tree.id
  )`

/** People of several duties stand once at each level; they acknowledge once. */
function progressStatements(raw: Database.Database) {
  type Asked = { id: AnnouncementId }
  return {
    levels: raw.prepare<[Asked], LevelProgress>(
      `${TREE}
       SELECT u.level, count(DISTINCT r.person_id) AS told,
         count(DISTINCT CASE WHEN r.acknowledged_at IS NOT NULL THEN r.person_id END) AS acknowledged,
         count(DISTINCT CASE WHEN r.outbox_id IS NULL AND r.acknowledged_at IS NULL THEN r.person_id END) AS unreached
       FROM tree JOIN announcement_receipts r ON r.announcement_id = tree.id JOIN units u ON u.id = r.unit_id
       GROUP BY u.level
       ORDER BY CASE u.level WHEN 'province' THEN 1 WHEN 'lao' THEN 2 ELSE 3 END`,
    ),
    passedOn: raw.prepare<[Asked], number>('SELECT count(*) FROM announcements WHERE passes_on_id = @id').pluck(),
    waitingCount: raw
      .prepare<[Asked], number>(
        `${TREE}
         SELECT count(*) FROM tree JOIN announcement_receipts r ON r.announcement_id = tree.id WHERE r.acknowledged_at IS NULL`,
      )
      .pluck(),
    waiting: raw.prepare<
      [Asked & { from: number; most: number }],
      Omit<NotAcknowledged, 'reached'> & { reached: number }
    >(
      `${TREE}
       SELECT u.name AS unitName, p.name, r.role, r.outbox_id IS NOT NULL AS reached,
         coalesce(p.telephone, u.telephone) AS telephone
       FROM tree JOIN announcement_receipts r ON r.announcement_id = tree.id
       JOIN units u ON u.id = r.unit_id JOIN people p ON p.id = r.person_id
       WHERE r.acknowledged_at IS NULL
       ORDER BY CASE u.level WHEN 'province' THEN 1 WHEN 'lao' THEN 2 ELSE 3 END, u.id, r.id
       LIMIT @most OFFSET @from`,
    ),
  }
}
