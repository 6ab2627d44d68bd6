import { z } from 'zod'
import { keepValue, keptValue, type LineDatabase } from './line-database.ts'

const rate = z.strictObject({ requests: z.int().positive(), windowMs: z.int().positive() })

export const settingsShape = z.strictObject({
  webhookUrl: z.url({ protocol: /^https?$/ }).nullable(),
  webhookActive: z.boolean(),
  redelivery: z.boolean(),
  redeliveryDelayMs: z.int().min(1),
  replyTokenLifeMs: z.int().min(1),
  tokenLifeMs: z.int().min(1),
  quota: z.union([
    z.strictObject({ type: z.literal('none') }),
    z.strictObject({ type: z.literal('limited'), value: z.int().min(0) }),
  ]),
  markAsReadMode: z.enum(['auto', 'manual']),
  verifiedAccount: z.boolean(),
  deliveryPaused: z.boolean(),
  rates: z.record(z.string(), rate),
})

export type LineSettings = z.infer<typeof settingsShape>

// Redelivery is off in a new channel's console. The quota is a paid plan's; 'none' would be kinder than any plan is.
const defaults: LineSettings = {
  webhookUrl: null,
  webhookActive: true,
  redelivery: false,
  redeliveryDelayMs: 1_000,
  replyTokenLifeMs: 60_000,
  tokenLifeMs: 900_000,
  quota: { type: 'limited', value: 15_000 },
  markAsReadMode: 'auto',
  verifiedAccount: true,
  deliveryPaused: false,
  rates: {},
}

export function openSettings(db: LineDatabase) {
  const parse = (text: string): LineSettings => ({ ...defaults, ...(JSON.parse(text) as Partial<LineSettings>) })
  let current = parse(keptValue(db, 'settings', () => '{}'))
  return {
    read: (): LineSettings => current,
    change: (change: Partial<LineSettings>): LineSettings => {
      current = { ...current, ...change }
      keepValue(db, 'settings', JSON.stringify(current))
      return current
    },
  }
}

export type SettingsStore = ReturnType<typeof openSettings>
