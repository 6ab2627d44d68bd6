import type { Instant } from '../db/ids.ts'
import type { Tx } from '../db/open.ts'
import type { Actor } from '../workflow/actor.ts'
import type { Round } from '../workflow/rounds.ts'

export type SheetPlace = { spreadsheetId: string; tabId: number; range?: string }

export type HandleDeps = {
  /** Domain clock. */
  now: Instant
  /** Platform instant (LINE's event time, our receipt) on the domain clock. */
  toDomain(platformMs: number): Instant
  sheetUrl(place: SheetPlace): string
  /** Where our web server is found, without a slash at its end; null or missing: nowhere that people could open. */
  webAddress?: string | null
}

/** Whoever is spoken with, through one duty, in the active round. */
export type Scene = { tx: Tx; now: Instant; deps: HandleDeps; actor: Actor; round: Round }

/**
 * A link to a sheet that LINE opens in the phone's own browser: Google's sign-in refuses LINE's
 * (https://developers.line.biz/en/docs/line-login/using-line-url-scheme/, openExternalBrowser).
 */
export function sheetLink(deps: HandleDeps, place: SheetPlace): string {
  const address = deps.sheetUrl(place)
  if (address.includes('openExternalBrowser=1')) return address
  const [page = '', ...fragment] = address.split('#')
  const asked = `${page}${page.includes('?') ? '&' : '?'}openExternalBrowser=1`
  return fragment.length > 0 ? `${asked}#${fragment.join('#')}` : asked
}
