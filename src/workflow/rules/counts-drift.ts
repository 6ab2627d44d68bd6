/** An institution of another affiliation as confirmed, or as its row says now. */
export type CountedInstitution = {
  code: string
  name: string
  current: number | null
  reason: string | null
  checked: boolean
}

export type CountsDriftRow =
  | { kind: 'added'; name: string; to: number | null }
  /** Its row is gone from the sheet, or has neither number nor tick any more. */
  | { kind: 'missing'; name: string; from: number | null }
  | {
      kind: 'changed'
      name: string
      from: number | null
      to: number | null
      reasonChanged: boolean
      unticked: boolean
    }

/** Per institution, how the counts of other affiliations differ from what was confirmed; known by code (R23, R32). */
export function countsDrift(input: {
  confirmed: readonly CountedInstitution[]
  now: readonly CountedInstitution[]
}): CountsDriftRow[] {
  const nowBy = new Map(input.now.map((row) => [row.code, row]))
  const known = new Set(input.confirmed.map((row) => row.code))
  const rows = input.confirmed.flatMap((before): CountsDriftRow[] => {
    const after = nowBy.get(before.code)
    if (!after || isBare(after)) return [{ kind: 'missing', name: before.name, from: before.current }]
    const reasonChanged = (before.reason ?? '') !== (after.reason ?? '')
    const unticked = before.checked && !after.checked
    if (before.current === after.current && !reasonChanged && !unticked) return []
    const { name } = before
    return [{ kind: 'changed', name, from: before.current, to: after.current, reasonChanged, unticked }]
  })
  const added = input.now
    .filter((row) => !known.has(row.code) && !isBare(row))
    .map((row): CountsDriftRow => ({ kind: 'added', name: row.name, to: row.current }))
  return [...rows, ...added]
}

const isBare = (row: CountedInstitution): boolean => row.current === null && !row.checked
