import { Hono } from 'hono'
import { z } from 'zod'
import { findAccount } from '../accounts.ts'
import { atLeast, type Role, roleOf } from '../drive/access.ts'
import { touchFile } from '../drive/change-feed.ts'
import { changeRestriction } from '../drive/content-restriction.ts'
import { type FileRecord, findFile, listFiles } from '../drive/file-record.ts'
import { userResource } from '../drive/file-resource.ts'
import { setTrashed } from '../drive/file-routes.ts'
import type { World } from '../world.ts'
import { readControlBody } from './control-body.ts'
import { ControlError } from './control-error.ts'

const byAnybody = z.object({ as: z.string().optional() })
const renaming = byAnybody.extend({ name: z.string().min(1) })

/** Files as the page lists them, and what people do to files in Drive. Without `as` it is done by the drive's organizer. */
export function fileControlRoutes(world: World): Hono {
  const routes = new Hono()
  routes.get('/', (c) =>
    c.json({
      files: listFiles(world)
        .filter((file) => file.parent !== null)
        .map((file) => view(world, file)),
    }),
  )
  const act = (
    name: string,
    change: (file: FileRecord, actor: { email: string; role: Role }) => string | undefined,
  ) => {
    routes.post(`/:id/${name}`, async (c) => {
      const { as } = await readControlBody(c, byAnybody)
      const file = changeFile(world, { id: c.req.param('id'), as }, change)
      return c.json(view(world, file))
    })
  }
  act('trash', (file, actor) => {
    needRole(actor.role, 'fileOrganizer')
    setTrashed(file, actor.email)
    return undefined
  })
  act('untrash', (file, actor) => {
    needRole(actor.role, 'fileOrganizer')
    setTrashed(file, undefined)
    return undefined
  })
  act('unlock', (file, { email, role }) => {
    needRole(role, 'writer')
    const wanted = [{ readOnly: false }]
    if (changeRestriction({ file, wanted, role, by: email, at: world.now() }) === undefined) delete file.restriction
    return undefined
  })
  routes.post('/:id/rename', async (c) => {
    const { as, name } = await readControlBody(c, renaming)
    const file = changeFile(world, { id: c.req.param('id'), as }, (held, actor) => {
      needRole(actor.role, 'writer')
      if (held.restriction) throw new ControlError(403, 'the file is locked')
      held.name = name
      return actor.email
    })
    return c.json(view(world, file))
  })
  // Whose access: one account, or without `as` every service account.
  for (const [name, lost] of [
    ['revoke-access', true],
    ['restore-access', false],
  ] as const) {
    routes.post(`/:id/${name}`, async (c) => {
      const { as = '*' } = await readControlBody(c, byAnybody)
      const file = needFile(world, c.req.param('id'))
      const others = file.hiddenFrom.filter((email) => email !== as)
      file.hiddenFrom = lost ? [...others, as] : as === '*' ? [] : others
      touchFile(world, file)
      return c.json(view(world, file))
    })
  }
  return routes
}

function changeFile(
  world: World,
  options: { id: string; as: string | undefined },
  change: (file: FileRecord, actor: { email: string; role: Role }) => string | undefined,
): FileRecord {
  const run = () => {
    const file = needFile(world, options.id)
    const actor = actorFor(world, file, options.as)
    touchFile(world, file, change(file, actor))
    return file
  }
  return world.db.transaction(run).immediate()
}

function actorFor(world: World, file: FileRecord, as: string | undefined): { email: string; role: Role } {
  if (as === undefined) return { email: findFile(world, file.driveId)?.createdBy ?? file.createdBy, role: 'organizer' }
  const account = findAccount(world, as)
  if (!account) throw new ControlError(403, `${as} is not a Google account`)
  const role = roleOf(world, { file, email: account.email })
  if (!role) throw new ControlError(403, `${as} has no access to this file`)
  return { email: account.email, role }
}

function needRole(role: Role, needed: Role): void {
  if (!atLeast(role, needed)) throw new ControlError(403, `this needs the role ${needed}, the account has ${role}`)
}

function needFile(world: World, id: string): FileRecord {
  const file = findFile(world, id)
  if (!file) throw new ControlError(404, 'there is no such file')
  return file
}

function view(world: World, file: FileRecord) {
  return {
    id: file.id,
    name: file.name,
    mimeType: file.mimeType,
    trashed: file.trashed,
    locked: file.restriction !== undefined,
    ...(file.restriction?.reason === undefined ? {} : { reason: file.restriction.reason }),
    version: file.version,
    modifiedTime: new Date(file.modifiedTime).toISOString(),
    lastModifyingUser: userResource(world, { email: file.lastModifyingUser, viewer: '' }),
    parents: file.parent ? [file.parent] : [],
    appProperties: file.appProperties,
    accessRevokedFrom: file.hiddenFrom,
  }
}
