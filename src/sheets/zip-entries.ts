import { inflateRawSync } from 'node:zlib'

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const endLength = 22
const longestComment = 65_535

/** Far above any roster, far below what a file made to exhaust memory would unpack to. */
const mostBytes = 256 * 1024 * 1024

/** Reads one file out of a zip archive as text, or null when it is not in there. The format: PKWARE's APPNOTE 4.3. */
export function openZip(bytes: Buffer): (name: string) => string | null {
  const entries = readDirectory(bytes)
  return (name) => {
    const entry = entries.get(name)
    return entry === undefined ? null : unpack(bytes, entry)
  }
}

type Entry = { method: number; size: number; offset: number }

function readDirectory(bytes: Buffer): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  const end = findEnd(bytes)
  if (end === null) return entries
  let at = bytes.readUInt32LE(end + 16)
  while (at + 46 <= end && bytes.readUInt32LE(at) === directoryEntry) {
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, nameEnd)
    const entry = {
      method: bytes.readUInt16LE(at + 10),
      size: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    }
    entries.set(name, entry)
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

function findEnd(bytes: Buffer): number | null {
  const lowest = Math.max(0, bytes.length - endLength - longestComment)
  for (let at = bytes.length - endLength; at >= lowest; at -= 1) {
    if (bytes.readUInt32LE(at) === endOfDirectory) return at
  }
  return null
}

function unpack(bytes: Buffer, { method, size, offset }: Entry): string {
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28)
  const packed = bytes.subarray(start, start + size)
  const plain = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: mostBytes })
  return plain.toString('utf8')
}
