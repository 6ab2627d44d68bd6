/** The one-time code that an invitation names. */
export function codeIn(words: string): string {
  const [code] = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(words) ?? []
  if (!code) throw new Error(`no code in: ${words}`)
  return code
}
