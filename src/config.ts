import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { AppError } from './app-error.ts'

export type ServiceAccountKey = {
  client_email: string
  private_key: string
  private_key_id?: string
  project_id?: string
}

export type Config = Readonly<{
  mode: 'sandbox' | 'live'
  port: number
  dataDir: string
  databasePath: string
  publicUrl: string | null
  logLevel: string
  line: {
    channelId: string
    channelSecrets: string[]
    channelAccessToken: string | null
    apiBaseUrl: string
    dataApiBaseUrl: string
  } | null
  google: {
    credentials: ServiceAccountKey[]
    sharedDriveId: string
    sheetsRootUrl: string
    driveRootUrl: string
    tokenUrl: string
  } | null
}>

export type Environment = Readonly<Record<string, string | undefined>>

const LINE_AND_GOOGLE = [
  'LINE_CHANNEL_ID',
  'LINE_CHANNEL_SECRET',
  'LINE_CHANNEL_ACCESS_TOKEN',
  'LINE_API_BASE_URL',
  'LINE_DATA_API_BASE_URL',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GOOGLE_SHARED_DRIVE_ID',
  'GOOGLE_SHEETS_ROOT_URL',
  'GOOGLE_DRIVE_ROOT_URL',
  'GOOGLE_TOKEN_URL',
] as const

const REQUIRED = [
  'LINE_CHANNEL_ID',
  'LINE_CHANNEL_SECRET',
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GOOGLE_SHARED_DRIVE_ID',
] as const

const url = z.url({ protocol: /^https?$/ }).transform((text) => new URL(text))
/** LINE calls https only; plain http is for a server on this machine. */
const publicUrl = url
  .refine(
    (value) => value.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(value.hostname),
    'must be https',
  )
  .transform((value) => value.href.replace(/\/$/, ''))
const baseUrl = url.transform((value) => value.href.replace(/\/$/, ''))
const rootUrl = url.transform((value) => `${value.origin}/`)
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()))
const port = z.coerce.number().int().min(0).max(65_535)

/** Every setting of the product: how it is read, what it defaults to. `.env.example` documents each one. */
const SETTINGS = {
  PORT: port.default(3000),
  DATA_DIR: z.string().default('data'),
  PUBLIC_URL: publicUrl.optional(),
  LINE_CHANNEL_ID: z
    .string()
    .regex(/^[0-9]+$/, 'must be digits only')
    .optional(),
  LINE_CHANNEL_SECRET: list
    .refine(
      (parts) => parts.length <= 2 && parts.every((part) => part.length > 0),
      'must be one secret, or two separated by a comma',
    )
    .optional(),
  LINE_CHANNEL_ACCESS_TOKEN: z.string().optional(),
  LINE_API_BASE_URL: baseUrl.default('https://api.line.me'),
  LINE_DATA_API_BASE_URL: baseUrl.default('https://api-data.line.me'),
  GOOGLE_APPLICATION_CREDENTIALS: list
    .refine((parts) => parts.every((part) => part.length > 0), 'must be one file, or several separated by commas')
    .optional(),
  GOOGLE_SHARED_DRIVE_ID: z.string().optional(),
  GOOGLE_SHEETS_ROOT_URL: rootUrl.default('https://sheets.googleapis.com/'),
  GOOGLE_DRIVE_ROOT_URL: rootUrl.default('https://www.googleapis.com/'),
  GOOGLE_TOKEN_URL: url.default(new URL('https://oauth2.googleapis.com/token')).transform((value) => value.href),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
} as const

export const SETTING_NAMES: readonly string[] = Object.keys(SETTINGS)

/** The environment, with a `.env` file of the working directory underneath. The only place that reads process.env. */
export function readEnvironment(cwd: string = process.cwd()): Environment {
  const file = join(cwd, '.env')
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  return { ...fromFile, ...process.env }
}

/**
 * Reads and checks all settings; throws one AppError `bad-config` that lists every problem. Without any LINE or Google
 * setting: sandbox mode (refused when NODE_ENV=production). With some but not all: refused.
 */
export function loadConfig(environment: Environment, options: { sandbox?: boolean } = {}): Config {
  const given: Record<string, string> = {}
  for (const name of SETTING_NAMES) {
    const value = environment[name]?.trim()
    if (value) given[name] = value
  }
  const problems: string[] = []
  const parsed = z.object(SETTINGS).safeParse(given)
  for (const issue of parsed.error?.issues ?? []) problems.push(`${String(issue.path[0])}: ${issue.message}`)
  const some = LINE_AND_GOOGLE.some((name) => given[name])
  if (some) for (const name of REQUIRED) if (!given[name]) problems.push(`${name}: missing`)
  if (!some && given['NODE_ENV'] === 'production') {
    for (const name of REQUIRED) problems.push(`${name}: missing (NODE_ENV=production refuses the sandbox)`)
  }
  const keyFiles = list.parse(given['GOOGLE_APPLICATION_CREDENTIALS'] ?? '').filter((path) => path !== '')
  const credentials = keyFiles.map((path) => readKey(path, problems))
  if (!parsed.data || problems.length > 0) {
    throw new AppError(`Settings are not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`, {
      code: 'bad-config',
    })
  }
  const settings = parsed.data
  return deepFreeze({
    mode: some && !options.sandbox ? 'live' : 'sandbox',
    port: settings.PORT,
    dataDir: settings.DATA_DIR,
    databasePath: join(settings.DATA_DIR, 'lec-confirm.db'),
    publicUrl: settings.PUBLIC_URL ?? null,
    logLevel: settings.LOG_LEVEL,
    line: some
      ? {
          channelId: settings.LINE_CHANNEL_ID ?? '',
          channelSecrets: settings.LINE_CHANNEL_SECRET ?? [],
          channelAccessToken: settings.LINE_CHANNEL_ACCESS_TOKEN ?? null,
          apiBaseUrl: settings.LINE_API_BASE_URL,
          dataApiBaseUrl: settings.LINE_DATA_API_BASE_URL,
        }
      : null,
    google: some
      ? {
          credentials: credentials.filter((key) => key !== null),
          sharedDriveId: settings.GOOGLE_SHARED_DRIVE_ID ?? '',
          sheetsRootUrl: settings.GOOGLE_SHEETS_ROOT_URL,
          driveRootUrl: settings.GOOGLE_DRIVE_ROOT_URL,
          tokenUrl: settings.GOOGLE_TOKEN_URL,
        }
      : null,
  })
}

const keyFile = z.object({
  type: z.literal('service_account'),
  client_email: z.string().min(3),
  private_key: z.string().includes('PRIVATE KEY'),
  private_key_id: z.string().exactOptional(),
  project_id: z.string().exactOptional(),
})

function readKey(path: string, problems: string[]): ServiceAccountKey | null {
  try {
    const { type: _type, ...key } = keyFile.parse(JSON.parse(readFileSync(path, 'utf8')))
    return key
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'is not a service-account key file (JSON)'
    problems.push(`GOOGLE_APPLICATION_CREDENTIALS: ${path} ${why}`)
    return null
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}
