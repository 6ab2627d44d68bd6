import { control } from './control-api.js'
import { button, el } from './element.js'
import { toast, toastError } from './toast.js'

/** @type {{ side: 'line' | 'google', label: string, fault: Record<string, unknown> }[]} */
const FAULTS = [
  { side: 'line', label: 'LINE: ถี่เกินไป (429)', fault: { on: 'any', kind: '429-rate' } },
  { side: 'line', label: 'LINE: โควตาเดือนนี้หมด (429)', fault: { on: 'push', kind: '429-monthly' } },
  { side: 'line', label: 'LINE: ขัดข้อง (500)', fault: { on: 'any', kind: '500' } },
  { side: 'line', label: 'LINE: ไม่ตอบ (timeout)', fault: { on: 'any', kind: 'timeout' } },
  { side: 'line', label: 'LINE: รับแล้วสายหลุด (cut after accept)', fault: { on: 'any', kind: 'cut-after-accept' } },
  { side: 'line', label: 'Webhook: ซ้ำ (duplicate)', fault: { on: 'webhook', kind: 'duplicate' } },
  { side: 'line', label: 'Webhook: สลับลำดับ (reorder)', fault: { on: 'webhook', kind: 'reorder' } },
  { side: 'line', label: 'Webhook: หาย (drop)', fault: { on: 'webhook', kind: 'drop' } },
  { side: 'google', label: 'Google: อ่านถี่เกินไป (429)', fault: { on: 'sheets', kind: '429-read' } },
  { side: 'google', label: 'Google: เขียนถี่เกินไป (429)', fault: { on: 'sheets', kind: '429-write' } },
  { side: 'google', label: 'Google: ล้มก่อนเขียน (503 before)', fault: { on: 'any', kind: '503-before' } },
  { side: 'google', label: 'Google: เขียนแล้วล้ม (503 after)', fault: { on: 'any', kind: '503-after' } },
  { side: 'google', label: 'Google: ไม่ตอบ (timeout)', fault: { on: 'any', kind: 'timeout' } },
  { side: 'google', label: 'Google: หมดสิทธิ์เข้าถึง (access lost)', fault: { on: 'any', kind: 'access-lost' } },
]

/** Buttons that make the next calls fail. */
export function faultPanel() {
  const times = el('input', {
    class: 'field fault-times',
    attrs: { type: 'number', min: '1', max: '50', value: '1', 'aria-label': 'จำนวนครั้ง' },
  })
  const list = el('div', { class: 'fault-buttons' })
  FAULTS.forEach(({ side, label, fault }, index) => {
    const put = () => {
      control('POST', `${side}/faults`, { ...fault, times: Number(times.value) || 1 }).then(
        () => toast(`ตั้งเหตุขัดข้องแล้ว: ${label} × ${times.value}`),
        toastError,
      )
    }
    list.append(button(label, put, { class: 'button button-quiet', testid: `fault-${index}` }))
  })
  const clear = () => {
    Promise.all([control('DELETE', 'line/faults'), control('DELETE', 'google/faults')]).then(
      () => toast('ยกเลิกเหตุขัดข้องทั้งหมดแล้ว'),
      toastError,
    )
  }
  return el(
    'section',
    { class: 'log-feed faults', attrs: { 'aria-label': 'จำลองเหตุขัดข้อง' } },
    el('h2', { text: 'จำลองเหตุขัดข้องกับคำขอถัดไป' }),
    el(
      'p',
      { class: 'fault-head' },
      el('label', {}, 'จำนวนครั้ง ', times),
      button('ยกเลิกทั้งหมด', clear, { class: 'button', testid: 'faults-clear' }),
    ),
    list,
  )
}
