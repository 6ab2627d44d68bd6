/** The control API's answers and LINE's message objects, as far as the page draws them. */

export type Person = {
  userId: string
  displayName: string
  friend: boolean
  blocked: boolean
  device: 'phone' | 'pc'
  lastSeq: number
  unread: number
}

export type PageFile = { id: string; title: string }
export type PagePerson = {
  userId: string
  role: string
  unitName: string
  name: string
  email: string
  files: PageFile[]
}
export type PageData = { title: string; moments: { label: string; at: number | string }[]; people: PagePerson[] }

export type Account = { email: string; name: string }
export type DriveFile = {
  id: string
  name: string
  mimeType: string
  trashed: boolean
  locked: boolean
  version: string | number
}

export type Action = {
  type: string
  label?: string
  data?: string
  text?: string
  displayText?: string
  uri?: string
  mode?: 'date' | 'time' | 'datetime'
  initial?: string
  min?: string
  max?: string
  clipboardText?: string
  inputOption?: string
  fillInText?: string
  richMenuAliasId?: string
}

export type Tap = (action: Action, from?: { seq?: number }) => void

export type Component = {
  type: string
  layout?: 'vertical' | 'horizontal' | 'baseline'
  contents?: Component[]
  text?: string
  url?: string
  altText?: string
  altContent?: Component
  previewUrl?: string
  size?: string
  color?: string
  weight?: string
  style?: string
  decoration?: string
  align?: string
  gravity?: string
  wrap?: boolean
  maxLines?: number
  lineSpacing?: string
  adjustMode?: string
  height?: string
  width?: string
  maxWidth?: string
  maxHeight?: string
  flex?: number
  spacing?: string
  margin?: string
  position?: string
  offsetTop?: string
  offsetBottom?: string
  offsetStart?: string
  offsetEnd?: string
  paddingAll?: string
  paddingTop?: string
  paddingBottom?: string
  paddingStart?: string
  paddingEnd?: string
  backgroundColor?: string
  borderColor?: string
  borderWidth?: string
  cornerRadius?: string
  justifyContent?: string
  alignItems?: string
  aspectRatio?: string
  aspectMode?: string
  scaling?: boolean
  background?: {
    type: string
    angle?: string
    startColor?: string
    endColor?: string
    centerColor?: string
    centerPosition?: string
  }
  action?: Action
}

export type BlockStyle = { backgroundColor?: string; separator?: boolean; separatorColor?: string }
export type Bubble = {
  type: 'bubble'
  size?: string
  direction?: string
  header?: Component
  hero?: Component
  body?: Component
  footer?: Component
  styles?: { header?: BlockStyle; hero?: BlockStyle; body?: BlockStyle; footer?: BlockStyle }
  action?: Action
}
export type Container = Bubble | { type: 'carousel'; contents: Bubble[] }

export type Column = {
  thumbnailImageUrl?: string
  imageUrl?: string
  imageBackgroundColor?: string
  title?: string
  text?: string
  defaultAction?: Action
  action?: Action
  actions?: Action[]
}
export type Template = Column & {
  type: string
  imageAspectRatio?: string
  imageSize?: string
  columns?: Column[]
}

export type QuickReply = { items: { type: string; imageUrl?: string; action: Action }[] }

export type Message = {
  type: string
  id?: string
  text?: string
  substitution?: Record<string, { type: string; mentionee?: { type: string; userId?: string } }>
  packageId?: string
  stickerId?: string
  originalContentUrl?: string
  previewImageUrl?: string
  duration?: number
  title?: string
  address?: string
  latitude?: number
  longitude?: number
  fileName?: string
  fileSize?: number
  altText?: string
  contents?: Container
  template?: Template
  baseUrl?: string
  baseSize?: { width: number; height: number }
  actions?: ImagemapAction[]
  quickReply?: QuickReply
  displayText?: string
  data?: string
}
export type ImagemapAction = {
  type: string
  label?: string
  text?: string
  linkUri?: string
  clipboardText?: string
  area: Bounds
}
export type Bounds = { x: number; y: number; width: number; height: number }

export type ChatItem = {
  seq: number
  at: number | string
  from: 'person' | 'bot'
  message: Message
  via?: string
  requestId?: string
  messageId?: string
  read?: boolean
}
export type RichMenu = {
  richMenuId: string
  chatBarText: string
  selected: boolean
  size: { width: number; height: number }
  areas: { bounds: Bounds; action: Action }[]
  imageUrl: string
}
export type Chat = { items: ChatItem[]; loading: boolean; richMenu: RichMenu | null }

export type Cell = {
  v: string
  note?: string
  kind: 'string' | 'number' | 'bool' | 'formula' | 'empty'
  checkbox?: boolean
  list?: string[]
  bg?: string
  bold?: boolean
  fg?: string
  align?: string
  wrap?: boolean
  italic?: boolean
  formula?: string
}
/** Rows and columns from 0, ends excluded. */
export type GridRange = { startRow: number; endRow: number; startColumn: number; endColumn: number }
export type ProtectedRange = GridRange & { canEdit: boolean; warningOnly: boolean; unprotected: GridRange[] }
export type SheetTab = {
  sheetId: number
  title: string
  hidden: boolean
  frozenRowCount: number
  frozenColumnCount: number
  rowCount: number
  columnCount: number
  columnWidths: (number | null)[]
  hiddenColumns: number[]
  protected: ProtectedRange[]
  merges: GridRange[]
  rows: Cell[][]
}
export type Spreadsheet = {
  id: string
  name: string
  locked: boolean
  reason?: string
  sheets: SheetTab[]
  permissions: { email: string; role: string }[]
  canEdit?: boolean
  why?: string
}

export type LoggedRequest = {
  seq: number
  at: number | string
  method: string
  path: string
  status: number | string | null
  summary?: string
  retryKey?: string
  requestId?: string
}
export type LoggedWebhook = {
  seq: number
  at: number | string
  attempts: number
  status: number | string | null
  eventIds?: string[]
  redelivery?: boolean
}

export type Exhibit = { part: string; role: string; title: string; said: string | null; messages: Message[] }
