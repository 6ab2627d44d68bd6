import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { joinLink } from '../bot/join-link.ts'
import { qrPng } from '../bot/qr-picture.ts'
import { INVITATION_PAGE as WORDS } from '../bot/words/invitation-page-words.ts'
import { type Db, transact } from '../db/open.ts'
import { type InvitationPage, invitationPageOf } from '../workflow/invitation-page.ts'

export type InvitationPageDeps = {
  db: Db
  now: () => number
  /** Our LINE account's id (@…), once it is known. */
  basicId: () => string | null
}

type Open = Extract<InvitationPage, { state: 'open' }>

/**
 * GET /i/ID and /i/ID.png: an invitation to print, and its QR picture. Whoever has the address has the code, so nothing on the way
 * may keep or pass on either: no cache, no index, no referrer. Gone (410) as soon as the code opens nothing any more.
 */
export function invitationPageRoute(deps: InvitationPageDeps): Hono {
  const app = new Hono()
  const find = (pageId: string): InvitationPage | null =>
    transact(deps.db, (tx) => invitationPageOf(tx, pageId, deps.now()))

  app.use('/i/*', async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    c.header('x-robots-tag', 'noindex, nofollow')
    c.header('x-content-type-options', 'nosniff')
    c.header(
      'content-security-policy',
      "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
  })
  app.get('/i/:file{[A-Za-z0-9_-]+\\.png}', (c) => {
    const page = find(c.req.param('file').slice(0, -'.png'.length))
    const basicId = deps.basicId()
    if (!page) return c.text(WORDS.unknown, 404)
    if (page.state === 'over') return c.text(WORDS.over[page.why], 410)
    if (basicId === null) return c.text(WORDS.unknown, 503)
    return c.body(qrPng(joinLink(basicId, page.code)), 200, { 'content-type': 'image/png' })
  })
  app.get('/i/:page', (c) => {
    const pageId = c.req.param('page')
    const page = find(pageId)
    if (!page) return c.html(noPage(WORDS.unknown, WORDS.unknownHow), 404)
    if (page.state === 'over') return c.html(noPage(WORDS.over[page.why], WORDS.overHow), 410)
    return c.html(openPage(page, { pageId, basicId: deps.basicId() }))
  })
  return app
}

function openPage(page: Open, place: { pageId: string; basicId: string | null }) {
  const { pageId, basicId } = place
  const steps = basicId ? WORDS.steps : WORDS.stepsTyped(basicId)
  const duty = WORDS.dutyOf(page)
  return document_(html`
    <p class="over">${WORDS.system}</p>
    <h1>${WORDS.title}</h1>
    <dl>
      <dt>${WORDS.unit}</dt><dd>${page.unitName}</dd>
      <dt>${WORDS.duty}</dt><dd>${duty}</dd>
      <dt>${WORDS.code}</dt><dd class="code">${page.code}</dd>
    </dl>
    <p class="until">${WORDS.until(page.expiresAt)}</p>
    ${basicId ? html`<img src="/i/${pageId}.png" alt="${WORDS.qr}" width="300" height="300">` : ''}
    <h2>${WORDS.howTitle}</h2>
    <ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>
    ${
      basicId
        ? html`<p class="screen"><a href="${joinLink(basicId, page.code)}">${WORDS.openInLine}</a></p>
    <p>${WORDS.byHand(basicId)}</p>`
        : ''
    }
    <p class="only">${WORDS.onlyFor}</p>
  `)
}

const noPage = (title: string, how: string) => document_(html`<h1>${title}</h1><p>${how}</p>`)

function document_(body: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="th">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${WORDS.title}</title>
<style>${raw(STYLE)}</style>
</head>
<body><main>${body}</main></body>
</html>`
}

/** Officers' machines have Thai letters of their own; the page fetches nothing. */
const STYLE = `
body { margin: 0; background: #f5f8fb; color: #12263a; font: 18px/1.6 Sarabun, "TH Sarabun New", Thonburi, "Leelawadee UI", Tahoma, sans-serif; }
main { max-width: 34rem; margin: 1.5rem auto; padding: 1.5rem; background: #fff; border-radius: 12px; }
h1 { margin: 0 0 1rem; font-size: 1.6rem; line-height: 1.3; }
h2 { margin: 1.2rem 0 .3rem; font-size: 1.2rem; }
.over { margin: 0; color: #4a5a6a; font-size: .95rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: 0; }
dt { color: #4a5a6a; } dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.code { font: 700 1.6rem/1.3 ui-monospace, Consolas, monospace; letter-spacing: .06em; }
.until { margin: .5rem 0 1rem; } ol { margin: .3rem 0; padding-left: 1.6rem; }
img { display: block; width: min(300px, 80vw); height: auto; margin: 0 auto; image-rendering: pixelated; }
.screen a { display: block; padding: .7rem; border-radius: 8px; background: #1d5fa8; color: #fff; text-align: center; text-decoration: none; }
.only { border-left: 4px solid #8a5300; padding-left: .8rem; }
@media print { body { background: #fff; } main { margin: 0; padding: 0; } .screen { display: none; } }
`
