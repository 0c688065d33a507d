/** Two addresses of the same page are one, and each parameter that a page reads is known. */
import { expect, it } from 'vitest'
import { pageAddress } from '../../server/http/page-address'
import { find, read } from '../walls/files'

it.each([
  ['/', '/'],
  ['/?utm_source=x&fbclid=y', '/'],
  ['/?', '/'],
  ['/reviews?utm_source=x&after=abc&gclid=1', '/reviews?after=abc'],
  ['/reviews?after=', '/reviews'],
  ['/reviews?after=a&after=b', '/reviews'],
  ['/reviews/ikiru?after=abc', '/reviews/ikiru'],
  ['/movies?after=abc&page=2', '/movies'],
  ['/genres/drama?ref=x&after=abc', '/genres/drama?after=abc'],
  ['/critics/ines?after=abc', '/critics/ines?after=abc'],
  ['/search?q=a+b&utm_id=1', '/search?q=a+b'],
  ['/feeds?genre=noir&utm_id=1', '/feeds?genre=noir'],
  ['/search?q=a%20b', '/search?q=a+b'],
  ['/about?x=%', '/about'],
  ['/about?', '/about'],
])('%s is %s', (address, page) => expect(pageAddress(address)).toBe(page))

it.each([
  '/editor',
  '/subscribe',
  '/api/reviews',
  '/reviews/a/b',
  '/reviews/_payload.json',
  '/aboutx',
])('%s is no public page', address => expect(pageAddress(address)).toBeUndefined())

it('knows every parameter that a public page reads', () => {
  const pages = find('pages/**/*.vue', 'components/*.vue').filter(
    file => !/^pages\/(?:editor|subscribe|setup|sign-in)/.test(file),
  )
  const names = pages.flatMap(file =>
    [...read(file).matchAll(/\bquery\.(\w+)/g)].map(([, name]) => name!),
  )
  expect([...new Set(names)].sort()).toEqual(['after', 'critic', 'genre', 'minRating', 'q'])
})
