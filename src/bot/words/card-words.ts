/** Stands before the typed equivalents of a card's buttons: LINE on a computer does not show everything. */
export const TYPE_INSTEAD = 'พิมพ์'

export const TOO_LONG = 'รายการยาวเกินกว่าจะแสดงได้ทั้งหมด'
