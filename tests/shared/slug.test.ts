/** Addresses made from titles. */
import { expect, it } from 'vitest'
import { slugOf } from '../../shared/slug'

it.each([
  ['Kış Uykusu', 'kis-uykusu'],
  ['Þrestir', 'threstir'],
  ['Il était une fois…  L’Été', 'il-etait-une-fois-lete'],
  ['Ocean’s Eleven', 'oceans-eleven'],
  ['8½', '8-1-2'],
  ['M*A*S*H', 'm-a-s-h'],
  ['Сталкер', 'сталкер'],
  ['Ужасы', 'ужасы'],
  ['千と千尋の神隠し', '千と千尋の神隠し'],
  ['기생충', '기생충'],
  ['हिन्दी', 'हिन्दी'],
])('%s is at %s', (title, slug) => expect(slugOf(title)).toBe(slug))

it('is never empty, and the same each time', () => {
  expect(slugOf('!!!')).toMatch(/^\w+$/)
  expect(slugOf('!!!')).toBe(slugOf('!!!'))
  expect(slugOf('!!!')).not.toBe(slugOf('???'))
})

it.each([
  'One two three '.repeat(20),
  'Приключения '.repeat(20),
  '千と千尋の神隠し'.repeat(20),
  'x'.repeat(300),
])('stays short: %s', title => {
  const slug = slugOf(title)
  expect(slug.length).toBeLessThanOrEqual(80)
  expect(encodeURIComponent(slug).length).toBeLessThanOrEqual(240)
  expect(slug).not.toMatch(/^-|-$/)
})

it('ends with a whole word', () =>
  expect(slugOf('One two three '.repeat(20))).toMatch(/-(?:one|two|three)$/))
