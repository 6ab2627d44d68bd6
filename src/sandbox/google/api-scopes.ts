import type { Caller } from './access-token.ts'
import { GoogleError } from './google-error.ts'
import type { RequestKind } from './quota.ts'

const prefix = 'https://www.googleapis.com/auth/'
const scopesFor: Record<'sheets' | 'drive', Record<'read' | 'write', string[]>> = {
  sheets: {
    read: ['spreadsheets', 'spreadsheets.readonly', 'drive', 'drive.readonly', 'drive.file'],
    write: ['spreadsheets', 'drive', 'drive.file'],
  },
  drive: {
    read: ['drive', 'drive.readonly', 'drive.file', 'drive.metadata', 'drive.metadata.readonly'],
    write: ['drive', 'drive.file'],
  },
}

export function scopeFault(caller: Caller, kind: RequestKind): GoogleError | undefined {
  if (scopesFor[kind.service][kind.access].some((scope) => caller.scopes.has(prefix + scope))) return undefined
  const message = 'Request had insufficient authentication scopes.'
  return new GoogleError({
    status: 403,
    message,
    body: {
      error: {
        code: 403,
        message,
        errors: [{ message: 'Insufficient Permission', domain: 'global', reason: 'insufficientPermissions' }],
        status: 'PERMISSION_DENIED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
            domain: 'googleapis.com',
            metadata: { service: `${kind.service}.googleapis.com` },
          },
        ],
      },
    },
  })
}
