import { Hono } from 'hono'
import { channelEndpoints } from './api/channel-endpoints.ts'
import { contentEndpoints } from './api/content-endpoints.ts'
import { groupEndpoints } from './api/group-endpoints.ts'
import { lineApi } from './api/line-api.ts'
import { messageEndpoints } from './api/message-endpoints.ts'
import { peopleEndpoints } from './api/people-endpoints.ts'
import { richMenuAliasEndpoints } from './api/rich-menu-alias-endpoints.ts'
import { richMenuEndpoints } from './api/rich-menu-endpoints.ts'
import { richMenuLinkEndpoints } from './api/rich-menu-link-endpoints.ts'
import { tokenEndpoints } from './api/token-endpoints.ts'
import { actsControl } from './control/acts-control.ts'
import { fail } from './control/control-answer.ts'
import { groupsControl } from './control/groups-control.ts'
import { peopleControl } from './control/people-control.ts'
import { platformControl } from './control/platform-control.ts'
import { openLineDatabase } from './line-database.ts'
import { openLineParts } from './line-parts.ts'
import { openPersonActs } from './person-acts.ts'

export type LineSandbox = { api: Hono; control: Hono; close(): Promise<void> }

/**
 * A LINE of one's own. `api` answers what api.line.me and api-data.line.me answer; `control` acts as the people, orders
 * faults and shows what happened, and is mounted at /_sandbox/line. `now` is the platform clock: reply tokens, access
 * tokens, retry keys, rates and quota run on it, whatever the domain clock says.
 */
export function openLineSandbox(options: { dir: string; now?: () => number; apiBaseUrl: () => string }): LineSandbox {
  const db = openLineDatabase(options.dir)
  const parts = openLineParts({ db, now: options.now ?? Date.now })
  const acts = openPersonActs(parts)
  const closing = new AbortController()
  // Generated at once, so that whoever asks first gets what everybody gets.
  parts.channel.read()

  const endpoints = [
    ...tokenEndpoints(parts),
    ...messageEndpoints(parts),
    ...contentEndpoints(parts),
    ...peopleEndpoints(parts),
    ...groupEndpoints(parts),
    ...channelEndpoints(parts),
    ...richMenuAliasEndpoints(parts),
    ...richMenuEndpoints(parts),
    ...richMenuLinkEndpoints(parts),
  ]

  const control = new Hono()
  control.route('/people', peopleControl(parts, acts))
  control.route('/people', actsControl(parts, acts))
  control.route('/groups', groupsControl(parts, acts))
  control.route('/', platformControl(parts, options.apiBaseUrl))
  control.all('*', (c) => fail(c, 404, 'no such control call'))

  return {
    api: lineApi({ parts, endpoints, closing: closing.signal }),
    control,
    close: async () => {
      closing.abort()
      await parts.delivery.close()
      db.close()
    },
  }
}
