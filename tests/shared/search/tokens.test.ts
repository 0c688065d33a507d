/** Text as the search index takes it, and in a time that grows with its length only. */
import { expect, it } from 'vitest'
import { indexedText, termsOf } from '../../../shared/search/tokens'
import { slugWords } from '../../../shared/slug'

const tokens = (text: string) =>
  indexedText(text)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)

it.each([
  ['Ocean’s Eleven', ['ocean', 's', 'eleven', 'oceans']],
  ['Bücher', ['bucher', 'buecher']],
  ['神隠し', ['神隠', '隠し', 'し']],
  ['映画2001', ['映画', '画', '2001']],
  ['हिन्दी फ़िल्म', ['हिन्दी', 'फ़िल्म']],
])('%s becomes %j', (text, expected) => expect(tokens(text)).toEqual(expected))

it.each(['x', 'é', 'ä', 'ァー', "a'", 'a-', '·', '字', '字 ', ' '])(
  'is quick with a hundred thousand of %j',
  letter => {
    const text = `${letter.repeat(100_000 / letter.length)}ä`
    expect(indexedText(text)).not.toBe('')
    expect(termsOf(text).length).toBeGreaterThan(0)
    expect(slugWords(text)).not.toBe('')
  },
)

it('finds an address again from the address itself, whatever the letter', () => {
  for (let code = 0x21; code < 0x2fa20; code += 7) {
    const slug = slugWords(`a${String.fromCodePoint(code).toWellFormed()}b`)
    expect(slugWords(slug)).toBe(slug)
  }
})
