/**
 * One call of the sandbox's control API; a refusal becomes an Error with the sandbox's own words.
 * @template T
 * @param {'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} method
 * @param {string} path below /_sandbox/
 * @param {unknown} [body]
 * @returns {Promise<T>}
 */
export async function control(method, path, body) {
  /** @type {RequestInit} */
  const request = { method }
  if (body !== undefined) {
    request.body = JSON.stringify(body)
    request.headers = { 'Content-Type': 'application/json' }
  }
  const answer = await fetch(`/_sandbox/${path}`, request)
  const content = await answer.json().catch(() => null)
  if (answer.ok) return content
  throw new Error(typeof content?.error === 'string' ? content.error : `${answer.status} ${answer.statusText}`)
}
