import { html } from 'hono/html'

const STYLES = ['base', 'messages', 'flex', 'gallery']

/** Every message side by side, so that one person can review all words and pictures at once. */
export function galleryHtml() {
  return html`<!doctype html>
<html lang="th">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light">
    <title>ข้อความทั้งหมด — LEC Confirm</title>
    <link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
    ${STYLES.map((name) => html`<link rel="stylesheet" href="/assets/${name}.css">`)}
    <script type="module" src="/assets/gallery.js"></script>
  </head>
  <body class="gallery">
    <header class="gallery-bar">
      <h1><a href="/">LEC Confirm</a> · ข้อความทั้งหมด</h1>
      <form class="gallery-tools" id="gallery-tools" aria-label="ตัวกรอง"></form>
      <p class="gallery-count" id="gallery-count" role="status"></p>
    </header>
    <main id="gallery" aria-label="ข้อความ"></main>
    <noscript><p class="no-script">หน้านี้ต้องใช้ JavaScript</p></noscript>
  </body>
</html>`
}
