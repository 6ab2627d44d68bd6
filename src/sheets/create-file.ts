import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { type Tx, transact } from '../db/open.ts'
import { installation, sheetFiles } from '../db/schema.ts'
import { type FileTemplate, REPORT_TAB_ID, templateBatches } from './file-template.ts'
import type { SheetDeps, SheetFile } from './sheet-deps.ts'

const SPREADSHEET = 'application/vnd.google-apps.spreadsheet'
/** Drive gives a new spreadsheet one tab with this id. */
const FIRST_TAB_ID = 0
const INSTALLATION_ID = 'sheet-files-id'

/**
 * Brings one sheet_files row from `creating` to `ok`. Every step looks first whether an earlier try has already done it:
 * the file by its appProperties, the template by its tabs.
 */
export async function createFile(
  deps: SheetDeps,
  input: { file: SheetFile; template: FileTemplate },
): Promise<{ spreadsheetId: string }> {
  const { file, template } = input
  const marks = transact(deps.db, (tx) => fileMarks(tx, file))
  const known = file.spreadsheetId ?? (await findFile(deps, marks))
  const spreadsheetId = known ?? (await makeFile(deps, { marks, template }))
  transact(deps.db, (tx) => tx.update(sheetFiles).set({ spreadsheetId }).where(eq(sheetFiles.id, file.id)).run())
  const found = known ? await lookAtTabs(deps, known) : { dataTabId: FIRST_TAB_ID, done: false }
  const { dataTabId } = found
  if (!found.done) await applyTemplate(deps, { spreadsheetId, template, marks, dataTabId })
  transact(deps.db, (tx) =>
    tx
      .update(sheetFiles)
      .set({
        dataTabId,
        reportTabId: REPORT_TAB_ID,
        state: 'ok',
        stateReason: null,
        dirtyAt: deps.clock.platformNow(),
      })
      .where(eq(sheetFiles.id, file.id))
      .run(),
  )
  return { spreadsheetId }
}

type FileMarks = { lecUnit: string; lecRound: string; lecKind: string; lecInstallation: string; lecRenewed?: string }

/** Unit ids are this database's own: the installation's id keeps another database from adopting its files. */
function fileMarks(tx: Tx, file: SheetFile): FileMarks {
  return {
    lecUnit: String(file.unitId),
    lecRound: String(file.roundId),
    lecKind: file.kind,
    lecInstallation: installationId(tx),
    ...(file.renewedAt === null ? {} : { lecRenewed: String(file.renewedAt) }),
  }
}

function installationId(tx: Tx): string {
  const known = tx.select().from(installation).where(eq(installation.name, INSTALLATION_ID)).get()
  if (known) return known.value
  const value = randomUUID()
  tx.insert(installation).values({ name: INSTALLATION_ID, value }).run()
  return value
}

async function findFile(deps: SheetDeps, marks: FileMarks): Promise<string | null> {
  const q = Object.entries(marks)
    .map(([key, value]) => `appProperties has { key='${key}' and value='${value}' }`)
    .join(' and ')
  const answer = await deps.google.ask({ bucket: 'drive', what: 'look for a sheet made before' }, ({ drive }) =>
    drive.files.list({
      q: `${q} and trashed = false`,
      corpora: 'drive',
      driveId: deps.driveId,
      includeItemsFromAllDrives: true,
      supportsAllDrives: true,
      pageSize: 10,
      fields: 'files(id)',
    }),
  )
  return answer.data.files?.[0]?.id ?? null
}

/** Drive makes the file: a service account owns no storage, so spreadsheets.create is refused. */
async function makeFile(deps: SheetDeps, input: { marks: FileMarks; template: FileTemplate }): Promise<string> {
  const answer = await deps.google.ask({ bucket: 'drive', what: 'create a sheet' }, ({ drive }) =>
    drive.files.create({
      supportsAllDrives: true,
      fields: 'id',
      requestBody: {
        name: input.template.fileTitle,
        mimeType: SPREADSHEET,
        parents: [deps.driveId],
        appProperties: input.marks,
      },
    }),
  )
  const id = answer.data.id
  if (!id) throw new Error('Drive created a file without an id')
  return id
}

/** Whether an earlier try has set the file up: the batch that brings the report tab is the last one. */
async function lookAtTabs(deps: SheetDeps, spreadsheetId: string): Promise<{ dataTabId: number; done: boolean }> {
  const answer = await deps.google.ask({ bucket: 'sheets-read', what: 'look at a new sheet' }, ({ sheets }) =>
    sheets.spreadsheets.get({
      spreadsheetId,
      fields: 'sheets(properties(sheetId,title,index))',
      prettyPrint: false,
    }),
  )
  const tabs = (answer.data.sheets ?? []).map((sheet) => sheet.properties)
  const first = tabs.find((tab) => tab?.index === 0) ?? tabs[0]
  return { dataTabId: first?.sheetId ?? FIRST_TAB_ID, done: tabs.some((tab) => tab?.sheetId === REPORT_TAB_ID) }
}

async function applyTemplate(
  deps: SheetDeps,
  input: { spreadsheetId: string; template: FileTemplate; marks: FileMarks; dataTabId: number },
): Promise<void> {
  const { spreadsheetId, template, marks, dataTabId } = input
  const editors = deps.google.identities.map((identity) => identity.email)
  const batches = templateBatches({
    template,
    dataTabId,
    unitMark: marks.lecUnit,
    roundMark: marks.lecRound,
    editors,
  })
  for (const requests of batches) {
    await deps.google.ask({ bucket: 'sheets-write', what: 'set up a new sheet' }, ({ sheets }) =>
      sheets.spreadsheets.batchUpdate({ spreadsheetId, fields: 'spreadsheetId', requestBody: { requests } }),
    )
  }
}
