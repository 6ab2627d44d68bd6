import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { initWasm, Resvg } from '@resvg/resvg-wasm'

const fileOf = (name: string): Buffer => readFileSync(fileURLToPath(import.meta.resolve(name)))

let ready: Promise<void> | null = null
let font: Buffer | null = null
let drawer: Buffer | null = null

/** Thai letters for pictures. The web fonts of the page are of no use here: the drawer reads TTF only. */
export function menuFont(): Buffer {
  font ??= fileOf('@expo-google-fonts/sarabun/700Bold/Sarabun_700Bold.ttf')
  return font
}

/** The program that draws, as bytes: another release of it may draw otherwise. */
export function drawerBytes(): Buffer {
  drawer ??= fileOf('@resvg/resvg-wasm/index_bg.wasm')
  return drawer
}

/** An SVG with words in Sarabun as PNG. Drawing takes some tenths of a second and keeps the loop busy meanwhile. */
export async function pngOf(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  ready ??= initWasm(drawerBytes())
  await ready
  const drawing = new Resvg(svg, { font: { fontBuffers: [menuFont()], defaultFontFamily: 'Sarabun' } })
  const image = drawing.render()
  const png = new Uint8Array(image.asPng())
  image.free()
  drawing.free()
  return png
}
