import { roleOf } from '../drive/access.ts'
import { touchFile } from '../drive/change-feed.ts'
import type { FileRecord } from '../drive/file-record.ts'
import type { World } from '../world.ts'
import type { DocumentEdit } from './document-edit.ts'
import { loadSpreadsheet, saveSpreadsheet } from './spreadsheet-store.ts'

/** Runs a change on a spreadsheet as one account and saves it; a thrown refusal leaves everything as it was. */
export function editDocument<T>(
  world: World,
  options: { file: FileRecord; email: string },
  change: (edit: DocumentEdit) => T,
): T {
  const { file, email } = options
  const doc = loadSpreadsheet(world, file.id)
  if (!doc) throw new Error(`spreadsheet ${file.id} has a file but no content`)
  const role = roleOf(world, options)
  const edit: DocumentEdit = {
    doc,
    editor: { email, organizes: role === 'organizer' || role === 'fileOrganizer' },
    now: world.now(),
    changed: new Set(),
    title: file.name,
    where: '',
  }
  const result = change(edit)
  saveSpreadsheet(world, doc, edit.changed)
  file.name = edit.title
  touchFile(world, file, email)
  return result
}
