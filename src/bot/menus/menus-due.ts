import type Database from 'better-sqlite3'
import { eq, isNotNull, isNull, or } from 'drizzle-orm'
import type { Instant, PersonId } from '../../db/ids.ts'
import type { Tx } from '../../db/open.ts'
import { preparedOn } from '../../db/prepared.ts'
import { people, richMenuLinks } from '../../db/schema.ts'
import type { MenuKind } from './menu-kind.ts'

/** `to` null: the channel's default. */
export type DueMenu = { lineUserId: string; to: string | null }

export type DueSlice = { due: DueMenu[]; after: PersonId; more: boolean }

const ASKED_AGAIN_MS = 24 * 60 * 60 * 1000

/**
 * Among up to `limit` people after `after`: whose menu is not the one of the duty that the account speaks for now (as the
 * conversation chooses it: the one switched to, else the oldest). Blocked accounts are shown nothing and owe nothing; where the menu
 * of a kind is not there (yet), what is shown stays. All of it in SQL: it is asked for a nation every few seconds.
 */
export function dueMenus(
  tx: Tx,
  input: { after: PersonId; limit: number; ready: ReadonlyMap<MenuKind, string>; platformNow: number },
  now: Instant,
): DueSlice {
  const { after, limit, ready, platformNow } = input
  const { slice, due } = preparedOn(tx, dueStatements)
  const seen = slice.get({ after, limit })
  if (!seen?.last) return { due: [], after, more: false }
  const asked = {
    after,
    last: seen.last,
    now,
    ready: JSON.stringify(Object.fromEntries(ready)),
    askedBefore: platformNow - ASKED_AGAIN_MS,
  }
  return { due: due.all(asked), after: seen.last, more: seen.counted === limit }
}

type DueAsked = { after: PersonId; last: PersonId; now: Instant; ready: string; askedBefore: number }

function dueStatements(raw: Database.Database) {
  return {
    slice: raw.prepare<{ after: PersonId; limit: number }, { last: PersonId | null; counted: number }>(
      'SELECT max(id) last, count(*) counted FROM (SELECT id FROM people WHERE id > :after ORDER BY id LIMIT :limit)',
    ),
    due: raw.prepare<DueAsked, DueMenu>(`
      WITH ready AS MATERIALIZED (SELECT key kind, value menu FROM json_each(:ready)),
      spoken AS (
        SELECT p.id, p.line_user_id, (
          SELECT a.id FROM appointments a
          WHERE a.person_id = p.id AND a.valid_from <= :now AND (a.valid_to IS NULL OR a.valid_to > :now) AND a.suspended_at IS NULL
          ORDER BY (a.id IS c.appointment_id) DESC, a.id LIMIT 1
        ) duty
        FROM people p LEFT JOIN conversations c ON c.line_user_id = p.line_user_id
        WHERE p.id > :after AND p.id <= :last AND p.line_user_id IS NOT NULL AND p.blocked_at IS NULL
      ),
      wanted AS (
        SELECT s.id, s.line_user_id, s.duty, (
          SELECT menu FROM ready WHERE kind = CASE WHEN a.role IN ('executive', 'certifier') THEN a.role ELSE u.level END
        ) menu
        FROM spoken s LEFT JOIN appointments a ON a.id = s.duty LEFT JOIN units u ON u.id = a.unit_id
      )
      SELECT w.line_user_id lineUserId, w.menu "to"
      FROM wanted w LEFT JOIN rich_menu_links l ON l.line_user_id = w.line_user_id
      WHERE CASE WHEN w.duty IS NULL THEN l.rich_menu_id IS NOT NULL
        ELSE w.menu IS NOT NULL AND (w.menu IS NOT l.rich_menu_id OR (l.refused AND l.at < :askedBefore)) END
      ORDER BY w.id`),
  }
}

/** Accounts that we gave a menu and that are nobody's any more, or blocked us: LINE is to forget it too. */
export function strayLinks(tx: Tx, limit: number): string[] {
  return tx
    .select({ lineUserId: richMenuLinks.lineUserId })
    .from(richMenuLinks)
    .leftJoin(people, eq(people.lineUserId, richMenuLinks.lineUserId))
    .where(or(isNull(people.id), isNotNull(people.blockedAt)))
    .limit(limit)
    .all()
    .map((row) => row.lineUserId)
}
