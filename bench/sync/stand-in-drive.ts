type Change = { fileId: string; version: number; at: number; editor: string }

export type StandInDrive = ReturnType<typeof openStandInDrive>

const PAGE = 1_000

/** The change feed of one shared drive: every edit of people and every write of ours is an entry, the newest of a file counts. */
export function openStandInDrive() {
  const feed: Change[] = []
  const latest = new Map<string, Change>()

  const fileOf = ({ version, at, editor }: Omit<Change, 'fileId'>) => ({
    version: String(version),
    modifiedTime: new Date(at).toISOString(),
    trashed: false,
    lastModifyingUser: { displayName: editor, emailAddress: editor },
  })

  const list = (from: number) => {
    const until = Math.min(feed.length, from + PAGE)
    const changes = feed.slice(from, until)
    // A file that changed again later appears once, at its last place.
    const newest = changes.filter((change) => latest.get(change.fileId) === change)
    return {
      changes: newest.map((change) => ({
        fileId: change.fileId,
        removed: false,
        changeType: 'file',
        file: fileOf(change),
      })),
      ...(until < feed.length ? { nextPageToken: String(until) } : { newStartPageToken: String(until) }),
    }
  }

  return {
    changed(fileId: string, by: { at: number; editor: string }): void {
      const change = { fileId, version: (latest.get(fileId)?.version ?? 1) + 1, ...by }
      latest.set(fileId, change)
      feed.push(change)
    },
    answer(url: URL): string {
      const path = url.pathname.slice('/drive/v3/'.length)
      if (path === 'changes/startPageToken') return JSON.stringify({ startPageToken: String(feed.length) })
      if (path === 'changes') return JSON.stringify(list(Number(url.searchParams.get('pageToken'))))
      const fileId = decodeURIComponent(path.slice('files/'.length))
      return JSON.stringify(fileOf(latest.get(fileId) ?? { version: 1, at: 0, editor: 'teacher@school.example' }))
    },
  }
}
