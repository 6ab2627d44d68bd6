import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import type { World } from '../world/scenario-world.ts'

export const DESKTOP = { width: 1440, height: 900 }
export const TELEPHONE = { width: 390, height: 844 }

/** How long one thing may take to show on the page. */
const SHOW_LIMIT_MS = 15_000

export type PersonAtPage = Awaited<ReturnType<typeof sitAtPage>>

/** Somebody in front of the sandbox page: eyes, mouse and keyboard, and nothing that the page does not offer. */
export async function sitAtPage(input: {
  browser: Browser
  world: World
  size: { width: number; height: number }
  /** Where pictures go; none are taken without it. */
  pictures?: string
}) {
  const { browser, world, size, pictures } = input
  const context = await browser.newContext({
    viewport: size,
    locale: 'th-TH',
    timezoneId: 'Asia/Bangkok',
    hasTouch: size.width < 600,
    isMobile: size.width < 600,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(SHOW_LIMIT_MS)
  const complaints = watchForComplaints(page, world.sandbox.pageUrl)
  await page.goto(world.sandbox.pageUrl)
  await page.evaluate('document.fonts.ready')
  if (pictures) mkdirSync(pictures, { recursive: true })
  let taken = 0

  const see = (place: Locator): Promise<void> => place.waitFor({ state: 'visible' })
  const chat = page.getByTestId('chat-list')

  const menu = page.getByTestId('rich-menu')
  const openMenu = async (): Promise<void> => {
    await see(page.getByTestId('chat-bar'))
    if (!(await menu.isVisible())) await page.getByTestId('chat-bar').click()
    await see(menu)
  }

  return {
    page,
    complaints,
    chat,
    /** The newest thing that the bot said. */
    newest: () => chat.locator('[data-from="bot"]').last(),
    async pick(name: string) {
      const person = world.people.find((one) => one.name === name)
      if (!person) throw new Error(`nobody is called ${name}`)
      const entry = page.getByTestId(`person-${person.userId}`)
      if (!(await entry.isVisible())) await page.getByTestId('person-switch').click()
      await entry.click()
      await see(page.locator('.person[aria-current="true"]:visible, .person-now:visible').getByText(name).first())
    },
    async say(text: string) {
      await page.getByTestId('chat-input').fill(text)
      await page.getByTestId('chat-send').click()
      await see(chat.locator('[data-from="person"]').getByText(text, { exact: true }).last())
      await world.rest()
    },
    /** Taps the newest button that says exactly this. */
    async tap(label: string) {
      await chat.getByRole('button', { name: label, exact: true }).last().click()
      await world.rest()
    },
    openMenu,
    /** Taps what the menu under the chat offers. */
    async tapMenu(label: string) {
      await openMenu()
      await page.getByTestId('rich-menu').getByRole('button', { name: label, exact: true }).click()
      await world.rest()
    },
    /** Types into a cell; row and column from 0. */
    async write(row: number, column: number, text: string) {
      await page.getByTestId(`cell-${row}-${column}`).click()
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
      await see(page.getByTestId(`cell-${row}-${column}`).getByText(text, { exact: true }))
    },
    /** Waits until the newest words of the bot hold all of these. */
    async hear(...words: string[]) {
      for (const word of words) await see(chat.locator('[data-from="bot"]').last().getByText(word).first())
    },
    see,
    async picture(name: string) {
      if (!pictures) return
      await world.rest()
      taken += 1
      await page.screenshot({ path: join(pictures, `${String(taken).padStart(2, '0')}-${name}.png`) })
    },
    leave: () => context.close(),
  }
}

/** Errors of the page's scripts, and calls to anywhere but the sandbox. */
function watchForComplaints(page: Page, home: string): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(home) && !url.startsWith('data:')) complaints.push(`called ${url}`)
  })
  return complaints
}
