import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { verifySignature } from '../src/bot/webhook.ts'
import { openDatabase } from '../src/db/open.ts'
import { openLog } from '../src/log.ts'
import { openInboxWriter } from '../src/web/inbox-writer.ts'
import { webhookRoute } from '../src/web/webhook.ts'
import { SECRET } from './webhook.ts'

const [kind, dir] = process.argv.slice(2)

function bare(): Hono {
  const app = new Hono()
  app.post('/line/webhook', async (c) => {
    const body = Buffer.from(await c.req.arrayBuffer())
    const fits = verifySignature({ body, signature: c.req.header('x-line-signature'), secrets: [SECRET] })
    return fits ? c.json({}) : c.json({}, 401)
  })
  return app
}

function product(): Hono {
  const { raw } = openDatabase(join(dir ?? '.', 'bench.db'))
  const inbox = openInboxWriter(raw, () => Date.now())
  return webhookRoute({
    channelSecrets: [SECRET],
    botUserId: () => null,
    inbox,
    wake: () => {},
    log: openLog('silent'),
  })
}

const app = kind === 'bare' ? bare() : product()
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
