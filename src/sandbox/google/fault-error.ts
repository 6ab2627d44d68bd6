import type { Fault } from './faults.ts'
import { callerHasNoPermission, driveError, fileNotFound, type GoogleError, sheetsError } from './google-error.ts'
import { driveRateExceeded, sharingRateExceeded, sheetsQuotaExceeded } from './quota.ts'

/** The error a fault stands for; nothing for those that are no answer at all. */
export function faultError(
  fault: Fault,
  request: { service: 'sheets' | 'drive'; fileId: string },
): GoogleError | undefined {
  const sheets = request.service === 'sheets'
  switch (fault.kind) {
    case '429-read':
    case '429-write': {
      const access = fault.kind === '429-read' ? 'read' : 'write'
      if (sheets) return sheetsQuotaExceeded({ access, per: 'user', limit: 60 })
      return driveError(429, 'rateLimitExceeded', 'Rate Limit Exceeded', { domain: 'usageLimits' })
    }
    case '403-rate':
      return driveRateExceeded()
    case '403-sharing':
      return sharingRateExceeded()
    case '500':
      return sheets
        ? sheetsError(500, 'Internal error encountered.')
        : driveError(500, 'internalError', 'Internal Error')
    case '503-before':
    case '503-after':
      if (sheets) return sheetsError(503, 'The service is currently unavailable.')
      return driveError(503, 'backendError', 'Transient failure', { domain: 'global' })
    case 'access-lost':
      return sheets ? callerHasNoPermission() : fileNotFound(request.fileId)
    case 'timeout':
    case 'cut':
    case 'cut-before':
    case 'slow':
      return undefined
  }
}
