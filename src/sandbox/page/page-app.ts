import { Hono } from 'hono'
import { assets } from './assets.ts'
import { galleryControl } from './gallery-data.ts'
import { galleryHtml } from './gallery-html.ts'
import { pageDataControl } from './page-data.ts'
import { pageHtml } from './page-html.ts'

/** Pictures that messages name stand on other hosts; the page shows their address instead of calling out. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export function pageApp(options: { dir: string }): Hono {
  return new Hono()
    .use(async (c, next) => {
      await next()
      if (!c.res.headers.get('Content-Type')?.startsWith('text/html')) return
      c.header('Content-Security-Policy', CONTENT_POLICY)
      c.header('Cache-Control', 'no-cache')
    })
    .get('/', (c) => c.html(pageHtml()))
    .get('/gallery', (c) => c.html(galleryHtml()))
    .get('/favicon.ico', (c) => c.redirect('/assets/mark.svg'))
    .route('/assets', assets())
    .route('/_sandbox/page-data', pageDataControl(options))
    .route('/_sandbox/gallery', galleryControl(options))
}
