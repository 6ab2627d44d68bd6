import { describe, expect, it } from 'vitest'
import { transact } from '../../src/db/open.ts'
import { appointments, otherInstitutions, sheetFiles } from '../../src/db/schema.ts'
import { keepLocksJob } from '../../src/jobs/keep-locks.ts'
import { pollChangesJob } from '../../src/jobs/poll-changes.ts'
import { provisionSheetsJob } from '../../src/jobs/provision-sheets.ts'
import { syncSheetsJob } from '../../src/jobs/sync-sheets.ts'
import { getFileFacts } from '../../src/sheets/file-facts.ts'
import { openGoogleSpecs } from '../conformance/google-discovery.ts'
import { pupilRow } from '../sheets/pupil-rows.ts'
import { fileOf, openSheetWorld, paste } from '../sheets/sheet-world.ts'

const specs = openGoogleSpecs()

describe.runIf(specs)('what the product asks of Google', () => {
  it('is what the discovery documents know, and so is what the sandbox answers', async () => {
    const world = await openSheetWorld()
    const { deps } = world
    const signal = new AbortController().signal
    const pass = async () => {
      await provisionSheetsJob(deps).run(signal)
      await pollChangesJob(deps).run(signal)
      await keepLocksJob(deps).run(signal)
      await syncSheetsJob(deps, { debounceMs: 0 }).run(signal)
    }
    await pass()
    await paste(world, world.school, [pupilRow(0), pupilRow(1, { grade: 'ป.9' })])
    const others = { laoId: world.lao, code: '1099000009', name: 'โรงเรียนใหม่', affiliation: 'สช.' }
    transact(world.db, (tx) => tx.insert(otherInstitutions).values(others).run())
    transact(world.db, (tx) => tx.update(sheetFiles).set({ dirtyAt: 1 }).run())
    await pass()
    await getFileFacts(deps, { spreadsheetId: fileOf(world, world.school).spreadsheetId ?? '', urgent: true })
    transact(world.db, (tx) => tx.update(sheetFiles).set({ lockWanted: true }).run())
    await pass()
    transact(world.db, (tx) => tx.update(sheetFiles).set({ lockWanted: false }).run())
    transact(world.db, (tx) => tx.update(appointments).set({ validTo: world.time.now }).run())
    await pass()

    const calls = world.exchanges.filter(({ path }) => !path.startsWith('/token'))
    const wrong = calls.flatMap(({ method, path, body, status, answer }) => [
      ...(specs?.checkRequest(method, path, body) ?? []),
      ...(status === 200 ? (specs?.checkResponse(method, path.split('?')[0] ?? '', answer) ?? []) : []),
    ])
    expect(wrong).toEqual([])
    expect(calls.filter(({ status }) => status >= 400)).toEqual([])
    const kinds = new Set(calls.map(({ method, path }) => `${method} ${path.replace(/\?.*|[\w-]{20,}/g, '')}`))
    expect([...kinds].sort()).toEqual([
      'DELETE /drive/v3/files//permissions/',
      'GET /drive/v3/changes',
      'GET /drive/v3/changes/startPageToken',
      'GET /drive/v3/files',
      'GET /drive/v3/files/',
      'GET /drive/v3/files//permissions',
      'GET /v4/spreadsheets/',
      'PATCH /drive/v3/files/',
      'POST /drive/v3/files',
      'POST /drive/v3/files//permissions',
      'POST /v4/spreadsheets/:batchUpdate',
    ])
  })
})
