/** What the bench asks of its stand-in over the pipe between the two processes; each order is answered with a report. */
export type StandInOrder = { type: 'edit'; sheets: number[]; at: number } | { type: 'reset' } | { type: 'report' }

export type StandInCounts = {
  reads: number
  writes: number
  drive: number
  /** 429s given. */
  refused: number
  bytesIn: number
  bytesOut: number
}

export type StandInReport = {
  counts: StandInCounts
  /** Milliseconds of the virtual clock from an edit's entry in the feed to the write that answered it. */
  feedback: number[]
  /** Sheets that were read at least once. */
  read: number
}

export const emptyCounts = (): StandInCounts => ({ reads: 0, writes: 0, drive: 0, refused: 0, bytesIn: 0, bytesOut: 0 })
