import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openGoogleClients } from '../../src/sheets/google-clients.ts'
import { googleFailureOf } from '../../src/sheets/google-errors.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = {
  client_email: 'worker@project.example',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  private_key_id: 'k1',
}

type Asked = { path: string; authorization: string; body: string }

/** A server that is both token endpoint and API. */
async function serve(answer: (asked: Asked, count: number) => { status: number; body: unknown }) {
  const asked: Asked[] = []
  const server = createServer((request: IncomingMessage, response) => {
    void text(request).then((body) => {
      const one = { path: request.url ?? '', authorization: request.headers.authorization ?? '', body }
      asked.push(one)
      const { status, body: said } = answer(one, asked.length)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const tokenUrl = `${origin}/token`
  const [client] = openGoogleClients({
    credentials: [key],
    sheetsRootUrl: `${origin}/`,
    driveRootUrl: `${origin}/`,
    tokenUrl,
    timeoutMs: 2000,
  })
  if (!client) throw new Error('no client')
  return { asked, client, tokenUrl }
}

const token = (value: string, expires_in = 3599) => ({ status: 200, body: { access_token: value, expires_in } })
const readFile = { fileId: 'f' }

describe('signing in to Google', () => {
  it('sends an assertion signed with the key for the configured endpoint', async () => {
    const { asked, client, tokenUrl } = await serve(({ path }) =>
      path === '/token' ? token('t1') : { status: 200, body: {} },
    )
    await client.drive.files.get(readFile)
    const form = new URLSearchParams(asked[0]?.body)
    const [header = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.')
    const signed = Buffer.from(`${header}.${claims}`)
    expect(verify('RSA-SHA256', signed, createPublicKey(privateKey), Buffer.from(signature, 'base64url'))).toBe(true)
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString())
    expect(said).toMatchObject({ iss: key.client_email, aud: tokenUrl })
    expect(said.exp - said.iat).toBe(3600)
    expect(asked[1]?.authorization).toBe('Bearer t1')
  })

  it('uses one token for many requests, also when they start together', async () => {
    const { asked, client } = await serve(({ path }) => (path === '/token' ? token('t1') : { status: 200, body: {} }))
    await Promise.all([1, 2, 3].map(() => client.drive.files.get(readFile)))
    await client.drive.files.get(readFile)
    expect(asked.filter(({ path }) => path === '/token')).toHaveLength(1)
  })

  it('renews a token that has less than a minute left', async () => {
    const { asked, client } = await serve(({ path }) =>
      path === '/token' ? token('t', 59) : { status: 200, body: {} },
    )
    await client.drive.files.get(readFile)
    await client.drive.files.get(readFile)
    expect(asked.filter(({ path }) => path === '/token')).toHaveLength(2)
  })

  it('tries once more with a fresh token when the old one is refused', async () => {
    let issued = 0
    const { client } = await serve(({ path, authorization }) => {
      if (path === '/token') return token(`t${++issued}`)
      return authorization === 'Bearer t2' ? { status: 200, body: { id: 'f' } } : { status: 401, body: { error: {} } }
    })
    expect((await client.drive.files.get(readFile)).data.id).toBe('f')
  })

  it('says that signing in was refused, without the assertion', async () => {
    const { client } = await serve(() => ({ status: 400, body: { error: 'invalid_grant', error_description: 'no' } }))
    const error = await client.drive.files.get(readFile).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(googleFailureOf(error)).toEqual({ kind: 'sign-in', status: 400, reason: 'invalid_grant' })
  })

  it('asks once: no built-in retry hides a failure', async () => {
    const { asked, client } = await serve(({ path }) => (path === '/token' ? token('t1') : { status: 503, body: {} }))
    await expect(client.drive.files.get(readFile)).rejects.toThrow()
    expect(asked.filter(({ path }) => path !== '/token')).toHaveLength(1)
  })
})
