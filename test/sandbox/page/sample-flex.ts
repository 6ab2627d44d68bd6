/** A hand-made card with most of what Flex can do, as a bot would send it. */
export function sampleFlex(fileId: string) {
  const line = (name: string, value: string) => ({
    type: 'box',
    layout: 'horizontal',
    contents: [
      { type: 'text', text: name, size: 'sm', color: '#5b6b74' },
      { type: 'text', text: value, size: 'sm', align: 'end', weight: 'bold' },
    ],
  })
  return {
    type: 'flex',
    altText: 'สรุปข้อมูลของสถานศึกษา',
    contents: {
      type: 'bubble',
      size: 'mega',
      header: {
        type: 'box',
        layout: 'vertical',
        backgroundColor: '#0f6b4f',
        contents: [
          { type: 'text', text: 'พร้อมยืนยันข้อมูล', color: '#ffffff', weight: 'bold', size: 'lg' },
          { type: 'text', text: 'โรงเรียนบ้านตัวอย่าง', color: '#cfe6dc', size: 'sm' },
        ],
      },
      body: {
        type: 'box',
        layout: 'vertical',
        spacing: 'md',
        contents: [
          {
            type: 'box',
            layout: 'baseline',
            contents: [
              { type: 'text', text: 'นักเรียนทั้งหมด', size: 'sm', flex: 0 },
              { type: 'text', text: '78 คน', size: 'xxl', weight: 'bold', align: 'end' },
            ],
          },
          { type: 'separator' },
          line('ชาย', '40'),
          line('หญิง', '38'),
          {
            type: 'text',
            wrap: true,
            size: 'sm',
            contents: [
              { type: 'span', text: 'ต้องแก้ไข ' },
              { type: 'span', text: '2 ราย', weight: 'bold', color: '#b3261e' },
            ],
          },
        ],
      },
      footer: {
        type: 'box',
        layout: 'vertical',
        spacing: 'sm',
        contents: [
          {
            type: 'button',
            style: 'primary',
            color: '#0f6b4f',
            height: 'sm',
            action: { type: 'postback', label: 'ยืนยันข้อมูล', data: 'opaque-1', displayText: 'ยืนยันข้อมูล' },
          },
          {
            type: 'button',
            height: 'sm',
            action: {
              type: 'uri',
              label: 'เปิดตาราง',
              uri: `https://docs.google.com/spreadsheets/d/${fileId}/edit?openExternalBrowser=1#gid=0&range=C3`,
            },
          },
        ],
      },
    },
    quickReply: {
      items: ['สถานะ', 'กำหนดเวลา'].map((text) => ({ type: 'action', action: { type: 'message', label: text, text } })),
    },
  }
}
