import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from './world.ts'

export type ServiceAccount = { email: string; keyId: string; publicKey: string; file: string }
export type Account = { email: string; name: string; service: boolean }

const projectId = 'lec-sandbox'
export const projectNumber = '100000000001'

/** Makes a service account and writes its key file in the form that Google's console downloads. */
export function createServiceAccount(world: World, name: string): ServiceAccount {
  const email = `${name}@${projectId}.iam.gserviceaccount.com`
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const keyId = randomBytes(20).toString('hex')
  const file = join(world.dir, `${name}.service-account.json`)
  const clientId = `1${randomBytes(10).readBigUInt64BE().toString().padStart(20, '0')}`
  writeFileSync(file, `${keyFileText({ email, keyId, privateKey, clientId, tokenUrl: tokenUrl(world) })}\n`, {
    mode: 0o600,
  })
  chmodSync(file, 0o600)
  world
    .sql('INSERT INTO service_accounts (email, project_id, key_id, public_key, file) VALUES (?, ?, ?, ?, ?)')
    .run(email, projectId, keyId, publicKey, file)
  return { email, keyId, publicKey, file }
}

function keyFileText(key: {
  email: string
  keyId: string
  privateKey: string
  clientId: string
  tokenUrl: string
}): string {
  const content = {
    type: 'service_account',
    project_id: projectId,
    private_key_id: key.keyId,
    private_key: key.privateKey,
    client_email: key.email,
    client_id: key.clientId,
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: key.tokenUrl,
    universe_domain: 'googleapis.com',
  }
  return JSON.stringify(content, null, 2)
}

export function tokenUrl(world: World): string {
  return `${world.apiBaseUrl()}/token`
}

export function listServiceAccounts(world: World): ServiceAccount[] {
  return world
    .sql('SELECT email, key_id AS keyId, public_key AS publicKey, file FROM service_accounts ORDER BY rowid')
    .all() as ServiceAccount[]
}

export function findServiceAccount(world: World, email: string): ServiceAccount | undefined {
  return world
    .sql('SELECT email, key_id AS keyId, public_key AS publicKey, file FROM service_accounts WHERE email = ?')
    .get(email) as ServiceAccount | undefined
}

export function registerAccount(world: World, account: { email: string; name: string }): void {
  world
    .sql('INSERT INTO accounts (email, name) VALUES (?, ?) ON CONFLICT (email) DO UPDATE SET name = excluded.name')
    .run(account.email.toLowerCase(), account.name)
}

export function listAccounts(world: World): { email: string; name: string }[] {
  return world.sql('SELECT email, name FROM accounts ORDER BY email').all() as { email: string; name: string }[]
}

/** The account behind an address, or nothing when the address belongs to no Google account. */
export function findAccount(world: World, email: string): Account | undefined {
  const person = world.sql('SELECT email, name FROM accounts WHERE email = ?').get(email.toLowerCase()) as
    | { email: string; name: string }
    | undefined
  if (person) return { ...person, service: false }
  const service = findServiceAccount(world, email)
  return service ? { email: service.email, name: service.email, service: true } : undefined
}
