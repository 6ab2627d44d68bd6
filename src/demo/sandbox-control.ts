import { AppError } from '../app-error.ts'

export type SandboxControl = {
  get<T>(path: string): Promise<T>
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>
}

/** The sandbox's control API at `pageUrl` (docs/sandbox.md): acting as people, moving the clock. */
export function openSandboxControl(pageUrl: string): SandboxControl {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(`${pageUrl}/_sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await answer.text()
    if (!answer.ok)
      throw new AppError(`sandbox ${method} ${path}: ${answer.status} ${text.slice(0, 300)}`, { code: 'sandbox' })
    return (text === '' ? {} : JSON.parse(text)) as T
  }
  return { get: (path) => call('GET', path), send: (method, path, body) => call(method, path, body) }
}
