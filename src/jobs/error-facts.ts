import { AppError } from '../app-error.ts'

/**
 * What may be logged and stored of an error. Our own words are safe; a foreign message may quote a query's values, which
 * are people's data: of those only the name and where it happened are kept.
 */
export function errorFacts(error: unknown): { name: string; message: string; at: string } {
  if (!(error instanceof Error)) return { name: typeof error, message: '', at: '' }
  const at = (error.stack ?? '').split('\n').find((line) => /^\s+at .*\/src\//.test(line))
  return { name: error.name, message: error instanceof AppError ? error.message : '', at: at?.trim() ?? '' }
}
