import { serve } from '@hono/node-server'
import type { HandleDeps } from '../../src/bot/handle-event.ts'
import { openLineClient } from '../../src/bot/line-client.ts'
import type { Clock } from '../../src/clock.ts'
import { keepCheckpoints } from '../../src/db/checkpoints.ts'
import { openDatabase } from '../../src/db/open.ts'
import { drainInboxJob } from '../../src/jobs/drain-inbox.ts'
import { type Jobs, startJobs } from '../../src/jobs/runner.ts'
import { sendOutboxJob } from '../../src/jobs/send-outbox.ts'
import { openLog } from '../../src/log.ts'
import { openInboxWriter } from '../../src/web/inbox-writer.ts'
import { webhookRoute } from '../../src/web/webhook.ts'
import { NOW } from '../nation/nation-size.ts'

/** The product's chat half on a nation's database: webhook, inbox, outbox. Nobody's sheet is read: there are none. */
export type ChatServer = {
  path: string
  line: Parameters<typeof openLineClient>[0]
  secret: string
  startedAt: number
}

const { path, line: channel, secret, startedAt } = JSON.parse(process.argv[2] ?? '{}') as ChatServer
const offset = NOW - startedAt
const clock: Clock = {
  now: () => Date.now() + offset,
  platformNow: () => Date.now(),
  toDomain: (ms) => ms + offset,
}
const { db, raw } = openDatabase(path)
const log = openLog('error')
const line = openLineClient(channel)
const handleDeps = (): HandleDeps => ({
  now: clock.now(),
  toDomain: clock.toDomain,
  sheetUrl: ({ spreadsheetId, tabId }) => `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit#gid=${tabId}`,
})
keepCheckpoints(raw, (error) => {
  throw error
})
const inbox = openInboxWriter(raw, clock.platformNow)
let jobs: Jobs | null = null
const app = webhookRoute({
  channelSecrets: [secret],
  botUserId: () => null,
  inbox,
  wake: () => jobs?.wake('drain-inbox'),
  log,
})
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  jobs = startJobs(
    [
      drainInboxJob({
        db,
        clock,
        log,
        handleDeps,
        isPressed: inbox.isPressed,
        showLoading: () => {},
        afterEvent: () => jobs?.wake('send-outbox'),
      }),
      sendOutboxJob({ db, clock, log, line, handleDeps }),
    ],
    log,
  )
  process.send?.({ port })
})
