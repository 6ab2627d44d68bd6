const TERMINAL_MS = 200
const FILE_MS = 10_000
/** A forecast from less would jump about. */
const ENOUGH_MS = 2_000

const BANGKOK = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Bangkok',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** "12/334 … เสร็จประมาณ 14.32 น.": the pace so far goes on. */
export function progressLine(input: { done: number; of: number; startedAt: number; now: number }): string {
  const { done, of, startedAt, now } = input
  if (done >= of) return `${done}/${of}`
  const spent = now - startedAt
  if (done === 0 || spent < ENOUGH_MS) return `${done}/${of} …`
  const endsAt = now + (spent / done) * (of - done)
  const [hour, minute] = BANGKOK.format(endsAt).split(':')
  const days = bangkokDayNumber(endsAt) - bangkokDayNumber(now)
  return `${done}/${of} … เสร็จประมาณ ${hour}.${minute} น.${days > 0 ? ` (อีก ${days} วัน)` : ''}`
}

const bangkokDayNumber = (at: number): number => Math.floor((at + 7 * 3_600_000) / 86_400_000)

/** One line that is written over on a terminal; now and then a line of its own anywhere else. */
export function openProgress(options: { now: () => number; out: { isTTY?: boolean; write(text: string): unknown } }): {
  tell(told: { done: number; of: number }): void
  end(): void
} {
  const { now, out } = options
  const startedAt = now()
  let shownAt = startedAt
  let open = false
  return {
    tell({ done, of }) {
      const at = now()
      if (done < of && at - shownAt < (out.isTTY ? TERMINAL_MS : FILE_MS)) return
      shownAt = at
      const line = progressLine({ done, of, startedAt, now: at })
      out.write(out.isTTY ? `\r${line}\u001b[K` : `${line}\n`)
      open = out.isTTY === true
    },
    end() {
      if (open) out.write('\n')
    },
  }
}
