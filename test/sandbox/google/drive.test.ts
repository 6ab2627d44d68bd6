import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { officer, refusal, type ServedGoogle, serveGoogle, spreadsheetType } from './serve-google.ts'

const folderType = 'application/vnd.google-apps.folder'
let google: ServedGoogle

beforeAll(async () => {
  google = await serveGoogle()
})
afterAll(() => google.close())

const create = (requestBody: object, options = {}) =>
  google.drive.files.create({ supportsAllDrives: true, requestBody, fields: '*', ...options })
const inDrive = (extra: object = {}) => ({ mimeType: spreadsheetType, parents: [google.sharedDriveId], ...extra })
const search = async (q: string, options = {}) => {
  const { data } = await google.drive.files.list({
    q,
    corpora: 'drive',
    driveId: google.sharedDriveId,
    includeItemsFromAllDrives: true,
    supportsAllDrives: true,
    ...options,
  })
  return data
}

describe('files', () => {
  test('are spreadsheets with one tab of 1000 by 26', async () => {
    const { data } = await create(inDrive({ name: 'ทะเบียน', appProperties: { unit: '12' } }))
    expect(data).toMatchObject({
      name: 'ทะเบียน',
      mimeType: spreadsheetType,
      appProperties: { unit: '12' },
      driveId: google.sharedDriveId,
    })
    const doc = await google.sheets.spreadsheets.get({ spreadsheetId: data.id ?? '', fields: 'sheets.properties' })
    expect(doc.data.sheets?.map((sheet) => sheet.properties)).toEqual([
      { sheetId: 0, title: 'Sheet1', index: 0, sheetType: 'GRID', gridProperties: { rowCount: 1000, columnCount: 26 } },
    ])
  })

  test('answer a few fields unless others are asked for', async () => {
    const { data } = await create(inDrive({ name: 'x' }), { fields: undefined })
    expect(Object.keys(data).sort()).toEqual(['driveId', 'id', 'kind', 'mimeType', 'name', 'teamDriveId'])
    const wrong = google.drive.files.get({ fileId: data.id ?? '', supportsAllDrives: true, fields: 'id,colour' })
    expect(await refusal(wrong)).toEqual({
      status: 400,
      reason: 'invalidParameter',
      message: 'Invalid field selection colour',
    })
  })

  test("are refused in the service account's own drive", async () => {
    expect(await refusal(create({ name: 'x', mimeType: spreadsheetType }))).toMatchObject({
      status: 403,
      reason: 'storageQuotaExceeded',
    })
  })

  test('of a shared drive do not exist for callers that do not say they know shared drives', async () => {
    const id = await google.newSpreadsheet()
    expect(await refusal(google.drive.files.get({ fileId: id }))).toEqual({
      status: 404,
      reason: 'notFound',
      message: `File not found: ${id}.`,
    })
    expect(await refusal(create(inDrive(), { supportsAllDrives: false }))).toMatchObject({ status: 404 })
  })

  test('are found by folder, type, name and properties', async () => {
    const folder = await create({ name: 'โฟลเดอร์', mimeType: folderType, parents: [google.sharedDriveId] })
    const parent = folder.data.id ?? ''
    for (const unit of ['71', '72', '73']) {
      await create({ name: `ทะเบียน ${unit}`, mimeType: spreadsheetType, parents: [parent], appProperties: { unit } })
    }
    const names = async (q: string, options = {}) => (await search(q, options)).files?.map((file) => file.name)
    expect(await names(`'${parent}' in parents and trashed = false`, { orderBy: 'name desc' })).toEqual([
      'ทะเบียน 73',
      'ทะเบียน 72',
      'ทะเบียน 71',
    ])
    expect(await names(`appProperties has { key='unit' and value='72' }`)).toEqual(['ทะเบียน 72'])
    expect(await names(`name = 'ทะเบียน 71' or name contains 'โฟลเดอร์'`)).toEqual(['โฟลเดอร์', 'ทะเบียน 71'])
    expect(await names(`mimeType = '${folderType}' and not name = 'x'`)).toEqual(['โฟลเดอร์'])
    const first = await search(`'${parent}' in parents`, { pageSize: 2 })
    expect(first.files).toHaveLength(2)
    const second = await search(`'${parent}' in parents`, { pageSize: 2, pageToken: first.nextPageToken })
    expect(second.files).toHaveLength(1)
    expect(second.nextPageToken).toBeUndefined()
    expect(await refusal(search('name is x'))).toMatchObject({ status: 400, reason: 'invalid' })
    expect((await google.drive.files.list({ q: 'trashed = false' })).data.files).toEqual([])
  })

  test('refuse what cannot be written and properties that are too long', async () => {
    const id = await google.newSpreadsheet()
    const update = (requestBody: object) =>
      google.drive.files.update({ fileId: id, supportsAllDrives: true, requestBody })
    expect(await refusal(update({ version: '5' }))).toMatchObject({ status: 403, reason: 'fieldNotWritable' })
    expect(await refusal(update({ parents: ['x'] }))).toMatchObject({ status: 403, reason: 'fieldNotWritable' })
    expect(await refusal(update({ appProperties: { key: 'ก'.repeat(41) } }))).toMatchObject({ status: 403 })
    await update({ appProperties: { a: '1', b: '2' } })
    await update({ appProperties: { a: null } })
    const { data } = await google.drive.files.get({ fileId: id, supportsAllDrives: true, fields: 'appProperties' })
    expect(data.appProperties).toEqual({ b: '2' })
  })

  test('move between folders, each with one parent', async () => {
    const folder = await create({ name: 'ปลายทาง', mimeType: folderType, parents: [google.sharedDriveId] })
    const id = await google.newSpreadsheet()
    const { data } = await google.drive.files.update({
      fileId: id,
      supportsAllDrives: true,
      addParents: folder.data.id ?? '',
      removeParents: google.sharedDriveId,
      fields: 'parents',
    })
    expect(data.parents).toEqual([folder.data.id])
  })

  test('are copied with cells, trashed and deleted', async () => {
    const id = await google.newSpreadsheet('ต้นฉบับ')
    await google.sheets.spreadsheets.values.update({
      spreadsheetId: id,
      range: 'A1',
      valueInputOption: 'RAW',
      requestBody: { values: [['x']] },
    })
    const copy = await google.drive.files.copy({ fileId: id, supportsAllDrives: true })
    const copied = copy.data.id ?? ''
    expect(copy.data.name).toBe('Copy of ต้นฉบับ')
    expect((await google.sheets.spreadsheets.values.get({ spreadsheetId: copied, range: 'A1' })).data.values).toEqual([
      ['x'],
    ])
    const trash = { fileId: copied, supportsAllDrives: true, requestBody: { trashed: true }, fields: 'trashed' }
    expect((await google.drive.files.update(trash)).data.trashed).toBe(true)
    await google.drive.files.delete({ fileId: copied, supportsAllDrives: true })
    expect(await refusal(google.drive.files.get({ fileId: copied, supportsAllDrives: true }))).toMatchObject({
      status: 404,
    })
    expect(await refusal(google.sheets.spreadsheets.get({ spreadsheetId: copied }))).toMatchObject({ status: 404 })
  })

  test('cannot be renamed while they are locked', async () => {
    const id = await google.newSpreadsheet()
    const update = (requestBody: object) =>
      google.drive.files.update({ fileId: id, supportsAllDrives: true, requestBody })
    await update({ contentRestrictions: [{ readOnly: true, reason: 'ยืนยันแล้ว' }] })
    expect(await refusal(update({ name: 'x' }))).toMatchObject({ status: 403 })
    expect(await refusal(update({ contentRestrictions: [{ readOnly: false, reason: 'x' }] }))).toMatchObject({
      status: 400,
    })
    expect((await google.control('POST', `/files/${id}/rename`, { as: officer, name: 'x' })).status).toBe(403)
    expect((await google.control('POST', `/files/${id}/unlock`, { as: officer })).body.locked).toBe(false)
  })
})

describe('permissions', () => {
  test('are inherited from the shared drive and given at the file', async () => {
    const id = await google.newSpreadsheet()
    const { data } = await google.drive.permissions.list({
      fileId: id,
      supportsAllDrives: true,
      fields: 'permissions(emailAddress,role,permissionDetails(inherited))',
    })
    expect(data.permissions).toEqual([
      { emailAddress: officer, role: 'writer', permissionDetails: [{ inherited: false }] },
      { emailAddress: google.email, role: 'organizer', permissionDetails: [{ inherited: true }] },
    ])
  })

  test('refuse an address without a Google account when no mail may be sent', async () => {
    const id = await google.newSpreadsheet()
    const share = (sendNotificationEmail: boolean) =>
      google.drive.permissions.create({
        fileId: id,
        supportsAllDrives: true,
        sendNotificationEmail,
        requestBody: { type: 'user', role: 'writer', emailAddress: 'nobody@example.org' },
      })
    expect(await refusal(share(false))).toMatchObject({ status: 400, reason: 'invalidSharingRequest' })
    expect((await share(true)).status).toBe(200)
    const typed = { as: 'nobody@example.org', sheetId: 0, cells: [{ row: 0, column: 0, text: 'x' }] }
    expect((await google.control('POST', `/spreadsheets/${id}/type`, typed)).status).toBe(403)
  })

  test('change and end, except inherited ones', async () => {
    const id = await google.newSpreadsheet()
    const { data } = await google.drive.permissions.list({ fileId: id, supportsAllDrives: true, fields: '*' })
    const [own, inherited] = data.permissions ?? []
    const at = (permissionId: string | null | undefined) => ({
      fileId: id,
      permissionId: permissionId ?? '',
      supportsAllDrives: true,
    })
    await google.drive.permissions.update({ ...at(own?.id), requestBody: { role: 'reader' } })
    const typed = { as: officer, sheetId: 0, cells: [{ row: 0, column: 0, text: 'x' }] }
    expect((await google.control('POST', `/spreadsheets/${id}/type`, typed)).body.error).toContain('may only view')
    await google.drive.permissions.delete(at(own?.id))
    expect((await google.control('POST', `/spreadsheets/${id}/type`, typed)).body.error).toContain('has no access')
    expect(await refusal(google.drive.permissions.delete(at(inherited?.id)))).toMatchObject({ status: 403 })
    expect(await refusal(google.drive.permissions.get(at('123')))).toMatchObject({ status: 404 })
  })

  test('refuse owners and organizers on a file of a shared drive', async () => {
    const id = await google.newSpreadsheet()
    for (const role of ['owner', 'organizer', 'fileOrganizer']) {
      const share = google.drive.permissions.create({
        fileId: id,
        supportsAllDrives: true,
        requestBody: { type: 'user', role, emailAddress: officer },
      })
      expect(await refusal(share)).toMatchObject({ status: 403 })
    }
  })

  test('have a rate limit of their own', async () => {
    const id = await google.newSpreadsheet()
    await google.control('PUT', '/settings', { sharesPerMinute: 0 })
    const share = google.drive.permissions.create({
      fileId: id,
      supportsAllDrives: true,
      sendNotificationEmail: false,
      requestBody: { type: 'user', role: 'reader', emailAddress: officer },
    })
    expect(await refusal(share)).toMatchObject({ status: 403, reason: 'sharingRateLimitExceeded' })
    await google.control('PUT', '/settings', { sharesPerMinute: 1000 })
  })
})

describe('the change feed', () => {
  const start = async () => {
    google.clock.now += 60_000
    const options = { driveId: google.sharedDriveId, supportsAllDrives: true }
    return (await google.drive.changes.getStartPageToken(options)).data.startPageToken ?? ''
  }
  const changes = async (pageToken: string, options = {}) =>
    (
      await google.drive.changes.list({
        pageToken,
        driveId: google.sharedDriveId,
        includeItemsFromAllDrives: true,
        supportsAllDrives: true,
        fields:
          'nextPageToken,newStartPageToken,changes(fileId,removed,time,file(version,modifiedTime,lastModifyingUser.emailAddress,trashed))',
        ...options,
      })
    ).data
  const type = (id: string, text: string) =>
    google.control('POST', `/spreadsheets/${id}/type`, {
      as: officer,
      sheetId: 0,
      cells: [{ row: 0, column: 0, text }],
    })

  test('tells of an edit late, and once for many', async () => {
    const id = await google.newSpreadsheet()
    const token = await start()
    await type(id, 'a')
    google.clock.now += 1500
    await type(id, 'b')
    expect((await changes(token)).changes).toEqual([])
    google.clock.now += 600
    const { changes: found, newStartPageToken } = await changes(token)
    expect(found).toHaveLength(1)
    expect(found?.[0]).toMatchObject({
      fileId: id,
      removed: false,
      file: { trashed: false, lastModifyingUser: { emailAddress: officer } },
    })
    expect((await changes(newStartPageToken ?? '')).changes).toEqual([])
  })

  test("moves the version with every change, the caller's own included", async () => {
    const id = await google.newSpreadsheet()
    const version = async () =>
      Number((await google.drive.files.get({ fileId: id, supportsAllDrives: true, fields: 'version' })).data.version)
    const seen = [await version()]
    await type(id, 'a')
    seen.push(await version())
    await google.sheets.spreadsheets.values.clear({ spreadsheetId: id, range: 'A1' })
    seen.push(await version())
    await google.drive.files.update({ fileId: id, supportsAllDrives: true, requestBody: { appProperties: { a: '1' } } })
    seen.push(await version())
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b))
  })

  test('holds one entry for a file, which moves to the end', async () => {
    const [a, b] = [await google.newSpreadsheet(), await google.newSpreadsheet()]
    const token = await start()
    for (const id of [a, b, a]) {
      await type(id, 'x')
      google.clock.now += 3000
      await changes(token)
    }
    const found = await changes(token)
    expect(found.changes?.map((change) => change.fileId)).toEqual([b, a])
    const page = await changes(token, { pageSize: 1 })
    expect(page.changes?.map((change) => change.fileId)).toEqual([b])
    expect(page.newStartPageToken).toBeUndefined()
    const rest = await changes(page.nextPageToken ?? '', { pageSize: 1 })
    expect(rest.changes?.map((change) => change.fileId)).toEqual([a])
    expect(rest.newStartPageToken).toBe(found.newStartPageToken)
  })

  test('calls deleted files and lost access removed', async () => {
    const [deleted, lost] = [await google.newSpreadsheet(), await google.newSpreadsheet()]
    const token = await start()
    await google.drive.files.delete({ fileId: deleted, supportsAllDrives: true })
    await google.control('POST', `/files/${lost}/revoke-access`, {})
    google.clock.now += 3000
    const { changes: found } = await changes(token)
    expect(found?.map(({ fileId, removed, file }) => ({ fileId, removed, file }))).toEqual([
      { fileId: deleted, removed: true },
      { fileId: lost, removed: true },
    ])
    await google.control('POST', `/files/${lost}/restore-access`, {})
  })

  test('keeps its tokens over a restart', async () => {
    const id = await google.newSpreadsheet()
    const token = await start()
    await type(id, 'x')
    await google.restart()
    google.clock.now += 3000
    expect((await changes(token)).changes).toHaveLength(1)
  })

  test('needs the parameters of shared drives', async () => {
    expect(await refusal(changes('1', { supportsAllDrives: false }))).toMatchObject({ status: 403 })
    expect(await refusal(changes('1', { includeItemsFromAllDrives: false }))).toMatchObject({ status: 403 })
    expect(await refusal(changes('x'))).toMatchObject({ status: 400, reason: 'invalid' })
    expect(await refusal(changes('1', { pageSize: 1001 }))).toMatchObject({ status: 400 })
  })
})

describe('shared drives', () => {
  test('are listed, read and created once per request id', async () => {
    const list = await google.drive.drives.list()
    expect(list.data.drives?.map((drive) => drive.id)).toEqual([google.sharedDriveId])
    const made = await google.drive.drives.create({ requestId: 'r1', requestBody: { name: 'ใหม่' } })
    expect((await google.drive.drives.get({ driveId: made.data.id ?? '' })).data.name).toBe('ใหม่')
    const again = google.drive.drives.create({ requestId: 'r1', requestBody: { name: 'ใหม่' } })
    expect(await refusal(again)).toMatchObject({ status: 409 })
    const about = await google.drive.about.get({ fields: 'user.emailAddress' })
    expect(about.data.user?.emailAddress).toBe(google.email)
  })
})
