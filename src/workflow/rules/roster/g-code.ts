/** Whether the number claims to be a G-Code (R27): anything that starts with G. Expects upper case. */
export function looksLikeGCode(bare: string): boolean {
  return bare.startsWith('G')
}

/** `G` + BE year (2) + province (2) + running number (8). There is no check digit. Other G... numbers are older forms. */
export function isGCode(bare: string): boolean {
  return /^G\d{12}$/.test(bare)
}
