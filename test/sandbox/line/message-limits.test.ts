import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  box,
  bubble,
  bubbleOfBytes,
  buttonsTemplate,
  carouselTemplate,
  confirmTemplate,
  flex,
  image,
  postback,
  quick,
  word,
} from './messages-made.ts'
import { type ServedLine, serveLine } from './serve-line.ts'

let line: ServedLine
beforeAll(async () => {
  line = await serveLine()
})
afterAll(() => line.close())

type Verdict = { status: number; message?: string; details?: { message: string; property: string }[] }

async function validate(messages: unknown[], endpoint = 'push'): Promise<Verdict> {
  const response = await fetch(`${line.apiUrl}/v2/bot/message/validate/${endpoint}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${line.channel.channelAccessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messages }),
  })
  return { status: response.status, ...((await response.json()) as object) }
}

const text = (words: string) => ({ type: 'text', text: words })
const button = (label: string) => ({ type: 'button', action: postback(label) })
const act = (action: unknown) => flex(bubble({ type: 'button', action }))
const combined = 'กี่' // three UTF-16 units, one grapheme

const accepted: [string, unknown][] = [
  ['5,000 units of text', text('a'.repeat(5_000))],
  ['2,500 emoji of two units each', text('😀'.repeat(2_500))],
  ['13 quick replies', quick(13)],
  ['a quick reply label of 20 graphemes', quick(1, combined.repeat(20))],
  ['a flex button label of 40 graphemes', flex(bubble(button(combined.repeat(40))))],
  ['300 characters of postback data', act(postback('a', 'x'.repeat(300)))],
  ['a flex bubble of 30,000 bytes', flex(bubbleOfBytes(30_000))],
  [
    'a carousel of 12 bubbles',
    flex({ type: 'carousel', contents: Array.from({ length: 12 }, () => bubble(word('a'))) }),
  ],
  ['an alternative text of 400', { ...flex(bubble(word('a'))), altText: 'a'.repeat(400) }],
  ['an http link to open', act({ type: 'uri', label: 'a', uri: 'http://example.com' })],
  ['a telephone link', act({ type: 'uri', label: 'a', uri: 'tel:022419021' })],
  ['a null property', { ...text('a'), quickReply: null }],
  ['a box without contents', flex(bubble(box()))],
  ['a text of spans', flex(bubble({ type: 'text', contents: [{ type: 'span', text: 'a', weight: 'bold' }] }))],
  ['two actions to confirm', confirmTemplate([postback(), postback('ยกเลิก')])],
  ['a sticker', { type: 'sticker', packageId: '446', stickerId: '1988' }],
  ['a place', { type: 'location', title: 'a', address: 'b', latitude: 13.7, longitude: 100.5 }],
  [
    'a text with a mention',
    {
      type: 'textV2',
      text: '{who} สวัสดี {{}}',
      substitution: { who: { type: 'mention', mentionee: { type: 'all' } } },
    },
  ],
  ['a clipboard action', act({ type: 'clipboard', label: 'คัดลอก', clipboardText: 'a' })],
  [
    'a date picker',
    act({ type: 'datetimepicker', label: 'a', data: 'x', mode: 'datetime', initial: '2024-06-10t16:30' }),
  ],
]

const refusedOnes: [string, unknown, string][] = [
  ['an empty text', text(''), 'messages[0].text'],
  ['5,001 units of text', text('a'.repeat(5_001)), 'messages[0].text'],
  ['2,501 emoji of two units each', text('😀'.repeat(2_501)), 'messages[0].text'],
  ['a text without text', { type: 'text' }, 'messages[0].text'],
  ['a text that is a number', { type: 'text', text: 5 }, 'messages[0].text'],
  ['an unknown type', { type: 'nonsense' }, 'messages[0].type'],
  ['no type', { text: 'a' }, 'messages[0].type'],
  ['an unknown property', { ...text('a'), colour: 'red' }, 'messages[0].colour'],
  ['14 quick replies', quick(14), 'messages[0].quickReply.items'],
  ['no quick reply at all', quick(0), 'messages[0].quickReply.items'],
  ['a quick reply label of 21', quick(1, 'a'.repeat(21)), 'messages[0].quickReply.items[0].action.label'],
  [
    'a quick reply without label',
    { ...text('a'), quickReply: { items: [{ type: 'action', action: { type: 'message', text: 'a' } }] } },
    'messages[0].quickReply.items[0].action.label',
  ],
  ['a button label of 41', flex(bubble(button('a'.repeat(41)))), '/body/contents/0/action/label'],
  ['301 characters of postback data', act(postback('a', 'x'.repeat(301))), '/body/contents/0/action/data'],
  [
    '301 characters of displayText',
    act({ ...postback(), displayText: 'x'.repeat(301) }),
    '/body/contents/0/action/displayText',
  ],
  ['text beside displayText', act({ ...postback(), displayText: 'a', text: 'a' }), '/body/contents/0/action/text'],
  ['fillInText without keyboard', act({ ...postback(), fillInText: 'a' }), '/body/contents/0/action/fillInText'],
  ['an unknown action', act({ type: 'shout', label: 'a' }), '/body/contents/0/action/type'],
  ['a camera outside quick replies', act({ type: 'camera', label: 'a' }), '/body/contents/0/action/type'],
  [
    'a menu switch outside a rich menu',
    act({ type: 'richmenuswitch', richMenuAliasId: 'a', data: 'x' }),
    '/body/contents/0/action/type',
  ],
  [
    'a link with Thai in it',
    act({ type: 'uri', label: 'a', uri: 'https://example.com/ก' }),
    '/body/contents/0/action/uri',
  ],
  ['a script link', act({ type: 'uri', label: 'a', uri: 'javascript:1' }), '/body/contents/0/action/uri'],
  [
    'a date in the wrong form',
    act({ type: 'datetimepicker', label: 'a', data: 'x', mode: 'date', initial: '10/06/2567' }),
    '/body/contents/0/action/initial',
  ],
  ['an http picture', image('http://example.com/a.png'), 'messages[0].originalContentUrl'],
  [
    'an http picture in flex',
    flex({ type: 'bubble', hero: { type: 'image', url: 'http://example.com/a.png' } }),
    '/hero/url',
  ],
  ['a bubble without blocks', flex({ type: 'bubble' }), '/'],
  ['a flex message in a flex message', flex(flex(bubble(word('a')))), '/type'],
  ['a bubble of 30,001 bytes', flex(bubbleOfBytes(30_001)), '/'],
  ['a bubble of too many Thai bytes', flex(bubbleOfBytes(30_300, 'ก')), '/'],
  ['a carousel of 50 KB', flex({ type: 'carousel', contents: [bubbleOfBytes(25_000), bubbleOfBytes(25_000)] }), '/'],
  [
    '13 bubbles',
    flex({ type: 'carousel', contents: Array.from({ length: 13 }, () => bubble(word('a'))) }),
    '/contents',
  ],
  [
    'bubbles of different sizes',
    flex({ type: 'carousel', contents: [bubble(word('a')), { ...bubble(word('a')), size: 'kilo' }] }),
    '/',
  ],
  ['an empty text component', flex(bubble(word(''))), '/body/contents/0/text'],
  ['a text component without text', flex(bubble({ type: 'text' })), '/body/contents/0'],
  ['an unknown flex property', flex(bubble({ ...word('a'), bold: true })), '/body/contents/0/bold'],
  ['an unknown component', flex(bubble({ type: 'table' })), '/body/contents/0/type'],
  ['a colour by name', flex(bubble({ ...word('a'), color: 'red' })), '/body/contents/0/color'],
  ['a size without unit', flex(bubble({ ...word('a'), size: '12' })), '/body/contents/0/size'],
  [
    'a button in a baseline box',
    flex(bubble({ ...box(button('a')), layout: 'baseline' })),
    '/body/contents/0/contents/0/type',
  ],
  [
    'an icon in a vertical box',
    flex(bubble({ type: 'icon', url: 'https://example.com/a.png' })),
    '/body/contents/0/type',
  ],
  ['an alternative text of 401', { ...flex(bubble(word('a'))), altText: 'a'.repeat(401) }, 'messages[0].altText'],
  ['one action to confirm', confirmTemplate([postback()]), 'messages[0].template.actions'],
  [
    'five buttons',
    buttonsTemplate({ actions: Array.from({ length: 5 }, () => postback()) }),
    'messages[0].template.actions',
  ],
  ['61 letters beside a title', buttonsTemplate({ title: 'a', text: 'a'.repeat(61) }), 'messages[0].template.text'],
  [
    'a button label of 21',
    buttonsTemplate({ actions: [postback('a'.repeat(21))] }),
    'messages[0].template.actions[0].label',
  ],
  [
    'columns with different numbers of actions',
    carouselTemplate([
      { text: 'a', actions: [postback(), postback()] },
      { text: 'a', actions: [postback()] },
    ]),
    'messages[0].template.columns',
  ],
  ['a place without name', { type: 'location', address: 'b', latitude: 1, longitude: 1 }, 'messages[0].title'],
  ['a placeholder without substitution', { type: 'textV2', text: '{who}' }, 'messages[0].text'],
  [
    'an emoji that points at no $',
    { ...text('a'), emojis: [{ index: 0, productId: 'p', emojiId: 'e' }] },
    'messages[0].emojis[0].index',
  ],
  ['a sender name of 21', { ...text('a'), sender: { name: 'a'.repeat(21) } }, 'messages[0].sender.name'],
]

describe('message limits', () => {
  it.each(accepted)('accepts %s', async (_what, message) => {
    expect(await validate([message])).toEqual({ status: 200 })
  })

  it.each(refusedOnes)('refuses %s', async (_what, message, property) => {
    const verdict = await validate([message])
    expect(verdict.status).toBe(400)
    expect(verdict.message).toBe('A message (messages[0]) in the request body is invalid')
    expect(verdict.details?.map((detail) => detail.property)).toContain(property)
  })

  it('names the message that is wrong', async () => {
    const verdict = await validate([text('a'), text('')])
    expect(verdict.message).toBe('A message (messages[1]) in the request body is invalid')
  })

  it.each(['reply', 'push', 'multicast', 'narrowcast', 'broadcast'])('validates for %s', async (endpoint) => {
    expect((await validate([text('a')], endpoint)).status).toBe(200)
    expect((await validate([text('')], endpoint)).status).toBe(400)
    expect((await validate([], endpoint)).status).toBe(400)
  })
})

describe('request bodies', () => {
  const send = async (body: string, type = 'application/json') => {
    const response = await fetch(`${line.apiUrl}/v2/bot/message/push`, {
      method: 'POST',
      headers: { authorization: `Bearer ${line.channel.channelAccessToken}`, 'content-type': type },
      body,
    })
    return { status: response.status, body: (await response.json()) as { message: string } }
  }

  it('refuses what is not JSON', async () => {
    const { status, body } = await send('{')
    expect([status, body.message]).toEqual([400, 'The request body could not be parsed as JSON (line: 1, column: 1)'])
  })

  it('refuses another content type', async () => {
    expect((await send('{}', 'text/plain')).status).toBe(415)
  })

  it('refuses more than 2 MB', async () => {
    expect((await send(JSON.stringify({ pad: 'a'.repeat(2 * 1024 * 1024) }))).status).toBe(413)
  })

  it('answers unknown paths with 404 and a request id', async () => {
    const response = await fetch(`${line.apiUrl}/v2/bot/nothing`, {
      headers: { authorization: `Bearer ${line.channel.channelAccessToken}` },
    })
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not found' }])
    expect(response.headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})
