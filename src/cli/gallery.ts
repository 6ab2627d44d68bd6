import { join } from 'node:path'
import { Command } from 'commander'
import { AppError } from '../app-error.ts'
import { findSandbox } from '../attach-sandbox.ts'
import { loadConfig, readEnvironment } from '../config.ts'
import { makeGallery } from '../demo/gallery/make-gallery.ts'
import { openSandboxControl } from '../demo/sandbox-control.ts'

/** `lec gallery`: plays the gallery's story and shows every message of it side by side on the sandbox's page. */
export function galleryCommand(): Command {
  return new Command('gallery')
    .description('ข้อความทั้งหมดในหน้าเดียว / every message of the chat side by side, on the page of the running sandbox')
    .action(async () => {
      const config = loadConfig(readEnvironment())
      const sandbox = config.mode === 'sandbox' ? await findSandbox(join(config.dataDir, 'sandbox')) : null
      if (!sandbox)
        throw new AppError('The sandbox is not running; start the product first (npm start)', { code: 'sandbox' })
      const exhibits = makeGallery().map(({ part, role, title, said, messages }) => {
        return { part, role, title, said, messages }
      })
      await openSandboxControl(sandbox.pageUrl).send('PUT', '/gallery', { exhibits })
      console.log(`ข้อความ ${exhibits.length} รายการ / messages: ${sandbox.pageUrl}/gallery`)
    })
}
