import { join } from 'node:path'
import { Command, Option } from 'commander'
import { AppError } from '../app-error.ts'
import { findSandbox } from '../attach-sandbox.ts'
import { openLineClient } from '../bot/line-client.ts'
import { type Config, loadConfig, readEnvironment } from '../config.ts'
import { type Tx, transact } from '../db/open.ts'
import { readTogether } from '../db/read-together.ts'
import { remindOnce } from '../jobs/remind-owing.ts'
import { extensionInstants } from '../workflow/extension-reach.ts'
import { type MessageQuota, messageQuota, recordQuota } from '../workflow/message-quota.ts'
import { DEFAULT_SHARES, forecastReminders, type OwingShares } from '../workflow/remind-forecast.ts'
import { planDepartment, planProvince } from '../workflow/remind-plan.ts'
import { policyOf } from '../workflow/remind-policy.ts'
import { reminderPass } from '../workflow/remind-tick.ts'
import { activeRound, type Round, roundByCode } from '../workflow/rounds.ts'
import { DAY, yearsKnown } from '../workflow/rules/reminders/calendar.ts'
import { type Unit, unitByCode, unitById } from '../workflow/unit.ts'
import { departmentUnit } from './department-unit.ts'
import { dryRunLines, forecastLines } from './reminders-report.ts'
import { type Session, withSession } from './session.ts'

/** `lec reminders preview|send`: who is told what when, before anything is sent. */
export function remindersCommand(): Command {
  const command = new Command('reminders').description(
    'การเตือน / reminders: what is planned, what it costs, send what is due',
  )
  command
    .command('preview')
    .description('ใครจะได้รับอะไรเมื่อใด และใช้โควตาเท่าใด / who gets what when, and what it costs; sends nothing')
    .option('--round <code>', 'e.g. 2567/1 (default: the active round)')
    .option('--from <date>', 'YYYY-MM-DD (CE) or an instant with offset (default: now)')
    .option('--to <date>', 'exclusive (default: two weeks after the round and its extensions close)')
    .option('--unit <code>', 'only this unit and those below it, by name; P and two digits for a province')
    .addOption(new Option('--owing <shares>', 'assumed share still owing, e.g. 7d=0.9,3d=0.5,0d=0.1'))
    .action((options: PreviewOptions) => withSession((session) => showPreview(session, options)))
  command
    .command('send')
    .description('เตือนผู้ที่ถึงเวลาเตือนเดี๋ยวนี้ / queue now what is due now, as the running product does by itself')
    .option('--dry-run', 'only say who would be told')
    .action((options: { dryRun?: boolean }) =>
      withSession(async ({ database, clock }) => {
        if (options.dryRun) {
          const planned = readTogether(database.db, (tx) => plannedNow(tx, clock.now()))
          console.log(dryRunLines(planned).join('\n'))
          return
        }
        const told = await remindOnce({ db: database.db, clock })
        console.log(`เข้าคิวเตือน ${told} คน / queued for ${told} people`)
      }),
    )
  return command
}

type PreviewOptions = { round?: string; from?: string; to?: string; unit?: string; owing?: string }

async function showPreview({ config, clock, database }: Session, options: PreviewOptions): Promise<void> {
  const now = clock.now()
  const shares = readShares(options.owing)
  const { quota, asked } = await quotaNow({ config, clock, database })
  const lines = readTogether(database.db, (tx) => {
    const round = roundOf(tx, options.round)
    const from = options.from === undefined ? now : readInstant(options.from)
    const to =
      options.to === undefined
        ? Math.max(from, now, round.closesAt, ...extensionInstants(tx, round)) + 14 * DAY
        : readInstant(options.to)
    const unit = options.unit === undefined ? null : unitByCode(tx, options.unit)
    if (options.unit !== undefined && !unit)
      throw new AppError(`ไม่รู้จักหน่วยงานรหัส ${options.unit}`, { code: 'not-found' })
    const forecast = forecastReminders(
      tx,
      {
        round,
        policy: policyOf(round),
        departmentId: department(tx).id,
        unitId: unit?.id ?? null,
        from,
        to,
        shares: { ...DEFAULT_SHARES, ...shares },
        named: unit !== null,
      },
      now,
    )
    const years = yearsKnown({ from: Math.min(from, round.recordingOpensAt), to: Math.max(from, to - 1) })
    return [`แผนการเตือน ${round.code} / reminders planned`, ...forecastLines({ forecast, shares, quota, asked, years })]
  })
  console.log(lines.join('\n'))
}

/** As LINE says now when it can be reached, else as it said last. */
async function quotaNow({
  config,
  clock,
  database,
}: Session): Promise<{ quota: MessageQuota | null; asked: string | null }> {
  let asked: string | null = 'ไม่ได้ถาม LINE / LINE was not asked'
  const channelOf = (await reachableConfig(config)).line
  if (channelOf) {
    const { channelSecrets, ...channel } = channelOf
    const line = openLineClient({ ...channel, channelSecret: channelSecrets[0] ?? '' })
    const askedAt = clock.platformNow()
    const sentBefore = readTogether(database.db, (tx) => messageQuota(tx, clock.platformNow())).sentByUs
    try {
      const said = await line.quota()
      transact(database.db, (tx) => recordQuota(tx, { ...said, sentBefore, askedAt }, clock.platformNow()))
      asked = null
    } catch {
      asked = 'ติดต่อ LINE ไม่ได้ / LINE could not be reached'
    }
  }
  const quota = readTogether(database.db, (tx) => messageQuota(tx, clock.platformNow()))
  return { quota: quota.readAt === null ? null : quota, asked }
}

/** In sandbox mode LINE is the sandbox, while it runs; a plan is shown without it too. */
async function reachableConfig(config: Config): Promise<Config> {
  if (config.mode === 'live') return config
  const sandbox = await findSandbox(join(config.dataDir, 'sandbox'))
  return sandbox ? loadConfig({ ...readEnvironment(), ...sandbox.settings }, { sandbox: true }) : config
}

function department(tx: Tx): Unit {
  const unit = departmentUnit(tx)
  if (!unit) throw new AppError('ยังไม่มีหน่วยงานในระบบ นำเข้าด้วย: lec import units', { code: 'not-found' })
  return unit
}

function plannedNow(tx: Tx, now: number) {
  const pass = reminderPass(tx, { departmentId: department(tx).id }, now)
  if (!pass) return []
  const planned = [
    ...pass.provinceIds.flatMap((provinceId) => planProvince(tx, { ...pass, provinceId }, now)),
    ...planDepartment(tx, pass, now),
  ]
  return planned.map((one) => ({ ...one, unitName: unitById(tx, one.unitId).name }))
}

function roundOf(tx: Tx, code: string | undefined): Round {
  const round = code === undefined ? activeRound(tx) : roundByCode(tx, code)
  if (!round) throw new AppError(code === undefined ? 'ยังไม่มีรอบที่เปิดใช้งาน' : `ไม่รู้จักรอบ ${code}`, { code: 'not-found' })
  return round
}

function readInstant(text: string): number {
  const instant = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00+07:00` : text)
  // 2567 would be a year of the Common Era too, and a silent mistake.
  if (Number.isNaN(instant) || !/^(19|20|21)\d\d-/.test(text))
    throw new AppError(`อ่านวันที่ ${text} ไม่ได้ ตัวอย่าง 2024-06-10 (ค.ศ.)`, { code: 'bad-input' })
  return instant
}

function readShares(text: string | undefined): OwingShares {
  const found: Record<string, number> = {}
  for (const part of text?.split(',') ?? []) {
    const [, name = '', share = ''] = /^\s*([\w.-]+)\s*=\s*(\d*\.?\d+)\s*$/.exec(part) ?? []
    const value = Number(share)
    if (!(name in DEFAULT_SHARES) || share === '' || value > 1)
      throw new AppError(`อ่าน --owing ${part} ไม่ได้ ชื่อที่ใช้ได้: ${Object.keys(DEFAULT_SHARES).join(', ')} ค่า 0 ถึง 1`, {
        code: 'bad-input',
      })
    found[name] = value
  }
  return found
}
