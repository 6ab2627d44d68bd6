import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'

const CONTENT_TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

/** Thai and Latin in the weights that the style sheet names; a fresh machine has no Thai font of its own. */
const FONT_NAME = /^sarabun-(?:thai|latin)-(?:400|500|600|700)-normal\.woff2$/
const ASSET_NAME = /^[a-z0-9-]+\.(js|css|svg)$/

/** The browser's modules as they stand in the source tree, and the fonts out of their package. */
export function assets(): Hono {
  return new Hono()
    .get('/fonts/:name', async (c) => {
      const name = c.req.param('name')
      if (!FONT_NAME.test(name)) return c.notFound()
      const bytes = await readFile(new URL(import.meta.resolve(`@fontsource/sarabun/files/${name}`)))
      return c.body(bytes, 200, { 'Content-Type': 'font/woff2', 'Cache-Control': 'public, max-age=86400' })
    })
    .get('/:name', async (c) => {
      const name = c.req.param('name')
      const extension = ASSET_NAME.exec(name)?.[1]
      const bytes = extension && (await readFile(new URL(`./browser/${name}`, import.meta.url)).catch(() => null))
      if (!extension || !bytes) return c.notFound()
      return c.body(bytes, 200, { 'Content-Type': CONTENT_TYPES[extension] ?? '', 'Cache-Control': 'no-cache' })
    })
}
