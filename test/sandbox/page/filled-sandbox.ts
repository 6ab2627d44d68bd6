import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox } from '../../../src/sandbox/sandbox-server.ts'
import { plainPng } from './plain-png.ts'
import { sampleFlex } from './sample-flex.ts'
import { serviceAccountToken } from './service-account.ts'

export const TEACHER = `U${'1'.repeat(32)}`
export const OFFICER = `U${'2'.repeat(32)}`
const EMAIL = 'kanda@school.example'

export type Json = Record<string, unknown>
export type FilledSandbox = Awaited<ReturnType<typeof filledSandbox>>

/** A running sandbox with two people, a bot's messages, a rich menu and one roster file. */
export async function filledSandbox() {
  const dir = mkdtempSync(join(tmpdir(), 'lec-page-'))
  const sandbox = await startSandbox({ dir })
  const control = (method: string, path: string, body?: unknown) =>
    call(method, `${sandbox.pageUrl}/_sandbox/${path}`, { body })

  await control('POST', 'line/people', { userId: TEACHER, displayName: 'กานดา', friend: true })
  await control('POST', 'line/people', { userId: OFFICER, displayName: 'มาลี', friend: true })
  await control('POST', 'google/accounts', { email: EMAIL, name: 'กานดา ใจดี' })
  const { settings } = sandbox
  const token = await serviceAccountToken({
    keyFile: settings.GOOGLE_APPLICATION_CREDENTIALS,
    tokenUrl: settings.GOOGLE_TOKEN_URL,
  })
  const google = (method: string, path: string, body?: unknown) =>
    call(method, `${sandbox.googleUrl}/${path}`, { body, token })
  const channel = await control('GET', 'line/channel')
  const line = (method: string, path: string, body?: unknown) =>
    call(method, `${sandbox.lineUrl}${path}`, { body, token: String(channel['channelAccessToken']) })

  const fileId = await rosterFile({ google, driveId: settings.GOOGLE_SHARED_DRIVE_ID })
  await control('PUT', 'page-data', {
    title: 'รอบที่ 1 ปีการศึกษา 2567',
    moments: [{ label: 'ปิดบันทึกข้อมูล', at: '2024-06-11T17:00+07:00' }],
    people: [
      {
        userId: TEACHER,
        role: 'เจ้าหน้าที่สถานศึกษา',
        unitName: 'โรงเรียนบ้านตัวอย่าง',
        name: 'นางสาวกานดา ใจดี',
        email: EMAIL,
        files: [{ id: fileId, title: 'รายชื่อ โรงเรียนบ้านตัวอย่าง' }],
      },
      { userId: OFFICER, role: 'เจ้าหน้าที่ อปท.', unitName: 'เทศบาลตำบลตัวอย่าง', name: 'นางมาลี ศรีสุข' },
    ],
  })
  await control('PUT', 'clock', { now: '2024-06-10T16:42:00+07:00' })
  await richMenu(line)
  await line('POST', '/v2/bot/message/push', {
    to: TEACHER,
    messages: [{ type: 'text', text: 'สวัสดีค่ะ พิมพ์ “สถานะ” เพื่อเริ่มต้น' }, sampleFlex(fileId)],
  })
  return {
    ...sandbox,
    dir,
    fileId,
    control,
    line,
    google,
    async close() {
      await sandbox.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

type Call = (method: string, path: string, body?: unknown) => Promise<Json>

async function rosterFile(options: { google: Call; driveId: string }): Promise<string> {
  const { google, driveId } = options
  const file = await google('POST', 'drive/v3/files?supportsAllDrives=true', {
    name: 'รายชื่อ โรงเรียนบ้านตัวอย่าง',
    mimeType: 'application/vnd.google-apps.spreadsheet',
    parents: [driveId],
  })
  const id = String(file['id'])
  const text = (value: string, note?: string) => ({
    userEnteredValue: { stringValue: value },
    ...(note ? { note } : {}),
  })
  const head = ['เลขประจำตัวประชาชน', 'ชื่อ', 'นามสกุล', 'วันเดือนปีเกิด'].map((word) => ({
    ...text(word),
    userEnteredFormat: { textFormat: { bold: true }, backgroundColor: { red: 0.85, green: 0.92, blue: 0.83 } },
  }))
  const rows = [
    { values: head },
    { values: [text('1101700207030'), text('กมล'), text('ทดสอบ'), text('15/05/2560')] },
    { values: [text('0113200420331'), text('ขวัญ'), text('ตัวอย่าง', 'นามสกุลมีช่องว่าง'), text('29/02/2560', 'ไม่มีวันนี้')] },
  ]
  const fields = 'userEnteredValue,userEnteredFormat,note'
  await google('POST', `v4/spreadsheets/${id}:batchUpdate`, {
    requests: [
      { updateCells: { start: { sheetId: 0, rowIndex: 0, columnIndex: 0 }, rows, fields } },
      {
        updateSheetProperties: {
          properties: { sheetId: 0, title: 'รายชื่อ', gridProperties: { frozenRowCount: 1 } },
          fields: 'title,gridProperties.frozenRowCount',
        },
      },
    ],
  })
  await google('POST', `drive/v3/files/${id}/permissions?supportsAllDrives=true&sendNotificationEmail=false`, {
    type: 'user',
    role: 'writer',
    emailAddress: EMAIL,
  })
  return id
}

async function richMenu(line: Call): Promise<void> {
  const size = { width: 1200, height: 405 }
  const areas = ['สถานะ', 'ยืนยัน', 'ช่วยเหลือ'].map((text, index) => ({
    bounds: { x: index * 400, y: 0, width: 400, height: 405 },
    action: { type: 'message', label: text, text },
  }))
  const menu = await line('POST', '/v2/bot/richmenu', {
    size,
    selected: false,
    name: 'menu',
    chatBarText: 'เมนู',
    areas,
  })
  const image = plainPng({ ...size, columns: 3, rgb: [15, 107, 79] })
  await line('POST', `/v2/bot/richmenu/${String(menu['richMenuId'])}/content`, image)
  await line('POST', `/v2/bot/user/all/richmenu/${String(menu['richMenuId'])}`)
}

async function call(method: string, url: string, options: { body?: unknown; token?: string }): Promise<Json> {
  const { body, token } = options
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const bytes = Buffer.isBuffer(body)
  if (body !== undefined) headers['content-type'] = bytes ? 'image/png' : 'application/json'
  const answer = await fetch(url, {
    method,
    headers,
    ...(body === undefined ? {} : { body: bytes ? new Uint8Array(body) : JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
  return text === '' ? {} : (JSON.parse(text) as Json)
}
