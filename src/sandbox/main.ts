import { parseArgs } from 'node:util'
import { PortTakenError } from './listen.ts'
import { type RunningSandbox, SandboxRunningError, startSandbox } from './sandbox-server.ts'

const USAGE = `LINE and Google on this machine, with a page to use them.

  npm run sandbox -- [--dir DIR] [--line-port N] [--google-port N] [--page-port N] [--json]

  --dir DIR         where its state is kept (default data/sandbox)
  --line-port N     LINE's API      (default: the port of the last run, else any free one)
  --google-port N   Google's APIs   (the same)
  --page-port N     page and control API (the same)
  --json            print the settings as JSON instead of .env lines`

class UsageError extends Error {}

type Options = { dir: string; json: boolean; ports: { line: number; google: number; page: number } }

const FLAGS = {
  dir: { type: 'string', default: 'data/sandbox' },
  'line-port': { type: 'string', default: '0' },
  'google-port': { type: 'string', default: '0' },
  'page-port': { type: 'string', default: '0' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

function parseFlags() {
  try {
    return parseArgs({ options: FLAGS }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function readOptions(): Options {
  const values = parseFlags()
  if (values.help) {
    console.log(USAGE)
    process.exit(0)
  }
  const ports = {
    line: readPort('--line-port', values['line-port']),
    google: readPort('--google-port', values['google-port']),
    page: readPort('--page-port', values['page-port']),
  }
  return { dir: values.dir, json: values.json, ports }
}

function readPort(name: string, text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new UsageError(`${name} must be a port number from 0 to 65535, not "${text}"`)
}

function printSettings(sandbox: RunningSandbox, json: boolean): void {
  const { close, ...described } = sandbox
  if (json) {
    console.log(JSON.stringify(described))
    return
  }
  console.log(`# Sandbox: neither the real LINE nor the real Google. Open ${sandbox.pageUrl}/ in a browser.`)
  console.log('# Any client that is given these settings talks to it:')
  for (const [name, value] of Object.entries(sandbox.settings)) console.log(`${name}=${value}`)
}

async function main(options: Options): Promise<void> {
  const sandbox = await startSandbox({ dir: options.dir, ports: options.ports })
  printSettings(sandbox, options.json)
  let ending = false
  const end = (): void => {
    if (ending) return
    ending = true
    sandbox.close().then(
      () => process.exit(0),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // The outside world does not end because the terminal or the product that started it went away.
  process.on('SIGHUP', () => {})
}

// A closed pipe (the starter died) must not take the outside world with it.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

try {
  await main(readOptions())
} catch (error) {
  const expected = error instanceof PortTakenError || error instanceof SandboxRunningError
  const wrongUsage = error instanceof UsageError
  console.error(expected || wrongUsage ? `sandbox: ${error.message}` : error)
  if (wrongUsage) console.error(`\n${USAGE}`)
  process.exit(1)
}
