import { describe, expect, it } from 'vitest'
import { onlyNear } from '../../../../src/workflow/rules/text/nearest-word.ts'
import { remember } from '../../../../src/workflow/rules/text/remember.ts'

const words = new Map(['abc', 'abcd', 'table', 'cable', 'elephant'].map((word) => [word, word.toUpperCase()]))

describe('a word with a slip', () => {
  it.each<[string, string | null, string]>([
    ['elephant', 'ELEPHANT', 'none'],
    ['elephent', 'ELEPHANT', 'one wrong'],
    ['elephnt', 'ELEPHANT', 'one missing'],
    ['eelephant', 'ELEPHANT', 'one too many'],
    ['elehpant', 'ELEPHANT', 'two swapped'],
    ['lephnt', null, 'two missing in a word of six'],
    ['elepphannt', 'ELEPHANT', 'two in a long word'],
    ['ellepphannt', null, 'three'],
    ['tabel', 'TABLE', 'two swapped, another word further off'],
    ['gable', null, 'as near to one as to another'],
    ['abd', null, 'too short to guess'],
    ['', null, 'nothing'],
  ])('%j is %s: %s', (typed, meant, _slip) => {
    expect(onlyNear(typed, words)).toBe(meant)
  })

  it('is near one meaning also when it is near several words for it', () => {
    const same = new Map([
      ['table', 1],
      ['cable', 1],
    ])
    expect(onlyNear('gable', same)).toBe(1)
  })
})

describe('a remembered answer', () => {
  it('is worked out once, also when it is null, and forgotten when too many are known', () => {
    const asked: string[] = []
    const answer = remember((text): string | null => {
      asked.push(text)
      return text === 'no' ? null : text
    }, 2)
    expect(['yes', 'no', 'no', 'yes'].map(answer)).toEqual(['yes', null, null, 'yes'])
    expect(asked).toEqual(['yes', 'no'])
    expect(['third', 'yes'].map(answer)).toEqual(['third', 'yes'])
    expect(asked).toEqual(['yes', 'no', 'third', 'yes'])
  })
})
