import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clockControl, parseInstant, readClockOffset } from '../../../src/sandbox/clock-file.ts'

const NOW = Date.parse('2026-01-02T03:04:05Z')
let dir = ''

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lec-clock-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const put = async (body: unknown) => {
  const answer = await clockControl({ dir, now: () => NOW }).request('/', { method: 'PUT', body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as { now: number; offsetMs: number } }
}

describe('the domain clock', () => {
  test('shows real time until somebody moves it', async () => {
    const answer = await clockControl({ dir, now: () => NOW }).request('/')
    expect(await answer.json()).toEqual({ now: NOW, offsetMs: 0 })
  })

  test.each([
    [{ now: '2024-06-11T17:00:00+07:00' }, Date.parse('2024-06-11T10:00:00Z')],
    [{ now: '2024-06-11T17:00' }, Date.parse('2024-06-11T10:00:00Z')],
    [{ now: '2024-06-11' }, Date.parse('2024-06-10T17:00:00Z')],
    [{ now: 1_718_100_000_000 }, 1_718_100_000_000],
    [{ offsetMs: -1500 }, NOW - 1500],
  ])('moves to %j and keeps the offset in clock.json', async (body, wanted) => {
    expect(await put(body)).toEqual({ status: 200, body: { now: wanted, offsetMs: wanted - NOW } })
    expect(JSON.parse(readFileSync(join(dir, 'clock.json'), 'utf8'))).toEqual({ offsetMs: wanted - NOW })
  })

  test.each([[{}], [null], [{ now: 'tomorrow' }], [{ now: '11/06/2567' }], [{ offsetMs: '5' }], [{ offsetMs: 1e18 }]])(
    'refuses %j and stays where it is',
    async (body) => {
      expect((await put(body)).status).toBe(400)
      expect(readClockOffset(dir)).toBe(0)
    },
  )

  test('takes a broken file for a clock that was never moved', () => {
    writeFileSync(join(dir, 'clock.json'), '{ "offsetMs": ')
    expect(readClockOffset(dir)).toBe(0)
    expect(parseInstant('2024-06-11T10:00:00Z')).toBe(parseInstant('2024-06-11T17:00'))
  })
})
