import type { LineDatabase } from './line-database.ts'

export type MessageContent = { mime: string; bytes: Buffer }

// One transparent pixel: stands for a picture when the caller brings none.
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

export const stockContent: Record<'image' | 'video' | 'audio' | 'file', MessageContent> = {
  image: { mime: 'image/png', bytes: pixel },
  video: { mime: 'video/mp4', bytes: Buffer.alloc(64) },
  audio: { mime: 'audio/x-m4a', bytes: Buffer.alloc(64) },
  file: { mime: 'application/octet-stream', bytes: Buffer.alloc(16) },
}

/** The bytes of pictures, sounds and files that people sent. */
export function openMessageContents(db: LineDatabase) {
  return {
    put: (messageId: string, content: MessageContent): void => {
      db.prepare('insert into contents (message_id, mime, bytes) values (?, ?, ?)').run(
        messageId,
        content.mime,
        content.bytes,
      )
    },
    get: (messageId: string): MessageContent | undefined =>
      db.prepare<[string], MessageContent>('select mime, bytes from contents where message_id = ?').get(messageId),
    remove: (messageId: string): void => {
      db.prepare('delete from contents where message_id = ?').run(messageId)
    },
  }
}

export type MessageContents = ReturnType<typeof openMessageContents>
