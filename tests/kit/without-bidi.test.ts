/** Foreign words cannot turn the text around them, and keep their own letters. */
import { expect, it } from 'vitest'
import { withoutBidi } from '../../server/kit/without-bidi'

it.each([
  ['not \u202Egnp.exe', 'not gnp.exe'],
  ['\u2067שלום\u2069 \u200Fa\u200Eb', 'שלום ab'],
  ['plain', 'plain'],
])('%j', (given, left) => {
  expect(withoutBidi(given)).toBe(left)
})
