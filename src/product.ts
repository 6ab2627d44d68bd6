import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { AppError } from './app-error.ts'
import type { HandleDeps } from './bot/handle-event.ts'
import { type LineClient, openLineClient } from './bot/line-client.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { keepCheckpoints } from './db/checkpoints.ts'
import type { OpenDatabase } from './db/open.ts'
import { introduce, type OwnAccount } from './introduce.ts'
import { drainInboxJob } from './jobs/drain-inbox.ts'
import { errorFacts } from './jobs/error-facts.ts'
import { keepFiguresJob } from './jobs/keep-figures.ts'
import { keepLocksJob } from './jobs/keep-locks.ts'
import { linkMenusJob } from './jobs/link-menus.ts'
import { lockAtCloseJob } from './jobs/lock-at-close.ts'
import { pollChangesJob } from './jobs/poll-changes.ts'
import { provisionSheetsJob } from './jobs/provision-sheets.ts'
import { remindOwingJob } from './jobs/remind-owing.ts'
import { reportVacanciesJob } from './jobs/report-vacancies.ts'
import { runConfirmationsJob } from './jobs/run-confirmations.ts'
import { type Jobs, startJobs } from './jobs/runner.ts'
import { sendOutboxJob } from './jobs/send-outbox.ts'
import { syncSheetsJob } from './jobs/sync-sheets.ts'
import { tellAnnouncementsJob } from './jobs/tell-announcements.ts'
import { tellExtensionsJob } from './jobs/tell-extensions.ts'
import { weeklyCardJob } from './jobs/weekly-card.ts'
import { openSheetDeps } from './product-sheets.ts'
import { healthRoute } from './web/health.ts'
import { openInboxWriter } from './web/inbox-writer.ts'
import { invitationPageRoute } from './web/invitation-page.ts'
import { webhookRoute } from './web/webhook.ts'

const POLL_LIVE_MS = 60_000
const POLL_SANDBOX_MS = 1_000
const MENUS_LIVE_MS = 5_000
const MENUS_SANDBOX_MS = 500

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
    webAddress: web,
    sheetUrl: ({ spreadsheetId, tabId, range }) =>
      `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit?openExternalBrowser=1#gid=${tabId}${range ? `&range=${range}` : ''}`,
  })
  let account: OwnAccount = { userId: null, basicId: null }
  let web: string | null = config.publicUrl
  let jobs: Jobs | null = null
  const inbox = openInboxWriter(database.raw, clock.platformNow)
  const app = new Hono()
    .route('/', healthRoute({ db: database.db, mode: config.mode, jobs: () => jobs?.health() ?? [], clock }))
    .route(
      '/',
      webhookRoute({
        channelSecrets,
        botUserId: () => account.userId,
        inbox,
        wake: () => jobs?.wake('drain-inbox'),
        log,
      }),
    )
    .route('/', invitationPageRoute({ db: database.db, now: clock.now, basicId: () => account.basicId }))
  const server = await listen(app, {
    port: config.port,
    // The sandbox is this machine's own: nobody outside may talk to it.
    ...(config.mode === 'sandbox' ? { hostname: '127.0.0.1' } : {}),
    mayMove: input.portMayMove ?? false,
  })
  const { port } = server.address() as AddressInfo
  if (config.mode === 'sandbox') web ??= `http://127.0.0.1:${port}`
  const checkpoints = keepCheckpoints(database.raw, (error) =>
    log.error(errorFacts(error), 'checkpoints left to SQLite'),
  )
  jobs = startJobs(
    [
      drainInboxJob({
        db: database.db,
        clock,
        log,
        handleDeps,
        isPressed: inbox.isPressed,
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
      linkMenusJob({
        db: database.db,
        clock,
        log,
        menus: line.menus,
        everyMs: config.mode === 'sandbox' ? MENUS_SANDBOX_MS : MENUS_LIVE_MS,
      }),
      reportVacanciesJob({ db: database.db, clock, wakeOutbox: () => jobs?.wake('send-outbox') }),
      tellAnnouncementsJob({ db: database.db, clock, wakeOutbox: () => jobs?.wake('send-outbox') }),
      weeklyCardJob({ db: database.db, clock, wakeOutbox: () => jobs?.wake('send-outbox') }),
      remindOwingJob({ db: database.db, clock, wakeOutbox: () => jobs?.wake('send-outbox') }),
    ],
    log,
  )
  account = await introduce({ line, database, web, log })
  return {
    port,
    database,
    jobs,
    line,
    async close() {
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await jobs?.stop()
      await checkpoints.close()
      database.close()
    },
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
