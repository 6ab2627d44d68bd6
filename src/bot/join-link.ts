/**
 * Opens the chat with our account with the code typed in; sending it is left to the person
 * (https://developers.line.biz/en/docs/messaging-api/using-line-url-scheme/, oaMessage).
 */
export const joinLink = (basicId: string, code: string): string =>
  `https://line.me/R/oaMessage/${encodeURIComponent(basicId)}/?${encodeURIComponent(code)}`

/** Page and picture of an invitation on our web server. */
export const pageAddress = (web: string, pageId: string): string => `${web}/i/${pageId}`
export const pictureAddress = (web: string, pageId: string): string => `${web}/i/${pageId}.png`
