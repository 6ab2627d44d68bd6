import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { openLineClient } from '../../src/bot/line-client.ts'
import { MENU_KINDS } from '../../src/bot/menus/menu-kind.ts'
import { fillMenus } from '../../src/demo/fill-menus.ts'
import { serveLine } from '../sandbox/line/serve-line.ts'
import { openChainWorld } from '../world/chain-world.ts'

const clock = { now: () => Date.now(), platformNow: () => Date.now(), toDomain: (ms: number) => ms }

async function openFill() {
  const line = await serveLine()
  onTestFinished(() => line.close())
  const said: string[] = []
  const logged: string[] = []
  const log = pino({ level: 'warn' }, { write: (row: string) => void logged.push(row) })
  const { db } = openChainWorld()
  const fill = (apiBaseUrl = line.apiUrl) => {
    const { channelId, channelSecret } = line.channel
    const dataApiBaseUrl = apiBaseUrl
    const client = openLineClient({ channelId, channelSecret, channelAccessToken: null, apiBaseUrl, dataApiBaseUrl })
    return fillMenus({ db, clock, log, menus: client.menus, say: (words) => said.push(words) })
  }
  return { line, fill, said, logged }
}

it('the sandbox has its menus before a newcomer looks, and says so once', async () => {
  const { line, fill, said } = await openFill()
  await fill()
  await fill()
  expect((await line.client.getRichMenuList()).richmenus).toHaveLength(MENU_KINDS.length)
  expect(said).toEqual([`  ริชเมนู ${MENU_KINDS.length} แบบ / rich menus`])
})

it('a sandbox without menus is no reason not to start', async () => {
  const { fill, logged } = await openFill()
  await fill('http://127.0.0.1:9')
  expect(logged.join()).toContain('lec line menus')
})
