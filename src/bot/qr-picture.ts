import { correction, generate } from 'lean-qr'
import { toPngBuffer } from 'lean-qr/extras/node_export'

/** The quiet zone that readers ask for, in modules. */
const QUIET = 4
const SCALE = 12

const codeOf = (words: string) => generate(words, { minCorrectionLevel: correction.M })

/** A QR code as PNG, some 500 pixels wide. */
export const qrPng = (words: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(toPngBuffer(codeOf(words), { on: [0, 0, 0], off: [255, 255, 255], pad: QUIET, scale: SCALE }))

/** The same for a terminal: two modules in the height of one letter, black on white whatever the terminal's colours are. */
export function qrForTerminal(words: string): string {
  const code = codeOf(words)
  const lines: string[] = []
  for (let y = -QUIET; y < code.size + QUIET; y += 2) {
    let line = ''
    for (let x = -QUIET; x < code.size + QUIET; x += 1) {
      const [upper, lower] = [code.get(x, y), code.get(x, y + 1)]
      line += upper ? (lower ? '█' : '▀') : lower ? '▄' : ' '
    }
    lines.push(`\u001b[38;5;16;48;5;231m${line}\u001b[0m`)
  }
  return lines.join('\n')
}
