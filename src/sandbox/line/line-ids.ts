import { randomBytes, randomInt } from 'node:crypto'

const hex = (bytes: number) => randomBytes(bytes).toString('hex')

export const newUserId = () => `U${hex(16)}`
export const newGroupId = () => `C${hex(16)}`
export const newRoomId = () => `R${hex(16)}`
export const newRichMenuId = () => `richmenu-${hex(16)}`
export const newReplyToken = () => hex(16)
export const newQuoteToken = () => randomBytes(48).toString('base64url')
export const newMarkAsReadToken = () => randomBytes(48).toString('base64url')
export const newAccessToken = () => randomBytes(96).toString('base64url')

/** LINE's message ids are decimal strings too long for a JavaScript number: a client that parses them loses digits. */
export const newMessageId = (now: number) =>
  `5${String(now).padStart(13, '0')}${String(randomInt(10_000)).padStart(4, '0')}`

export const isUserId = (value: unknown): value is string => typeof value === 'string' && /^U[0-9a-f]{32}$/.test(value)
export const isGroupOrRoomId = (value: unknown): value is string =>
  typeof value === 'string' && /^[CR][0-9a-f]{32}$/.test(value)
