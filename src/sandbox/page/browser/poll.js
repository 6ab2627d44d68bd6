/**
 * Runs a task again and again, never twice at once; `soon` asks for the next run right away.
 * @param {number} everyMs
 * @param {() => Promise<void>} task
 * @param {(error: unknown) => void} onError
 */
export function poll(everyMs, task, onError) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let running = false
  let again = false

  const run = async () => {
    clearTimeout(timer)
    if (running) {
      again = true
      return
    }
    running = true
    again = false
    try {
      if (!document.hidden) await task()
    } catch (error) {
      onError(error)
    }
    running = false
    timer = setTimeout(run, again ? 0 : everyMs)
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void run()
  })
  void run()
  return { soon: () => void run() }
}
