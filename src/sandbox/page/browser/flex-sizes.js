// Pixel values of Flex keywords as LINE's apps and its Flex Message Simulator show them.
/** @type {Record<string, string>} */
const TEXT = {
  xxs: '11px',
  xs: '13px',
  sm: '14px',
  md: '16px',
  lg: '19px',
  xl: '22px',
  xxl: '29px',
  '3xl': '35px',
  '4xl': '48px',
  '5xl': '74px',
}
/** @type {Record<string, string>} */
const SPACE = { none: '0px', xs: '2px', sm: '4px', md: '8px', lg: '12px', xl: '16px', xxl: '20px' }
/** @type {Record<string, string>} */
const BORDER = { none: '0px', light: '0.5px', normal: '1px', 'semi-bold': '2px', medium: '3px', bold: '4px' }
/** @type {Record<string, string>} */
const IMAGE = {
  xxs: '40px',
  xs: '60px',
  sm: '80px',
  md: '100px',
  lg: '120px',
  xl: '140px',
  xxl: '160px',
  '3xl': '180px',
  '4xl': '200px',
  '5xl': '220px',
  full: '100%',
}

/**
 * @param {Record<string, string>} table
 * @param {string | undefined} value keyword, pixels or percentage
 */
const size = (table, value) => (value === undefined ? undefined : (table[value] ?? value))

/** @param {string | undefined} value */
export const textSize = (value) => size(TEXT, value)
/** @param {string | undefined} value */
export const space = (value) => size(SPACE, value)
/** @param {string | undefined} value */
export const borderSize = (value) => size(BORDER, value)
/** @param {string | undefined} value */
export const imageSize = (value) => size(IMAGE, value)

/** @param {string | undefined} ratio such as 20:13 */
export const cssRatio = (ratio) => (ratio ?? '1:1').replace(':', ' / ')

/** @type {Record<string, string>} */
const ALONG = { start: 'flex-start', center: 'center', end: 'flex-end', top: 'flex-start', bottom: 'flex-end' }

/** @param {string | undefined} value */
export const flexEdge = (value) => (value === undefined ? undefined : (ALONG[value] ?? value))
