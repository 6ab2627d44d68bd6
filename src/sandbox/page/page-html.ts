import { html } from 'hono/html'

const STYLES = ['base', 'layout', 'people', 'chat', 'messages', 'flex', 'grid', 'log']

/** The frame that the browser modules fill; it stands, and says what this is, before any script runs. */
export function pageHtml() {
  return html`<!doctype html>
<html lang="th">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <meta name="color-scheme" content="light">
    <title>LEC Confirm — โหมดทดลอง</title>
    <link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
    ${STYLES.map((name) => html`<link rel="stylesheet" href="/assets/${name}.css">`)}
    <script type="module" src="/assets/main.js"></script>
  </head>
  <body data-view="chat">
    <header class="top-bar">
      <div class="brand">
        <img src="/assets/mark.svg" alt="" width="34" height="34">
        <div class="brand-words">
          <h1>LEC Confirm</h1>
          <p id="world-title">ยืนยันข้อมูลจำนวนนักเรียน</p>
        </div>
      </div>
      <p class="notice" role="note" data-testid="sandbox-notice">
        <strong>โหมดทดลอง (sandbox)</strong> <span>— ไม่ได้เชื่อมต่อ LINE และ Google จริง</span> <a href="/gallery">ข้อความทั้งหมด</a>
      </p>
      <section class="clock" id="clock" aria-label="นาฬิกาของระบบ"></section>
    </header>
    <p class="offline" id="offline" role="alert" hidden>ติดต่อ sandbox ไม่ได้ หน้านี้จะเชื่อมต่อใหม่เองเมื่อ sandbox กลับมา</p>
    <nav class="view-tabs" id="view-tabs" aria-label="ส่วนของหน้า"></nav>
    <main class="workbench">
      <aside class="people" id="people" aria-label="บุคคล"></aside>
      <section class="chat" id="chat" aria-label="แชต LINE"></section>
      <section class="sheet" id="sheet" aria-label="ตาราง Google Sheets"></section>
    </main>
    <section class="log" id="log" aria-label="บันทึกการเรียก LINE และ Google"></section>
    <div class="toasts" id="toasts" role="status" aria-live="polite"></div>
    <noscript><p class="no-script">หน้านี้ต้องใช้ JavaScript</p></noscript>
  </body>
</html>`
}
