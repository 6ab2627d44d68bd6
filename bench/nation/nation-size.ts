/** What the issue asks to be fast at; the last two are planning figures. */
export const PROVINCES = 76
export const LAOS = 7_849
export const LARGEST_PROVINCE = 334
export const INSTITUTIONS = 20_000
export const PUPILS = 1_600_000
export const EVENTS = 1_000_000

/** Rosters kept ready to be confirmed by the benchmark, of the usual size and of the largest. */
export const READY = { usual: { pupils: 80, count: 400 }, large: { pupils: 2_000, count: 60 } } as const

/** In the middle of the confirming days. */
export const NOW = Date.UTC(2024, 5, 7, 3, 0, 0)
export const HOUR = 3_600_000
