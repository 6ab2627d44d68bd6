import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillMenus } from '../../src/demo/fill-menus.ts'
import { openScenarioWorld, type World } from '../world/scenario-world.ts'
import { launchBrowser } from './launch-browser.ts'
import { DESKTOP, type PersonAtPage, sitAtPage, TELEPHONE } from './person-at-page.ts'
import { newcomerJoins, reopensThroughProvince } from './phone-stories.ts'
import { asksForStatus, attests, confirms, correctsHerSheet, readsBack, TEACHER } from './teacher-confirms.ts'

const PICTURES = join(import.meta.dirname, '../../test-output/browser')
const OTHER_TEACHER = 'นางจันทร์เพ็ญ นาดี'
const LAO_OFFICER = 'นายสมพงษ์ ทองดีเลิศ'
const LAST_DAY = 'วันสุดท้าย'

let world: World
let browser: Browser

beforeAll(async () => {
  world = await openScenarioWorld()
  await fillMenus({ ...world, db: world.product.database.db, menus: world.product.line.menus, say: () => {} })
  await world.synced()
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await world?.rest()
  await world?.close()
})

/** Plays at the page; fails in the end when the page had an error or called out. */
async function atPage(size: typeof DESKTOP, folder: string, play: (at: PersonAtPage) => Promise<void>): Promise<void> {
  const at = await sitAtPage({ browser, world, size, pictures: join(PICTURES, folder) })
  await play(at)
  await at.leave()
  expect(at.complaints).toEqual([])
}

describe('the whole product in a browser', () => {
  test('a teacher corrects her sheet, confirms, asks to reopen; her LAO lets her; the last day reminds', async () => {
    await atPage(DESKTOP, 'desktop', async (at) => {
      const { page } = at
      await asksForStatus(at)
      await at.picture('status')
      await page.getByTestId('cell-4-0').hover()
      await at.see(page.getByTestId('note-popup').getByText('หลักสุดท้ายไม่ตรงกับเลขตรวจสอบ'))
      await at.picture('note')
      await correctsHerSheet(at)
      await at.picture('corrected')
      await readsBack(at)
      await page.getByTestId('grid-notes').waitFor({ state: 'hidden' })
      await at.picture('read-back')
      await attests(at)
      await at.picture('attested')
      await confirms(at)
      await at.picture('receipt')

      await at.pick(LAO_OFFICER)
      await at.say('สถานะ')
      await at.hear('องค์การบริหารส่วนตำบลบ้านนา', 'ยืนยันแล้ว 1/2 แห่ง 24 คน')
      // This officer sits at a PC, where LINE shows no quick replies.
      expect(await page.getByTestId('quick-reply').count()).toBe(0)
      await at.picture('lao')

      await at.pick(TEACHER)
      await at.say('ขอยกเลิกการยืนยัน')
      await at.tap('มีผู้ย้ายเข้า')
      await at.say('เด็กย้ายเข้า 1 คน')
      await at.hear('ส่งคำขอยกเลิกการยืนยันแล้ว')
      await at.picture('asked-to-reopen')
      await at.pick(LAO_OFFICER)
      await at.say('คำขอ')
      await at.hear('เด็กย้ายเข้า 1 คน')
      await at.picture('request')
      await at.tap('ยกเลิกการยืนยัน')
      await at.hear('ตารางเปิดให้แก้ไข')
      await at.pick(TEACHER)
      await page.getByTestId('lock-banner').waitFor({ state: 'detached' })
      await at.picture('reopened')

      const moments = page.getByTestId('clock-moments')
      const lastDay = await moments.locator('option').filter({ hasText: LAST_DAY }).getAttribute('value')
      await moments.selectOption(lastDay)
      await at.see(page.getByTestId('clock-date').getByText('10 มิถุนายน 2567'))
      await at.hear('ยังไม่ได้ยืนยัน')
      await at.picture('reminded')
      await page.getByTestId('log-toggle').click()
      await at.see(page.getByTestId('log-line').getByText('POST /v2/bot/message/push').first())
      await at.see(page.getByTestId('log-google').getByText('/v4/spreadsheets').first())
      await at.picture('log')
    })
  }, 120_000)

  test('a teacher with a telephone only goes from her status to the sheet and to the receipt', async () => {
    await atPage(TELEPHONE, 'telephone', async (at) => {
      const { page } = at
      await page.getByTestId('person-switch').click()
      await at.picture('people')
      await at.pick(OTHER_TEACHER)
      await at.say('สถานะ')
      await at.hear('พร้อมยืนยัน')
      await at.picture('status')
      await at.tap('เปิดตาราง')
      await at.see(page.getByTestId('cell-1-0').getByText(/^\d{13}$/))
      await at.picture('sheet')
      await page.getByTestId('view-chat').click()
      await at.say('ยืนยัน')
      await at.hear('ข้อมูลที่ระบบอ่านได้ขณะนี้')
      await at.picture('read-back')
      await at.tap('ตรวจแล้ว มีตัวตนจริงทั้ง 19 คน')
      await at.hear('ยืนยันข้อมูล 19 คน ใช่หรือไม่')
      await at.tap('ยืนยัน 19 คน')
      await at.hear('ใบรับการยืนยันข้อมูลรายชื่อ', OTHER_TEACHER)
      await at.picture('receipt')
      await page.getByTestId('view-grid').click()
      await at.see(page.getByTestId('lock-banner'))
      await at.picture('locked')
      await page.getByTestId('view-log').click()
      await at.see(page.getByTestId('log-line').getByText('POST /v2/bot/message/reply').first())
      await at.picture('log')
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(TELEPHONE.width)
    })
  }, 120_000)

  test('a newcomer joins with a code on her telephone, and the menu of her duty is there to tap', async () => {
    await atPage(TELEPHONE, 'joining', (at) => newcomerJoins(at, world))
  }, 120_000)

  test("a confirmation is reopened up to the province and made anew, on a page of a telephone's size", async () => {
    await atPage(TELEPHONE, 'reopening', (at) => reopensThroughProvince(at, world))
  }, 120_000)
})
