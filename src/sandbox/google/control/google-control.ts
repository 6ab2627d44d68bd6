import { Hono } from 'hono'
import { z } from 'zod'
import { createServiceAccount, listAccounts, listServiceAccounts, registerAccount, tokenUrl } from '../accounts.ts'
import { addMember } from '../drive/shared-drive.ts'
import { addFault, clearFaults, type Fault, faultKinds, listFaults } from '../faults.ts'
import { GoogleError } from '../google-error.ts'
import { listRequests } from '../request-log.ts'
import { changeSettings, readSettings } from '../settings.ts'
import type { World } from '../world.ts'
import { readControlBody } from './control-body.ts'
import { ControlError } from './control-error.ts'
import { fileControlRoutes } from './file-control-routes.ts'
import { personRoutes } from './person-routes.ts'

const account = z.object({ email: z.email(), name: z.string().min(1) })
const faultBody = z.object({
  on: z.enum(['sheets', 'drive', 'token', 'any']),
  method: z.string().optional(),
  path: z.string().optional(),
  kind: z.enum(faultKinds),
  times: z.int().min(1).default(1),
  delayMs: z.int().min(0).optional(),
})
const serviceAccount = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'must be 6 to 30 lower-case letters, digits or dashes'),
  organizer: z.boolean().default(true),
})

/** The sandbox's own door to Google's side, for tests and the page. Everything in and out is JSON. */
export function googleControl(options: { world: World; prepare: () => { sharedDriveId: string } }): Hono {
  const { world, prepare } = options
  const control = new Hono()
  control.onError((error, c) => {
    if (error instanceof ControlError) return c.json({ error: error.message }, error.status)
    if (error instanceof GoogleError) return c.json({ error: error.message }, error.why === 'invalid' ? 400 : 403)
    throw error
  })
  control.get('/setup', (c) => {
    const { sharedDriveId } = prepare()
    const serviceAccounts = listServiceAccounts(world).map(({ email, file }) => ({ email, file }))
    return c.json({
      serviceAccountFile: serviceAccounts[0]?.file ?? '',
      serviceAccounts,
      sharedDriveId,
      tokenUrl: tokenUrl(world),
    })
  })
  control.post('/service-accounts', async (c) => {
    const { name, organizer } = await readControlBody(c, serviceAccount)
    const { sharedDriveId } = prepare()
    if (listServiceAccounts(world).some(({ email }) => email.startsWith(`${name}@`))) {
      throw new ControlError(400, `there is a service account "${name}" already`)
    }
    const { email, file } = createServiceAccount(world, name)
    if (organizer) addMember(world, { driveId: sharedDriveId, email, role: 'organizer' })
    return c.json({ email, file })
  })
  control.get('/accounts', (c) => c.json({ accounts: listAccounts(world) }))
  control.post('/accounts', async (c) => {
    const given = await readControlBody(c, account)
    registerAccount(world, given)
    return c.json({ email: given.email.toLowerCase(), name: given.name })
  })
  control.route('/files', fileControlRoutes(world))
  control.route('/spreadsheets', personRoutes(world))
  control.get('/requests', (c) => {
    const after = Number(c.req.query('after') ?? 0) || 0
    const limit = Math.min(Number(c.req.query('limit') ?? 500) || 500, 5000)
    return c.json({ items: listRequests(world, { after, limit }) })
  })
  control.get('/faults', (c) => c.json({ faults: listFaults(world) }))
  control.post('/faults', async (c) => {
    const { times, ...fault } = await readControlBody(c, faultBody)
    return c.json({ id: addFault(world, fault as Fault, times) })
  })
  control.delete('/faults', (c) => {
    clearFaults(world)
    return c.json({ ok: true })
  })
  control.get('/settings', (c) => c.json(readSettings(world)))
  control.put('/settings', async (c) => {
    const changed = changeSettings(world, await readControlBody(c, z.record(z.string(), z.unknown())))
    if (!changed.ok) throw new ControlError(400, changed.why)
    return c.json(changed.settings)
  })
  return control
}
