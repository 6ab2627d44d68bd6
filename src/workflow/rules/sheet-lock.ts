/** What a sheet is locked for; null: people may edit it. */
export type LockedFor = 'confirmed' | 'closed' | 'unit_closed' | null

/**
 * The one rule of locks: a confirmed sheet is shut until it is reopened, any other from the close of its own window
 * (extensions included) on. `closesAt` is exclusive. The sheet of a unit that exists no longer is shut for good.
 */
export function wantedLock(input: {
  confirmed: boolean
  unitClosed?: boolean
  closesAt: number
  now: number
}): LockedFor {
  if (input.unitClosed) return 'unit_closed'
  if (input.confirmed) return 'confirmed'
  return input.now >= input.closesAt ? 'closed' : null
}

/**
 * Somebody with rights lifted the lock of a confirmed sheet: it is shut again once what was done in it has been read and is
 * as confirmed, so that it can be put back; from the close on at once.
 */
export function mayStayLifted(input: {
  confirmed: boolean
  closed: boolean
  unread: boolean
  drifted: boolean
}): boolean {
  return input.confirmed && !input.closed && (input.unread || input.drifted)
}
