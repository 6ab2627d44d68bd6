import { describe, expect, it } from 'vitest'
import { editedAfterClose } from '../../../src/workflow/rules/round-window.ts'
import { mayStayLifted, wantedLock } from '../../../src/workflow/rules/sheet-lock.ts'

const CLOSE = 1_000

describe('a sheet', () => {
  it.each([
    { confirmed: false, now: CLOSE - 1, lock: null },
    { confirmed: false, now: CLOSE, lock: 'closed' },
    { confirmed: true, now: CLOSE - 1, lock: 'confirmed' },
    { confirmed: true, now: CLOSE + 1, lock: 'confirmed' },
  ])('confirmed: $confirmed, at $now of a close at 1000, is locked for: $lock', ({ confirmed, now, lock }) => {
    expect(wantedLock({ confirmed, now, closesAt: CLOSE })).toBe(lock)
  })

  it.each([
    { confirmed: true, closed: false, unread: true, drifted: false, stays: true },
    { confirmed: true, closed: false, unread: false, drifted: true, stays: true },
    { confirmed: true, closed: false, unread: false, drifted: false, stays: false },
    { confirmed: true, closed: true, unread: true, drifted: true, stays: false },
    { confirmed: false, closed: false, unread: true, drifted: true, stays: false },
  ])('whose lock was lifted stays open: $stays ($confirmed $closed $unread $drifted)', ({ stays, ...facts }) => {
    expect(mayStayLifted(facts)).toBe(stays)
  })

  it.each([
    { editedAt: null, asConfirmed: false, shown: null },
    { editedAt: CLOSE - 1, asConfirmed: false, shown: null },
    { editedAt: CLOSE, asConfirmed: false, shown: CLOSE },
    { editedAt: CLOSE + 5, asConfirmed: true, shown: null },
  ])('edited at $editedAt (as confirmed: $asConfirmed) is shown as edited after the close: $shown', (given) => {
    expect(editedAfterClose({ ...given, closesAt: CLOSE })).toBe(given.shown)
  })
})
