import { describe, expect, it } from 'vitest'
import { institutionStatus, laoStatus, nationStatus, provinceStatus } from '../../src/workflow/status.ts'
import { bangkok, type ChainWorld, must, mustBeDone, openChainWorld } from '../world/chain-world.ts'

const AT = bangkok('2024-06-05T09:00')

/** Lists that the query brings itself, the handful of rounds, and receipts, of which the last is wanted. */
const MAY_BE_WALKED = ['asked', 'json_each', 'here', 'rounds', 'confirmations', 'CONSTANT']

/** Every statement that `work` prepares on a connection that has prepared none of them yet. */
function statementsOf(world: ChainWorld, work: () => unknown): Set<string> {
  const { raw } = world.database
  const prepare = raw.prepare
  const seen = new Set<string>()
  raw.prepare = ((text: string) => {
    seen.add(text)
    return prepare.call(raw, text)
  }) as typeof raw.prepare
  try {
    work()
  } finally {
    raw.prepare = prepare
  }
  return seen
}

function tablesWalked(world: ChainWorld, statement: string): string[] {
  if (!/^\s*(select|with|update|insert|delete)/i.test(statement)) return []
  const names = [...new Set([...statement.matchAll(/[@:](\w+)/g)].map((match) => match[1] ?? ''))]
  const places = statement.split('?').length - 1
  const query = world.database.raw.prepare<unknown[], { detail: string }>(`explain query plan ${statement}`)
  const plan =
    names.length > 0
      ? query.all(Object.fromEntries(names.map((name) => [name, null])))
      : query.all(...Array(places).fill(null))
  return plan
    .flatMap(({ detail }) => /^SCAN (\w+)/.exec(detail)?.[1] ?? [])
    .filter((name) => !MAY_BE_WALKED.includes(name))
}

function walked(world: ChainWorld, work: () => unknown): string[] {
  const statements = statementsOf(world, work)
  expect(statements.size).toBeGreaterThan(5)
  return [...statements].flatMap((statement) =>
    tablesWalked(world, statement).map((table) => `${table}: ${statement.replace(/\s+/g, ' ').slice(0, 200)}`),
  )
}

const who = (world: ChainWorld, place: 'school' | 'town' | 'province') => ({
  round: world.round(),
  actor: world.actor(place, AT),
})

/** SQLite keeps no statistics here, so that a handful of rows is planned as a nation is. */
describe('no table that grows with the nation is walked through', () => {
  it.each([
    [
      'an institution’s status',
      (world) =>
        world.act((tx) => institutionStatus(tx, { ...who(world, 'school'), institutionId: world.idOf('school') }, AT)),
    ],
    [
      'an LAO’s status',
      (world) => world.act((tx) => laoStatus(tx, { ...who(world, 'town'), laoId: world.idOf('town') }, AT)),
    ],
    [
      'a province’s status',
      (world) =>
        world.act((tx) => provinceStatus(tx, { ...who(world, 'province'), provinceId: world.idOf('province') }, AT)),
    ],
    [
      'the nation’s status',
      (world) =>
        world.act((tx) => nationStatus(tx, { round: world.round(), departmentId: world.idOf('department') }, AT)),
    ],
    [
      'a roster’s confirmation',
      (world) => mustBeDone(world.confirmRoster('school', { at: AT, inboxId: tapped(world) })),
    ],
    ['other counts and overview confirmed', (world) => world.confirmUpToLaos(AT)],
    ['a mark', (world) => must(world.markAll(AT))],
  ] as [string, (world: ChainWorld) => unknown][])('by %s', (_what, work) => {
    const world = openChainWorld()
    expect(walked(world, () => work(world))).toEqual([])
  })
})

const tapped = (world: ChainWorld) =>
  world.storeEvent({ webhookEventId: 'E1', orderKey: 'U1', at: AT, body: { replyToken: 'token-1' } })
