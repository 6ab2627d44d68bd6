import { benchChain } from './chain.ts'
import { benchChat } from './chat.ts'
import { benchDelivery } from './delivery.ts'
import { benchReminders } from './reminders.ts'
import { benchRoster } from './roster.ts'
import { benchWebhook } from './webhook.ts'

const BENCHES: Record<string, () => Promise<void>> = {
  webhook: benchWebhook,
  chat: benchChat,
  roster: benchRoster,
  chain: benchChain,
  reminders: benchReminders,
  delivery: benchDelivery,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(`unknown bench: ${unknown.join(', ')} (there are: ${Object.keys(BENCHES).join(', ')})`)
  process.exit(2)
}
console.log('Ratios against limits measured in this same run; absolute figures are this machine’s.')
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length === 0 || asked.includes(name)) await bench()
}
