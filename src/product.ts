import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { AppError } from './app-error.ts'
import type { HandleDeps } from './bot/handle-event.ts'
import { type LineClient, openLineClient } from './bot/line-client.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { OpenDatabase } from './db/open.ts'
import { drainInboxJob } from './jobs/drain-inbox.ts'
import { errorFacts } from './jobs/error-facts.ts'
import { keepFiguresJob } from './jobs/keep-figures.ts'
import { keepLocksJob } from './jobs/keep-locks.ts'
import { lockAtCloseJob } from './jobs/lock-at-close.ts'
import { pollChangesJob } from './jobs/poll-changes.ts'
import { provisionSheetsJob } from './jobs/provision-sheets.ts'
import { remindOwingJob } from './jobs/remind-owing.ts'
import { reportVacanciesJob } from './jobs/report-vacancies.ts'
import { runConfirmationsJob } from './jobs/run-confirmations.ts'
import { type Jobs, startJobs } from './jobs/runner.ts'
import { sendOutboxJob } from './jobs/send-outbox.ts'
import { syncSheetsJob } from './jobs/sync-sheets.ts'
import { tellExtensionsJob } from './jobs/tell-extensions.ts'
import { openSheetDeps } from './product-sheets.ts'
import { healthRoute } from './web/health.ts'
import { openInboxWriter } from './web/inbox-writer.ts'
import { webhookRoute } from './web/webhook.ts'

const POLL_LIVE_MS = 60_000
const POLL_SANDBOX_MS = 1_000

export type Product = { port: number; database: OpenDatabase; jobs: Jobs; line: LineClient; close(): Promise<void> }

/** Clients, jobs and server on an open database. `close` stops taking in, ends the jobs, then closes. */
export async function startProduct(input: {
  config: Config
  clock: Clock
  log: Logger
  database: OpenDatabase
  /** In sandbox mode a taken port is exchanged for a free one; the webhook's address is registered anyway. */
  portMayMove?: boolean
}): Promise<Product> {
  const { config, clock, log, database } = input
  if (!config.line) throw new AppError('There are no LINE settings', { code: 'bad-config' })
  const { channelSecrets, ...channel } = config.line
  const line = openLineClient({ ...channel, channelSecret: channelSecrets[0] ?? '' })
  const sheetDeps = openSheetDeps({ config, database, clock, log })
  const handleDeps = (): HandleDeps => ({
    now: clock.now(),
    toDomain: clock.toDomain,
    sheetUrl: ({ spreadsheetId, tabId, range }) =>
      `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit?openExternalBrowser=1#gid=${tabId}${range ? `&range=${range}` : ''}`,
  })
  let botUserId: string | null = null
  let jobs: Jobs | null = null
  const app = new Hono()
    .route('/', healthRoute({ db: database.db, mode: config.mode, jobs: () => jobs?.health() ?? [] }))
    .route(
      '/',
      webhookRoute({
        channelSecrets,
        botUserId: () => botUserId,
        inbox: openInboxWriter(database.raw, clock.platformNow),
        wake: () => jobs?.wake('drain-inbox'),
        log,
      }),
    )
  const server = await listen(app, {
    port: config.port,
    // The sandbox is this machine's own: nobody outside may talk to it.
    ...(config.mode === 'sandbox' ? { hostname: '127.0.0.1' } : {}),
    mayMove: input.portMayMove ?? false,
  })
  const { port } = server.address() as AddressInfo
  jobs = startJobs(
    [
      drainInboxJob({
        db: database.db,
        clock,
        log,
        handleDeps,
        showLoading: (lineUserId) =>
          void line.showLoading(lineUserId, 20).catch(() => log.debug('loading animation not shown')),
        afterEvent: () => {
          jobs?.wake('send-outbox')
          jobs?.wake('run-confirmations')
        },
      }),
      sendOutboxJob({ db: database.db, clock, log, line, handleDeps }),
      runConfirmationsJob(sheetDeps, { onAnswer: () => jobs?.wake('send-outbox') }),
      pollChangesJob(sheetDeps, {
        everyMs: config.mode === 'sandbox' ? POLL_SANDBOX_MS : POLL_LIVE_MS,
        onDirty: () => jobs?.wake('sync-sheets'),
      }),
      syncSheetsJob(sheetDeps),
      lockAtCloseJob({ db: database.db, clock }),
      keepFiguresJob({ db: database.db, clock }),
      keepLocksJob(sheetDeps),
      provisionSheetsJob(sheetDeps),
      tellExtensionsJob({ db: database.db, clock, wakeOutbox: () => jobs?.wake('send-outbox') }),
      reportVacanciesJob({ db: database.db, clock, wakeOutbox: () => jobs?.wake('send-outbox') }),
      remindOwingJob({ db: database.db, clock, wakeOutbox: () => jobs?.wake('send-outbox') }),
    ],
    log,
  )
  botUserId = await introduce({ line, config, port, log })
  return {
    port,
    database,
    jobs,
    line,
    async close() {
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await jobs?.stop()
      database.close()
    },
  }
}

/** Asks LINE who we are and registers the webhook. LINE out of reach does not keep the product from starting. */
async function introduce(input: {
  line: LineClient
  config: Config
  port: number
  log: Logger
}): Promise<string | null> {
  const { line, config, port, log } = input
  const webhookBase = config.publicUrl ?? (config.mode === 'sandbox' ? `http://127.0.0.1:${port}` : null)
  try {
    if (webhookBase) await line.setWebhookEndpoint(`${webhookBase}/line/webhook`)
    else log.warn('PUBLIC_URL is not set: enter the webhook address in the LINE Developers Console yourself')
    return (await line.botInfo()).userId
  } catch (error) {
    log.error(errorFacts(error), 'LINE could not be asked who we are; webhooks are taken in without that check')
    return null
  }
}

type Server = ReturnType<typeof serve>

function listen(app: Hono, options: { port: number; hostname?: string; mayMove: boolean }): Promise<Server> {
  const { mayMove, ...address } = options
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, ...address }, () => resolve(server))
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error)
      if (mayMove) return resolve(listen(app, { ...address, port: 0, mayMove: false }))
      reject(
        new AppError(`Port ${options.port} is taken by another program; set PORT to a free one`, {
          code: 'bad-config',
          cause: error,
        }),
      )
    })
  })
}
