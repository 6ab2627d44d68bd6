/** Marks that Thai stacks on one letter are two or three; more of them paint over the lines above and below. */
const MOST_MARKS = 4
const piledMarks = new RegExp(`(\\p{M}{${MOST_MARKS}})\\p{M}+`, 'gu')
const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** Marks of direction, zero width and control turn or hide what others read; the joiner inside an emoji holds it together. */
const unseen = /(?<!\p{Extended_Pictographic}[\ufe0f\u{1f3fb}-\u{1f3ff}]?)\u200d|(?!\u200d)\p{Cf}|(?!\n)\p{Cc}/gu
/** Letters that look like nothing: a name or a reason made of them would be blank. */
const blankLetters = /[\u115f\u1160\u2800\u3164\uffa0]/g
const emptyLines = /\n[^\S\n]*\n(?:[^\S\n]*\n)+/g

/**
 * A person's typed text, fit to be shown to others as nothing but text: no turned direction, no hidden or control characters, no
 * piled marks, no screenful of empty lines. Line breaks, words and emoji stay as they are.
 */
export function typedText(raw: string): string {
  return raw
    .toWellFormed()
    .replace(lineBreaks, '\n')
    .replaceAll('\t', ' ')
    .replace(unseen, '')
    .replace(blankLetters, ' ')
    .replace(piledMarks, '$1')
    .replace(emptyLines, '\n\n')
}
