/**
 * SARA AM in two letters, as it is drawn, with the tone mark above the circle: resvg (2.6) shapes the single letter right but forgets
 * to move on, and the next letter would stand on it.
 */
export const saraAmApart = (words: string): string => words.replace(/([\u0e48-\u0e4b]?)\u0e33/g, '\u0e4d$1\u0e32')
