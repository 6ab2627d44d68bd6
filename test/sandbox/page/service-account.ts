import { createSign } from 'node:crypto'
import { readFileSync } from 'node:fs'

const SCOPES = 'https://www.googleapis.com/auth/drive https://www.googleapis.com/auth/spreadsheets'

/** Signs in as the service account of the key file, the way any client does. */
export async function serviceAccountToken(options: { keyFile: string; tokenUrl: string }): Promise<string> {
  const key: unknown = JSON.parse(readFileSync(options.keyFile, 'utf8'))
  const { client_email: email, private_key: privateKey } = key as { client_email: string; private_key: string }
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: email, scope: SCOPES, aud: options.tokenUrl, iat: now, exp: now + 3600 }
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
  const signature = createSign('RSA-SHA256').update(unsigned).sign(privateKey, 'base64url')
  const answer = await fetch(options.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: `${unsigned}.${signature}`,
    }),
  })
  const body = (await answer.json()) as { access_token?: string }
  if (!body.access_token) throw new Error(`no token: ${answer.status} ${JSON.stringify(body)}`)
  return body.access_token
}

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')
