import { expect, it } from 'vitest'
import { buttonsOf } from '../world/message-text.ts'
import { openChat } from './chat.ts'

const CODE = /[2-9A-Z]{4}-[2-9A-Z]{4}/
const ADDRESS = /^https:\/\/lec\.example\.go\.th\/i\/[A-Za-z0-9_-]{22}\?openExternalBrowser=1$/

it('an invitation comes with its QR picture and a page to print, whose addresses do not hold the code', () => {
  const chat = openChat({ webAddress: 'https://lec.example.go.th' })
  const { words, messages } = chat.officer('sao').say('เชิญ ศูนย์พัฒนาเด็กเล็กบ้านนา')
  const code = CODE.exec(words)?.[0] ?? 'no code'
  const [, card] = messages
  if (!card) throw new Error('no card')
  const uri = String(buttonsOf(card).find((button) => button.label.includes('QR'))?.action['uri'])
  expect(uri).toMatch(ADDRESS)
  const bubble = card['contents'] as { hero?: { url?: string } }
  expect(bubble.hero?.url).toBe(`${uri.split('?')[0]}.png`)
  expect(JSON.stringify(card)).not.toContain(code)
  expect(card['altText']).toBe('QR ของรหัสเข้าร่วม')
})

it('without https there is no picture, which LINE could not fetch, but the page', () => {
  const chat = openChat({ webAddress: 'http://127.0.0.1:3000' })
  const [, card] = chat.officer('sao').say('เชิญ ศูนย์พัฒนาเด็กเล็กบ้านนา').messages
  expect(JSON.stringify(card)).toContain('http://127.0.0.1:3000/i/')
  expect(JSON.stringify(card)).not.toContain('"hero"')
})

it('without any address the code is told as before', () => {
  const { messages, words } = openChat().officer('sao').say('เชิญ ศูนย์พัฒนาเด็กเล็กบ้านนา')
  expect(messages).toHaveLength(1)
  expect(words).toMatch(CODE)
})
