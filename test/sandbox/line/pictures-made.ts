/** The first bytes of a PNG of this size; padded when a longer file is wanted. */
export function png(width: number, height: number, bytes = 64): Buffer {
  const file = Buffer.alloc(Math.max(bytes, 33))
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]).copy(file)
  file.writeUInt32BE(width, 16)
  file.writeUInt32BE(height, 20)
  return file
}

/** The first bytes of a JPEG of this size, with an application segment before the frame header. */
export function jpeg(width: number, height: number): Buffer {
  const start = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 6, 1, 2, 3, 4, 0xff, 0xc0, 0, 17, 8])
  const size = Buffer.alloc(4)
  size.writeUInt16BE(height, 0)
  size.writeUInt16BE(width, 2)
  return Buffer.concat([start, size, Buffer.alloc(16)])
}

export const pictureBlob = (bytes: Buffer, type: string) => new Blob([new Uint8Array(bytes)], { type })
