import { channelAccessToken, messagingApi } from '@line/bot-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refused } from './refused.ts'
import { type ServedLine, serveLine } from './serve-line.ts'

let line: ServedLine
let now = 1_700_000_000_000
let tokens: channelAccessToken.ChannelAccessTokenClient
beforeAll(async () => {
  line = await serveLine({ now: () => now })
  tokens = new channelAccessToken.ChannelAccessTokenClient({ baseURL: line.apiUrl })
})
afterAll(() => line.close())

const clientWith = (token: string) =>
  new messagingApi.MessagingApiClient({ baseURL: line.apiUrl, channelAccessToken: token })
const issue = (secret = line.channel.channelSecret) =>
  tokens.issueStatelessChannelTokenByClientSecret(line.channel.channelId, secret)

describe('access tokens', () => {
  it('are issued stateless for fifteen minutes', async () => {
    const { access_token: token, expires_in: seconds, token_type: kind } = await issue()
    expect([seconds, kind]).toEqual([900, 'Bearer'])
    expect((await clientWith(token).getBotInfo()).userId).toBe(line.channel.botUserId)
    now += 15 * 60_000
    const answer = await refused(clientWith(token).getBotInfo())
    expect(answer.status).toBe(401)
    expect(answer.message).toMatch(/^Authentication failed due to the following reason: invalid token/)
  })

  it('are refused for a wrong secret, a wrong channel and a wrong grant', async () => {
    expect((await refused(issue('0'.repeat(32)))).body).toMatchObject({ error: 'invalid_client' })
    const { channelSecret, channelId } = line.channel
    const stranger = tokens.issueStatelessChannelTokenByClientSecret('1', channelSecret)
    expect((await refused(stranger)).status).toBe(400)
    const form = (fields: Record<string, string>) =>
      fetch(`${line.apiUrl}/oauth2/v3/token`, { method: 'POST', body: new URLSearchParams(fields) })
    expect((await form({ grant_type: 'password', client_id: channelId, client_secret: channelSecret })).status).toBe(
      400,
    )
    expect((await form({ grant_type: 'client_credentials' })).status).toBe(400)
  })

  it('are refused when missing, malformed or invented', async () => {
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${line.apiUrl}/v2/bot/info`, { headers })).status
    expect(await status({})).toBe(401)
    expect(await status({ authorization: line.channel.channelAccessToken })).toBe(401)
    expect(await status({ authorization: 'Bearer invented' })).toBe(401)
    expect(await status({ authorization: `Bearer ${line.channel.channelAccessToken}` })).toBe(200)
  })

  it('come short-lived too, can be verified and revoked', async () => {
    const { access_token: token } = await tokens.issueChannelToken(
      'client_credentials',
      line.channel.channelId,
      line.channel.channelSecret,
    )
    expect(await tokens.verifyChannelToken(token)).toMatchObject({ client_id: line.channel.channelId })
    await tokens.revokeChannelToken(token)
    expect((await refused(tokens.verifyChannelToken(token))).status).toBe(400)
    expect((await refused(clientWith(token).getBotInfo())).status).toBe(401)
  })

  it('need the new secret once it is reissued; the old one is dead', async () => {
    const old = line.channel.channelSecret
    const { channelSecret } = await line.control<{ channelSecret: string }>('POST', '/channel/reissue-secret')
    expect((await refused(issue(old))).status).toBe(400)
    await issue(channelSecret)
  })

  it('can be made to fail by order', async () => {
    const { channelSecret } = await line.control<{ channelSecret: string }>('GET', '/channel')
    await line.control('POST', '/faults', { on: 'token', kind: '500' })
    expect((await refused(issue(channelSecret))).status).toBe(500)
    await issue(channelSecret)
  })
})
