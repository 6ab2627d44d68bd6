import { type AccessTokens, openAccessTokens } from './access-tokens.ts'
import { type ChannelStore, openChannel } from './channel.ts'
import { type ChatLog, openChatLog } from './chat-log.ts'
import { type Faults, openFaults } from './faults.ts'
import { type Groups, openGroups } from './groups.ts'
import type { LineDatabase } from './line-database.ts'
import { type MessageContents, openMessageContents } from './message-contents.ts'
import { type MessageQuota, openMessageQuota } from './message-quota.ts'
import { type MessageSending, openMessageSending } from './message-sending.ts'
import { openPeople, type People } from './people.ts'
import { openRateLimits, type RateLimits } from './rate-limits.ts'
import { openReplyTokens, type ReplyTokens } from './reply-tokens.ts'
import { openRequestLog, type RequestLog } from './request-log.ts'
import { openRetryKeys, type RetryKeys } from './retry-keys.ts'
import { openRichMenus, type RichMenus } from './rich-menus.ts'
import { openSettings, type SettingsStore } from './sandbox-settings.ts'
import { openWebhookBacklog } from './webhook-backlog.ts'
import { startWebhookDelivery, type WebhookDelivery } from './webhook-delivery.ts'

/** What LINE's side consists of; endpoints and control routes take the parts they name. */
export type LineParts = {
  db: LineDatabase
  now: () => number
  accessTokens: AccessTokens
  channel: ChannelStore
  chat: ChatLog
  contents: MessageContents
  delivery: WebhookDelivery
  faults: Faults
  groups: Groups
  log: RequestLog
  people: People
  quota: MessageQuota
  rates: RateLimits
  replyTokens: ReplyTokens
  retryKeys: RetryKeys
  richMenus: RichMenus
  sending: MessageSending
  settings: SettingsStore
}

export function openLineParts(options: { db: LineDatabase; now: () => number }): LineParts {
  const { db, now } = options
  const settings = openSettings(db)
  const channel = openChannel(db)
  const faults = openFaults(db)
  const people = openPeople({ db, now })
  const groups = openGroups(db)
  const chat = openChatLog({ db, now })
  const log = openRequestLog({ db, now })
  const replyTokens = openReplyTokens({ db, now, lifeMs: () => settings.read().replyTokenLifeMs })
  const backlog = openWebhookBacklog({ db, now })
  return {
    db,
    now,
    settings,
    channel,
    faults,
    people,
    groups,
    chat,
    log,
    replyTokens,
    accessTokens: openAccessTokens({ db, channel, now }),
    contents: openMessageContents(db),
    delivery: startWebhookDelivery({ backlog, channel, faults, log, now, replyTokens, settings }),
    quota: openMessageQuota({ db, settings, now }),
    rates: openRateLimits({ settings, now }),
    retryKeys: openRetryKeys({ db, now }),
    richMenus: openRichMenus(db),
    sending: openMessageSending({ chat, people, groups, now }),
  }
}
