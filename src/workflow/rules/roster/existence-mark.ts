import { remember } from '../text/remember.ts'
import { wordKey } from '../text/thai-text.ts'
import { type CellValue, cellText } from './cell-value.ts'

// A checkbox in a sheet is a bool; in a CSV file it is TRUE, or จริง where the program speaks Thai, or a sign typed by hand.
// x is left out: in Thai class lists / is present and x is absent.
const marks = new Set(
  [
    'TRUE',
    'จริง',
    '✓',
    '✔',
    '☑',
    '✅',
    '√',
    '/',
    'ใช่',
    'มี',
    'มีตัวตน',
    'มีตัวตนจริง',
    'มีตัวตนอยู่จริง',
    'มีอยู่จริง',
    'ถูกต้อง',
    'Y',
    'YES',
    'T',
    '1',
  ].map(wordKey),
)

const isMark = remember((text) => marks.has(wordKey(text)))

const noMarks = new Set(['', 'FALSE', 'เท็จ', '☐', '-'].map(wordKey))

/** Whether the officer has attested that this pupil exists (R28). Anything that is not a clear yes is none. */
export function isMarkedExisting(cell: CellValue | undefined): boolean {
  if (cell === undefined || cell.kind === 'formula') return false
  if (cell.kind === 'bool') return cell.value
  return isMark(cellText(cell))
}

/** An unticked box is not content: a template has one in every prepared row. */
export function isUnticked(cell: CellValue | undefined): boolean {
  if (cell === undefined) return true
  return cell.kind !== 'formula' && noMarks.has(wordKey(cellText(cell)))
}
