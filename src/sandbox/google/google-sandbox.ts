import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Hono } from 'hono'
import { createServiceAccount, listServiceAccounts, tokenUrl } from './accounts.ts'
import { googleControl } from './control/google-control.ts'
import { createSharedDrive, listSharedDrives } from './drive/shared-drive.ts'
import { googleApi } from './google-api.ts'
import { openHeldRequests } from './held-requests.ts'
import { openQuota } from './quota.ts'
import { openWorld, type World } from './world.ts'

export type GoogleSandbox = { api: Hono; control: Hono; close(): Promise<void> }

/**
 * Google for one machine: a service account with its key file, a shared drive it organizes, Sheets and Drive over HTTP.
 * `apiBaseUrl` is asked when it is needed, because ports are known only once the servers listen.
 */
export function openGoogleSandbox(options: {
  dir: string
  now?: () => number
  apiBaseUrl: () => string
}): GoogleSandbox {
  const world = openWorld({ dir: options.dir, now: options.now ?? Date.now, apiBaseUrl: options.apiBaseUrl })
  const quota = openQuota(world)
  const held = openHeldRequests()
  return {
    api: googleApi({ world, quota, held }),
    control: googleControl({ world, prepare: () => prepare(world) }),
    close: async () => {
      held.releaseAll()
      world.db.close()
    },
  }
}

/** Makes what a fresh Google project would have been given by hand, and keeps the key files pointing at this server. */
function prepare(world: World): { sharedDriveId: string } {
  const accounts = listServiceAccounts(world)
  const first = accounts[0] ?? createServiceAccount(world, 'lec-worker')
  for (const account of accounts) refreshTokenUrl(world, account.file)
  const drive =
    listSharedDrives(world)[0] ??
    createSharedDrive(world, { name: 'LEC', requestId: 'sandbox', organizer: first.email })
  return { sharedDriveId: drive.id }
}

function refreshTokenUrl(world: World, file: string): void {
  if (!existsSync(file)) return
  const key = JSON.parse(readFileSync(file, 'utf8')) as { token_uri: string }
  if (key.token_uri === tokenUrl(world)) return
  writeFileSync(file, `${JSON.stringify({ ...key, token_uri: tokenUrl(world) }, null, 2)}\n`, { mode: 0o600 })
}
