import { control } from './control-api.js'
import { button, el, region } from './element.js'
import { poll } from './poll.js'
import { fieldInstant, fieldValue, thaiClock, thaiDate, thaiMoment } from './thai-time.js'
import { toastError } from './toast.js'

const HOUR_MS = 3_600_000

/**
 * The domain clock: shown, ticking, and movable.
 * @param {{ store: import('./store.js').Store }} options
 */
export function clockBar({ store }) {
  let offsetMs = 0
  const now = () => Date.now() + offsetMs
  const date = el('span', { class: 'clock-date', testid: 'clock-date' })
  const time = el('strong', { class: 'clock-time', testid: 'clock-time' })
  const field = el('input', {
    class: 'field clock-field',
    testid: 'clock-field',
    attrs: { type: 'datetime-local', 'aria-label': 'ตั้งวันและเวลา (ค.ศ. เวลาไทย)', title: 'ตั้งวันและเวลา (ค.ศ.)' },
  })
  const moments = el('select', { class: 'field', testid: 'clock-moments', attrs: { 'aria-label': 'ช่วงสำคัญของรอบ' } })

  const tick = () => {
    date.textContent = thaiDate(now())
    time.textContent = thaiClock(now())
    if (document.activeElement !== field) field.value = fieldValue(now())
  }
  /** @param {{ now: number } | { offsetMs: number }} wanted */
  const move = (wanted) => {
    control('PUT', 'clock', wanted).then(clock.soon, toastError)
  }
  const clock = poll(
    1500,
    async () => {
      /** @type {{ offsetMs: number }} */
      const answer = await control('GET', 'clock')
      offsetMs = answer.offsetMs
      tick()
    },
    () => {},
  )

  field.addEventListener('change', () => {
    const wanted = fieldInstant(field.value)
    if (!Number.isNaN(wanted)) move({ now: wanted })
  })
  moments.addEventListener('change', () => {
    if (moments.value === '') return
    move(moments.value === 'real' ? { offsetMs: 0 } : { now: Number(moments.value) })
    moments.value = ''
  })
  const drawMoments = () => {
    const list = store.state.pageData.moments
    moments.replaceChildren(el('option', { text: 'ช่วงของรอบ…', attrs: { value: '' } }))
    for (const { label, at } of list) {
      const instant = new Date(at).getTime()
      moments.append(el('option', { text: `${label} · ${thaiMoment(instant)} น.`, attrs: { value: String(instant) } }))
    }
    moments.append(el('option', { text: 'เวลาจริงของเครื่องนี้', attrs: { value: 'real' } }))
  }
  store.subscribe((changed) => {
    if (changed.has('pageData')) drawMoments()
  })
  drawMoments()
  setInterval(tick, 500)
  tick()

  region('clock').replaceChildren(
    el('p', { class: 'clock-now' }, date, time),
    el(
      'div',
      { class: 'clock-buttons' },
      button('+1 ชม.', () => move({ now: now() + HOUR_MS }), { class: 'button', testid: 'clock-hour' }),
      button('+1 วัน', () => move({ now: now() + 24 * HOUR_MS }), { class: 'button', testid: 'clock-day' }),
      field,
      moments,
    ),
  )
}
