/** `npx node docs/take-screenshot.ts` takes the picture that README shows, of the product as it runs. */
import { join } from 'node:path'
import { launchBrowser } from '../test/browser/launch-browser.ts'
import { sitAtPage } from '../test/browser/person-at-page.ts'
import { asksForStatus } from '../test/browser/teacher-confirms.ts'
import { openScenarioWorld } from '../test/world/scenario-world.ts'

/** High enough that the whole card stands in the phone. */
const SIZE = { width: 1326, height: 970 }
const PICTURE = join(import.meta.dirname, 'screenshot.png')

const world = await openScenarioWorld()
const browser = await launchBrowser()
try {
  await world.synced()
  const at = await sitAtPage({ browser, world, size: SIZE })
  await asksForStatus(at)
  await at.page.getByTestId('cell-4-0').hover()
  await at.see(at.page.getByTestId('note-popup'))
  await at.page.screenshot({ path: PICTURE })
  await at.leave()
} finally {
  await browser.close()
  await world.rest()
  await world.close()
}
process.stdout.write(`${PICTURE}\n`)
