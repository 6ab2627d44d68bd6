import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startSandbox } from '../../../src/sandbox/sandbox-server.ts'

const EXHIBIT = {
  part: 'ระหว่างรอบ',
  role: 'อปท.',
  title: 'สถานะ',
  said: 'สถานะ',
  messages: [{ type: 'text', text: 'ยังไม่ยืนยัน 2 แห่ง', quickReply: { items: [] } }],
}

async function open() {
  const dir = mkdtempSync(join(tmpdir(), 'lec-gallery-page-'))
  const sandbox = await startSandbox({ dir })
  onTestFinished(async () => {
    await sandbox.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const put = (body: unknown) =>
    fetch(`${sandbox.pageUrl}/_sandbox/gallery`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return { sandbox, put }
}

it('keeps the messages to be shown side by side as they were given, until others come', async () => {
  const { sandbox, put } = await open()
  expect((await put({ exhibits: [EXHIBIT] })).status).toBe(200)
  const kept = await fetch(`${sandbox.pageUrl}/_sandbox/gallery`)
  expect(await kept.json()).toEqual({ exhibits: [EXHIBIT] })
})

it('refuses what is no message, and says where', async () => {
  const { put } = await open()
  const answer = await put({ exhibits: [{ ...EXHIBIT, messages: ['สถานะ'] }] })
  expect(answer.status).toBe(400)
  expect(await answer.text()).toMatch(/messages/)
})

it('serves the page under the same policy as the other one', async () => {
  const { sandbox } = await open()
  const page = await fetch(`${sandbox.pageUrl}/gallery`)
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
  expect(await page.text()).toMatch(/ข้อความทั้งหมด/)
})
