const graphemes = new Intl.Segmenter('th', { granularity: 'grapheme' })

/** Text cut to a number of graphemes, which is how LINE counts labels: one Thai letter with its marks is one. */
export function cutGraphemes(text: string, most: number): string {
  const segments = Array.from(graphemes.segment(text), (part) => part.segment)
  return segments.length <= most ? text : `${segments.slice(0, most - 1).join('')}…`
}

/** Text cut to a number of UTF-16 units without cutting a letter from its marks. */
export function cutUnits(text: string, most: number): string {
  if (text.length <= most) return text
  let kept = ''
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length + 1 > most) break
    kept += segment
  }
  return `${kept}…`
}
