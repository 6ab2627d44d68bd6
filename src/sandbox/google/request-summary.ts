/** What a body asks for, without anything that people wrote: the kinds of requests, or the names of the fields. */
export function describeRequest(text: string): string {
  if (text === '') return ''
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return 'not JSON'
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'not an object'
  const requests = (body as { requests?: unknown }).requests
  if (!Array.isArray(requests)) return Object.keys(body).slice(0, 12).join(', ')
  const counts = new Map<string, number>()
  for (const request of requests) {
    const kind = Object.keys((request ?? {}) as object)[0] ?? 'nothing'
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts].map(([kind, count]) => (count > 1 ? `${kind} ×${count}` : kind)).join(', ')
}

/** Path and query as asked, without credentials. */
export function loggedPath(url: URL): string {
  const query = new URLSearchParams(url.search)
  for (const name of ['key', 'access_token', 'oauth_token']) query.delete(name)
  const rest = decode(query.toString().replaceAll('+', '%20'))
  return `${decode(url.pathname)}${rest === '' ? '' : `?${rest}`}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
