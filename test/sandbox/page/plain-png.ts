import { crc32, deflateSync } from 'node:zlib'

/** A picture of one colour with white lines between `columns` equal parts. */
export function plainPng(options: {
  width: number
  height: number
  columns: number
  rgb: [number, number, number]
}): Buffer {
  const { width, height, columns, rgb } = options
  const line = Buffer.alloc(1 + width * 3)
  for (let x = 0; x < width; x += 1) {
    const edge = x % Math.round(width / columns) < 3
    line.set(edge ? [255, 255, 255] : rgb, 1 + x * 3)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}
