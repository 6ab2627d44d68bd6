import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AppError } from '../src/app-error.ts'
import { type Config, type Environment, loadConfig, readEnvironment, SETTING_NAMES } from '../src/config.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const tempDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'lec-config-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
const keyFile = (change: Record<string, unknown> = {}): string => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const path = join(tempDir(), 'key.json')
  const key = {
    type: 'service_account',
    client_email: 'worker@project.example',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    private_key_id: 'k1',
    project_id: 'p1',
    client_id: 'further fields are ignored',
    ...change,
  }
  writeFileSync(path, JSON.stringify(key))
  return path
}
const live = (change: Environment = {}): Environment => ({
  LINE_CHANNEL_ID: '1234567890',
  LINE_CHANNEL_SECRET: 'secret-one',
  GOOGLE_APPLICATION_CREDENTIALS: keyFile(),
  GOOGLE_SHARED_DRIVE_ID: '0ABCdrive',
  ...change,
})
/** The problems that a refusal lists, one per line. */
const problemsOf = (environment: Environment): string[] => {
  try {
    loadConfig(environment)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.code).toBe('bad-config')
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.replace('  - ', ''))
  }
  return []
}

describe('with none of the LINE and Google settings', () => {
  it('it is sandbox mode, on defaults', () => {
    expect(loadConfig({})).toEqual({
      mode: 'sandbox',
      port: 3000,
      dataDir: 'data',
      databasePath: join('data', 'lec-confirm.db'),
      publicUrl: null,
      logLevel: 'info',
      line: null,
      google: null,
    } satisfies Config)
  })

  it('settings of the product itself do not count as some of them', () => {
    expect(
      loadConfig({ PORT: '0', DATA_DIR: '/tmp/x', LOG_LEVEL: 'silent', PUBLIC_URL: 'https://lec.example/' }),
    ).toMatchObject({
      mode: 'sandbox',
      port: 0,
      publicUrl: 'https://lec.example',
      logLevel: 'silent',
    })
  })

  it('empty ones count as not given', () => {
    expect(loadConfig({ LINE_CHANNEL_SECRET: '', GOOGLE_SHARED_DRIVE_ID: '  ' }).mode).toBe('sandbox')
  })

  it('NODE_ENV=production refuses and names all that is required', () => {
    const problems = problemsOf({ NODE_ENV: 'production' })
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'LINE_CHANNEL_ID',
      'LINE_CHANNEL_SECRET',
      'GOOGLE_APPLICATION_CREDENTIALS',
      'GOOGLE_SHARED_DRIVE_ID',
    ])
  })
})

describe('with some but not all', () => {
  it.each(['LINE_CHANNEL_ID', 'LINE_CHANNEL_SECRET', 'GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_SHARED_DRIVE_ID'])(
    'without %s it refuses and names it',
    (name) => {
      expect(problemsOf(live({ [name]: undefined }))).toEqual([`${name}: missing`])
      expect(problemsOf(live({ [name]: ' ' }))).toEqual([`${name}: missing`])
    },
  )

  it.each(['LINE_CHANNEL_ACCESS_TOKEN', 'LINE_API_BASE_URL', 'GOOGLE_TOKEN_URL'])(
    'also when only %s is given',
    (name) => {
      expect(problemsOf({ [name]: 'https://example.com' })).toHaveLength(4)
    },
  )

  it('PUBLIC_URL is https, as LINE demands; plain http only for this machine', () => {
    expect(problemsOf({ PUBLIC_URL: 'http://lec.example' })).toEqual(['PUBLIC_URL: must be https'])
    expect(loadConfig({ PUBLIC_URL: 'http://127.0.0.1:3000/' }).publicUrl).toBe('http://127.0.0.1:3000')
  })

  it('every problem is listed at once: missing, malformed, and key files that cannot be read', () => {
    const problems = problemsOf({
      PORT: 'http',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'lec.example',
      LINE_CHANNEL_ID: '@lec',
      LINE_CHANNEL_SECRET: 'a,b,c',
      LINE_API_BASE_URL: 'ftp://api.line.me',
      GOOGLE_APPLICATION_CREDENTIALS: `/nowhere/key.json,${keyFile({ type: 'authorized_user' })}`,
    })
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual(
      [
        'PORT',
        'LOG_LEVEL',
        'PUBLIC_URL',
        'LINE_CHANNEL_ID',
        'LINE_CHANNEL_SECRET',
        'LINE_API_BASE_URL',
        'GOOGLE_APPLICATION_CREDENTIALS',
        'GOOGLE_APPLICATION_CREDENTIALS',
        'GOOGLE_SHARED_DRIVE_ID',
      ].sort(),
    )
  })

  it.each([',', 'secret,', ',secret', ' , '])(
    'a secret with an empty part (%j) is refused: an empty one accepts forged signatures',
    (secret) => {
      expect(problemsOf(live({ LINE_CHANNEL_SECRET: secret }))).toEqual([
        expect.stringMatching(/^LINE_CHANNEL_SECRET: /),
      ])
    },
  )

  it.each([',', '/a/key.json,'])('key files with an empty one among them (%j) are refused', (files) => {
    const problems = problemsOf(live({ GOOGLE_APPLICATION_CREDENTIALS: files }))
    expect(problems[0]).toMatch(/^GOOGLE_APPLICATION_CREDENTIALS: must be/)
  })

  it.each([
    ['a port above 65535', { PORT: '65536' }],
    ['a negative port', { PORT: '-1' }],
    ['half a port', { PORT: '80.5' }],
    ['a port with words', { PORT: '3000abc' }],
  ])('%s is refused', (_name, change) => {
    expect(problemsOf(live(change))).toEqual([expect.stringMatching(/^PORT: /)])
  })

  it.each([
    ['is not JSON', 'no json'],
    ['is JSON of something else', '{"type":"service_account"}'],
    [
      'holds no private key',
      JSON.stringify({ type: 'service_account', client_email: 'a@b.example', private_key: 'nothing' }),
    ],
  ])('a key file that %s is refused by its path, never with its content', (_name, content) => {
    const path = join(tempDir(), 'key.json')
    writeFileSync(path, content)
    const [problem] = problemsOf(live({ GOOGLE_APPLICATION_CREDENTIALS: path }))
    expect(problem).toBe(`GOOGLE_APPLICATION_CREDENTIALS: ${path} is not a service-account key file (JSON)`)
  })

  it('a refusal never repeats a secret or a token', () => {
    const problems = problemsOf(
      live({ LINE_CHANNEL_SECRET: 'top-secret,,', LINE_CHANNEL_ACCESS_TOKEN: 'my-token', PORT: 'x' }),
    )
    expect(problems.join()).not.toMatch(/top-secret|my-token/)
  })
})

describe('with all that is required', () => {
  it('it is live, on the real services, frozen throughout', () => {
    const config = loadConfig(live())
    expect(config).toMatchObject({
      mode: 'live',
      line: {
        channelId: '1234567890',
        channelSecrets: ['secret-one'],
        channelAccessToken: null,
        apiBaseUrl: 'https://api.line.me',
        dataApiBaseUrl: 'https://api-data.line.me',
      },
      google: {
        sharedDriveId: '0ABCdrive',
        sheetsRootUrl: 'https://sheets.googleapis.com/',
        driveRootUrl: 'https://www.googleapis.com/',
        tokenUrl: 'https://oauth2.googleapis.com/token',
      },
    })
    expect(config.google?.credentials[0]).toMatchObject({ client_email: 'worker@project.example' })
    expect(config.google?.credentials[0]).not.toHaveProperty('client_id')
    const parts = [
      config,
      config.line,
      config.line?.channelSecrets,
      config.google,
      config.google?.credentials,
      config.google?.credentials[0],
    ]
    expect(parts.every((part) => Object.isFrozen(part))).toBe(true)
  })

  it('two secrets during a rotation, several key files for more quota', () => {
    const config = loadConfig(
      live({ LINE_CHANNEL_SECRET: 'new , old', GOOGLE_APPLICATION_CREDENTIALS: `${keyFile()}, ${keyFile()}` }),
    )
    expect(config.line?.channelSecrets).toEqual(['new', 'old'])
    expect(config.google?.credentials).toHaveLength(2)
  })

  it('addresses of other servers are taken, paths of root URLs dropped, slashes at the end of base URLs too', () => {
    const config = loadConfig(
      live({
        LINE_API_BASE_URL: 'http://127.0.0.1:4001/',
        LINE_DATA_API_BASE_URL: 'http://127.0.0.1:4001',
        GOOGLE_SHEETS_ROOT_URL: 'http://127.0.0.1:4002/v4',
        GOOGLE_DRIVE_ROOT_URL: 'http://127.0.0.1:4002',
        GOOGLE_TOKEN_URL: 'http://127.0.0.1:4002/token',
      }),
    )
    expect(config.line).toMatchObject({ apiBaseUrl: 'http://127.0.0.1:4001', dataApiBaseUrl: 'http://127.0.0.1:4001' })
    expect(config.google).toMatchObject({
      sheetsRootUrl: 'http://127.0.0.1:4002/',
      driveRootUrl: 'http://127.0.0.1:4002/',
      tokenUrl: 'http://127.0.0.1:4002/token',
    })
  })
})

describe('where settings come from', () => {
  it('a .env file of the working directory lies under the environment', () => {
    const dir = tempDir()
    writeFileSync(join(dir, '.env'), 'PORT=4000\nLEC_ONLY_IN_FILE="a b"\nPATH=never\n')
    const environment = readEnvironment(dir)
    expect(environment['PORT']).toBe(process.env['PORT'] ?? '4000')
    expect(environment['LEC_ONLY_IN_FILE']).toBe('a b')
    expect(environment['PATH']).toBe(process.env['PATH'])
  })

  it('.env.example documents every setting, says nothing of others, and as it stands is no half setting', () => {
    const text = readFileSync(join(ROOT, '.env.example'), 'utf8')
    const named = [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1])
    expect([...named].sort()).toEqual([...SETTING_NAMES].sort())
    const dir = tempDir()
    writeFileSync(join(dir, '.env'), text)
    const fromFile = Object.fromEntries(named.map((name) => [name, readEnvironment(dir)[name ?? '']]))
    expect(loadConfig({ ...fromFile, NODE_ENV: undefined }).mode).toBe('sandbox')
  })

  it('nothing but src/config.ts reads the environment', () => {
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(ts|js)$/.test(name),
    )
    expect(files.length).toBeGreaterThan(100)
    const readers = files.filter((name) =>
      /process\s*(\.|\?\.|\[['"])\s*env\b|import\.meta\.env|\benv\b[^\n]*from ['"](node:)?process['"]/.test(
        readFileSync(join(ROOT, 'src', name), 'utf8'),
      ),
    )
    expect(readers).toEqual(['config.ts'])
  })
})
