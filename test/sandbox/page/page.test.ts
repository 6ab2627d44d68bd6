import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../../browser/launch-browser.ts'
import { type FilledSandbox, filledSandbox, OFFICER, TEACHER } from './filled-sandbox.ts'

const OUTPUT = join(import.meta.dirname, '../../../test-output/page')

let sandbox: FilledSandbox
let browser: Browser

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true })
  sandbox = await filledSandbox()
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await sandbox?.close()
})

/** Opens the page, plays the teacher, and fails the test at the end when the page reported an error or called out. */
async function withPage(size: { width: number; height: number }, run: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: size, locale: 'th-TH', timezoneId: 'Asia/Bangkok' })
  const page = await context.newPage()
  page.setDefaultTimeout(8_000)
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(sandbox.pageUrl) && !url.startsWith('data:')) wrong.push(`called ${url}`)
  })
  await page.goto(sandbox.pageUrl)
  await run(page)
  await context.close()
  expect(wrong).toEqual([])
}

const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }

/** Polls until the sandbox says what is expected of it. */
async function eventually<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 8_000
  for (;;) {
    const value = await read()
    if (wanted(value)) return value
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The browser's own paste event: the test must not depend on a clipboard of this machine. */
const pasting = (text: string): string => `{
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', ${JSON.stringify(text)})
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
}`

async function cellText(row: number, column: number): Promise<string> {
  const book = await sandbox.control('GET', `google/spreadsheets/${sandbox.fileId}`)
  const [sheet] = book['sheets'] as { rows: { v: string }[][] }[]
  return sheet?.rows[row]?.[column]?.v ?? ''
}

describe('the sandbox page on a wide screen', () => {
  test('says that nothing real is connected, and draws Thai with a font of its own', () =>
    withPage(desktop, async (page) => {
      expect(await page.getByTestId('sandbox-notice').innerText()).toContain('ไม่ได้เชื่อมต่อ LINE และ Google จริง')
      await page.evaluate('document.fonts.ready')
      const fonts = '[...document.fonts].filter((one) => one.status === "loaded").length'
      expect(await page.evaluate(fonts)).toBeGreaterThan(1)
    }))

  test('lists people by role and shows text, Flex and quick replies in the phone', () =>
    withPage(desktop, async (page) => {
      await page.getByTestId(`person-${TEACHER}`).click()
      await page.getByRole('heading', { name: 'เจ้าหน้าที่ อปท.' }).waitFor()
      await page.getByTestId('chat-list').getByText('สวัสดีค่ะ').waitFor()
      const bubble = page.locator('.fx-bubble').first()
      expect((await bubble.boundingBox())?.width).toBeCloseTo(300, 0)
      await bubble.getByText('78 คน').waitFor()
      await bubble.getByRole('button', { name: 'ยืนยันข้อมูล' }).waitFor()
      const colour = 'getComputedStyle(document.querySelector(".fx-button-primary")).backgroundColor'
      expect(await page.evaluate(colour)).toBe('rgb(15, 107, 79)')
      await page.getByTestId('quick-reply').getByText('กำหนดเวลา').waitFor()
      await page.getByTestId('cell-1-1').getByText('กมล').waitFor()
      await page.screenshot({ path: join(OUTPUT, 'desktop.png') })
    }))

  test('sends what is typed, tapped in a quick reply and tapped in a card', () =>
    withPage(desktop, async (page) => {
      await page.getByTestId(`person-${TEACHER}`).click()
      await page.getByTestId('quick-reply').first().click()
      await page.locator('[data-from="person"]').getByText('สถานะ', { exact: true }).waitFor()
      await page.getByTestId('quick-replies').waitFor({ state: 'detached' })
      await page.getByTestId('chat-input').fill('ช่วยเหลือ')
      await page.getByTestId('chat-input').press('Enter')
      await page.locator('[data-from="person"]').getByText('ช่วยเหลือ').waitFor()
      await page.getByTestId('flex-button').filter({ hasText: 'ยืนยันข้อมูล' }).click()
      await page.locator('[data-from="person"]').getByText('ยืนยันข้อมูล').waitFor()
      await page.getByTestId('chat-bar').click()
      await page.getByTestId('rich-menu-area-1').click()
      await page.locator('[data-from="person"]').getByText('ยืนยัน', { exact: true }).waitFor()
    }))

  test('shows neither quick replies nor rich menu on a PC', () =>
    withPage(desktop, async (page) => {
      await sandbox.line('POST', '/v2/bot/message/push', {
        to: OFFICER,
        messages: [
          {
            type: 'text',
            text: 'เลือกคำสั่ง',
            quickReply: { items: [{ type: 'action', action: { type: 'message', label: 'คำขอ', text: 'คำขอ' } }] },
          },
        ],
      })
      await page.getByTestId(`person-${OFFICER}`).click()
      await page.getByTestId('quick-reply').waitFor()
      await page.getByTestId('chat-bar').waitFor()
      await page.getByTestId('device-pc').click()
      await page.getByTestId('quick-reply').waitFor({ state: 'detached' })
      await page.getByTestId('chat-bar').waitFor({ state: 'detached' })
      await page.getByTestId('device-phone').click()
      await page.getByTestId('quick-reply').waitFor()
    }))

  test('writes into the grid as the person: typing, pasting, clearing, deleting rows', () =>
    withPage(desktop, async (page) => {
      await page.getByTestId(`person-${TEACHER}`).click()
      await page.getByTestId('cell-1-1').click()
      await page.keyboard.type('กมลชนก')
      await page.keyboard.press('Tab')
      await eventually(
        () => cellText(1, 1),
        (text) => text === 'กมลชนก',
      )
      await page.keyboard.type('สุขใจ')
      await page.keyboard.press('Enter')
      await eventually(
        () => cellText(1, 2),
        (text) => text === 'สุขใจ',
      )

      await page.getByTestId('cell-5-1').click()
      await page.evaluate(pasting('จิรา\tหนึ่ง\nชนะ\tสอง'))
      await page.getByTestId('cell-6-2').getByText('สอง').waitFor()
      expect([await cellText(5, 1), await cellText(6, 2)]).toEqual(['จิรา', 'สอง'])

      await page.getByTestId('cell-6-2').click()
      await page.keyboard.press('Delete')
      await eventually(
        () => cellText(6, 2),
        (text) => text === '',
      )
      await page.getByTestId('cell-5-1').click()
      await page.getByTestId('grid-delete-rows').click()
      await eventually(
        () => cellText(5, 1),
        (text) => text === 'ชนะ',
      )
      await page.getByTestId('cell-5-1').getByText('ชนะ').waitFor()
    }))

  test('shows notes beside the cell and in a list', () =>
    withPage(desktop, async (page) => {
      await page.getByTestId(`person-${TEACHER}`).click()
      await page.getByTestId('note-2-3').getByText('ไม่มีวันนี้').waitFor()
      await page.getByTestId('cell-2-3').hover()
      await page.getByTestId('note-popup').getByText('ไม่มีวันนี้').waitFor()
    }))

  test('opens the file of a sheet link in the grid, at the cell that the link names', () =>
    withPage(desktop, async (page) => {
      await page.getByTestId(`person-${TEACHER}`).click()
      await page.getByTestId('flex-button').filter({ hasText: 'เปิดตาราง' }).click()
      await page.locator('[data-testid="cell-2-2"].cell-anchor').waitFor()
    }))

  test('moves the domain clock and shows it in the Buddhist era', () =>
    withPage(desktop, async (page) => {
      await sandbox.control('PUT', 'clock', { now: '2024-06-10T16:42:00+07:00' })
      await page.getByTestId('clock-date').getByText('10 มิถุนายน 2567').waitFor()
      await page.getByTestId('clock-day').click()
      await page.getByTestId('clock-date').getByText('11 มิถุนายน 2567').waitFor()
      await page.getByTestId('clock-field').fill('2024-05-20T08:30')
      await page.getByTestId('clock-field').blur()
      await page.getByTestId('clock-date').getByText('20 พฤษภาคม 2567').waitFor()
      await page.getByTestId('clock-moments').selectOption({ index: 1 })
      await page.getByTestId('clock-date').getByText('11 มิถุนายน 2567').waitFor()
      await page.getByTestId('clock-time').getByText('17:00').waitFor()
    }))

  test('lists what LINE and Google were asked and can make the next call fail', () =>
    withPage(desktop, async (page) => {
      await page.getByTestId('log-toggle').click()
      await page.getByTestId('log-line').getByText('POST /v2/bot/message/push').first().waitFor()
      await page.getByTestId('log-google').getByText('POST /v4/spreadsheets').first().waitFor()
      await page.getByTestId('fault-0').click()
      await eventually(
        () => sandbox.control('GET', 'line/faults'),
        (answer) => (answer['faults'] as unknown[]).length === 1,
      )
      await page.getByTestId('faults-clear').click()
      await eventually(
        () => sandbox.control('GET', 'line/faults'),
        (answer) => (answer['faults'] as unknown[]).length === 0,
      )
      await page.screenshot({ path: join(OUTPUT, 'desktop-log.png') })
    }))
})

describe('the sandbox page on a telephone', () => {
  test('shows chat, grid and log one at a time without scrolling sideways', () =>
    withPage(phone, async (page) => {
      await page.getByTestId('person-switch').click()
      await page.getByTestId(`person-${TEACHER}`).click()
      await page.locator('.fx-bubble').first().getByText('78 คน').waitFor()
      // A trial click fails when something lies over the button.
      await page.getByTestId('flex-button').first().click({ trial: true })
      await page.screenshot({ path: join(OUTPUT, 'phone-chat.png') })
      await page.getByTestId('view-grid').click()
      await page.getByTestId('cell-1-0').getByText('1101700207030').waitFor()
      await page.screenshot({ path: join(OUTPUT, 'phone-grid.png') })
      expect(await page.getByTestId('chat-input').isVisible()).toBe(false)
      await page.getByTestId('view-log').click()
      await page.getByTestId('log-line').getByText('POST /v2/bot/message/push').first().waitFor()
      await page.screenshot({ path: join(OUTPUT, 'phone-log.png') })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width)
    }))
})

describe('a locked file', () => {
  test('is shown with its reason, and refuses what is typed with a message', () =>
    withPage(desktop, async (page) => {
      await sandbox.google('PATCH', `drive/v3/files/${sandbox.fileId}?supportsAllDrives=true`, {
        contentRestrictions: [{ readOnly: true, ownerRestricted: true, reason: 'ยืนยันข้อมูลแล้ว' }],
      })
      await page.getByTestId(`person-${TEACHER}`).click()
      await page.getByTestId('lock-banner').getByText('ยืนยันข้อมูลแล้ว').waitFor()
      const before = await cellText(1, 1)
      await page.getByTestId('cell-1-1').click()
      await page.keyboard.type('เปลี่ยน')
      await page.keyboard.press('Enter')
      await page.getByTestId('toast').waitFor()
      await page.screenshot({ path: join(OUTPUT, 'desktop-locked.png') })
      expect(await cellText(1, 1)).toBe(before)
      await page.getByTestId('cell-1-1').getByText(before).waitFor()
    }))
})
