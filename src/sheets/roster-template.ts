import type { CarriedRoster } from '../workflow/carry-forward.ts'
import {
  columnHeader,
  type InstitutionKind,
  type RosterColumn,
  rosterColumns,
} from '../workflow/rules/roster/columns.ts'
import { grades, isUsualAt } from '../workflow/rules/roster/grade.ts'
import { leavingStatuses, pupilStatuses } from '../workflow/rules/roster/status.ts'
import { carriedCells, heldCells } from './carried-rows.ts'
import type { FileTemplate, TemplateColumn } from './file-template.ts'
import { rosterHowTo } from './how-to-words.ts'
import type { HeldRoster } from './renew-file.ts'
import { rosterFileTitle, sexes, suggestedNationalities, tabTitles } from './sheet-words.ts'

const ROWS = 1000

/**
 * The roster sheet of one institution (domain.md section 9): only what the purpose needs, in the words people know. In a round
 * that carries another one, its pupils stand in it already (R26).
 */
export function rosterTemplate(input: {
  unit: string
  kind: InstitutionKind
  round: string
  helpDesk: string | null
  carried: CarriedRoster | null
  /** For a sheet that takes the place of a lost one. */
  held?: HeldRoster | null
}): FileTemplate {
  const { helpDesk, kind, held = null } = input
  const carried = held ? null : input.carried
  return {
    fileTitle: rosterFileTitle(input),
    tabTitle: tabTitles.roster,
    columns: rosterColumns.map((key) => ({ key, header: columnHeader(key, input.kind), ...looks(key, input.kind) })),
    rows: held
      ? [...held.pupils.map(heldCells), ...held.untouched.map(carriedCells)]
      : (carried?.pupils ?? []).map(carriedCells),
    rowCount: ROWS,
    howTo: rosterHowTo({
      kind,
      helpDesk,
      held: held && { count: held.pupils.length + held.untouched.length, at: held.at },
      carried: carried && {
        round: carried.from.code,
        count: carried.pupils.length,
        at: carried.at,
        basis: carried.basis,
      },
    }),
    struckOut: { column: 'status' satisfies RosterColumn, values: leavingStatuses },
  }
}

/** Lists only suggest where other spellings are read too; the rules judge what was typed or pasted in any case. */
function looks(column: RosterColumn, kind: InstitutionKind): Omit<TemplateColumn, 'key' | 'header'> {
  switch (column) {
    case 'nationalId':
      return { width: 150, text: true }
    case 'pupilNumber':
      return { width: 150, text: true }
    case 'prefix':
      return { width: 80 }
    case 'firstName':
    case 'lastName':
      return { width: 140 }
    case 'sex':
      return { width: 70, list: { values: sexes, strict: false } }
    case 'birthDate':
    case 'enteredOn':
      return { width: 120, text: true }
    case 'nationality':
      return { width: 90, list: { values: suggestedNationalities, strict: false } }
    case 'grade': {
      const usual = grades.filter((grade) => isUsualAt(grade, kind))
      return { width: 125, list: { values: usual.map((grade) => grade.name), strict: false } }
    }
    case 'room':
      // As text: 1/2 would become the first of February.
      return { width: 70, text: true }
    case 'status':
      return { width: 150, list: { values: pupilStatuses, strict: true } }
    case 'exists':
      return { width: 110, checkbox: true }
    case 'explanation':
      return { width: 260 }
  }
}
