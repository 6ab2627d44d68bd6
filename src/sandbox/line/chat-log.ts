import type { LineDatabase } from './line-database.ts'

export type ChatVia = 'reply' | 'push' | 'multicast' | 'postback'
export type ChatMessage = Record<string, unknown> & { type: string }
export type ChatItem = {
  seq: number
  at: number
  from: 'person' | 'bot'
  message: ChatMessage
  via?: ChatVia
  requestId?: string
  messageId?: string
  read?: boolean
}

type ChatRow = {
  seq: number
  chat_id: string
  at: number
  sender: string
  message: string
  via: string | null
  request_id: string | null
  message_id: string | null
  is_read: number
}

export type NewChatItem = {
  chatId: string
  from: 'person' | 'bot'
  message: ChatMessage
  via?: ChatVia
  requestId?: string
  messageId?: string
  quoteToken?: string
  markAsReadToken?: string
  read?: boolean
}

const asItem = (row: ChatRow): ChatItem => ({
  seq: row.seq,
  at: row.at,
  from: row.sender === 'bot' ? 'bot' : 'person',
  message: JSON.parse(row.message) as ChatMessage,
  ...(row.via === null ? {} : { via: row.via as ChatVia }),
  ...(row.request_id === null ? {} : { requestId: row.request_id }),
  ...(row.message_id === null ? {} : { messageId: row.message_id }),
  ...(row.sender === 'person' ? { read: row.is_read === 1 } : {}),
})

/** Everything that stands in anyone's chat with the bot, one running number over all chats. */
export function openChatLog(options: { db: LineDatabase; now: () => number }) {
  const { db, now } = options
  const insert = db.prepare(
    `insert into chat (chat_id, at, sender, message, via, request_id, message_id, quote_token, mark_token, is_read)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return {
    add: (item: NewChatItem): number =>
      Number(
        insert.run(
          item.chatId,
          now(),
          item.from,
          JSON.stringify(item.message),
          item.via ?? null,
          item.requestId ?? null,
          item.messageId ?? null,
          item.quoteToken ?? null,
          item.markAsReadToken ?? null,
          item.read ? 1 : 0,
        ).lastInsertRowid,
      ),
    list: (chatId: string, after: number): ChatItem[] =>
      db
        .prepare<[string, number], ChatRow>('select * from chat where chat_id = ? and seq > ? order by seq')
        .all(chatId, after)
        .map(asItem),
    item: (chatId: string, seq: number): ChatItem | undefined => {
      const row = db
        .prepare<[string, number], ChatRow>('select * from chat where chat_id = ? and seq = ?')
        .get(chatId, seq)
      return row && asItem(row)
    },
    lastSeq: (chatId: string): number =>
      db.prepare<[string], { seq: number | null }>('select max(seq) as seq from chat where chat_id = ?').get(chatId)
        ?.seq ?? 0,
    byMessageId: (messageId: string): (ChatItem & { chatId: string }) | undefined => {
      const row = db.prepare<[string], ChatRow>('select * from chat where message_id = ?').get(messageId)
      return row && { ...asItem(row), chatId: row.chat_id }
    },
    /** What remains in the chat of a message that its sender took back. */
    unsend: (seq: number): void => {
      db.prepare('update chat set message = ? where seq = ?').run(JSON.stringify({ type: 'unsent' }), seq)
    },
    isQuotable: (chatId: string, quoteToken: string): boolean =>
      db.prepare('select 1 from chat where chat_id = ? and quote_token = ?').get(chatId, quoteToken) !== undefined,
    /** Marks this message and everything the person wrote before it as read; false for a token never given out. */
    markReadByToken: (token: string): boolean => {
      const row = db
        .prepare<[string], { chat_id: string; seq: number }>('select chat_id, seq from chat where mark_token = ?')
        .get(token)
      if (!row) return false
      db.prepare("update chat set is_read = 1 where chat_id = ? and seq <= ? and sender = 'person'").run(
        row.chat_id,
        row.seq,
      )
      return true
    },
    markAllRead: (chatId: string): void => {
      db.prepare("update chat set is_read = 1 where chat_id = ? and sender = 'person'").run(chatId)
    },
  }
}

export type ChatLog = ReturnType<typeof openChatLog>
