/**
 * Each page has one address; ids, files and other scripts keep their letters. A redirect stays on
 * this site and fits into a header.
 */
import { expect, it } from 'vitest'
import { oneAddress } from '../../server/http/one-address'

it.each([
  ['/Movies', '/movies'],
  ['/MOVIES/', '/movies'],
  ['/movies/', '/movies'],
  ['/movies//', '/movies'],
  ['/Reviews/Ikiru/?after=Ab', '/reviews/ikiru?after=Ab'],
  ['/genres/Sci-Fi', '/genres/sci-fi'],
  ['/genres/%D0%A3Drama', '/genres/%D0%A3drama'],
  ['/Critics/3F2A', '/critics/3F2A'],
  ['/critics/3F2A/', '/critics/3F2A'],
  ['/About?x=/', '/about?x=/'],
  ['/search/?q=Ikiru', '/search?q=Ikiru'],
  ['/Feed.xml', '/feed.xml'],
  ['/feed.xml/', '/feed.xml'],
  ['/SUBSCRIBE', '/subscribe'],
  ['/nowhere/', '/nowhere'],
  ['/Movies?a=1?B', '/movies?a=1?B'],
  ['//reviews', '/reviews'],
  ['//Reviews/', '/reviews'],
  ['//api//reviews', '/api//reviews'],
  ['//evil.example/', '/evil.example'],
  ['/\\\\evil.example/?a=1', '/evil.example?a=1'],
  ['/%2f%5Cevil.example', '/evil.example'],
  ['//a/..//evil.example', '/evil.example'],
  ['//%0d%0aSet-Cookie:a', '/%0d%0aSet-Cookie:a'],
  [Buffer.from('//żółć').toString('latin1'), '/%C5%BC%C3%B3%C5%82%C4%87'],
  [Buffer.from('/Genres/żółć').toString('latin1'), '/genres/%C5%BC%C3%B3%C5%82%C4%87'],
  ['/search?q=100%', '/search?q=100%25'],
  ['/search?q=100%&x=%zz', '/search?q=100%25&x=%25zz'],
  ['/search?q=caf%E9', '/search?q=caf%C3%A9'],
  ['/?a=%C3%A9%E9', '/?a=%C3%83%C2%A9%C3%A9'],
  ['/Movies?a=%', '/movies?a=%25'],
  ['//\xFF?q=\xFF', '/%EF%BF%BD?q=%EF%BF%BD'],
])('%j is at %s', (address, one) => expect(oneAddress(address)).toBe(one))

it.each([
  '/',
  '/?A=B',
  '/movies',
  '/movies?x=A/',
  '/search?q=caf%C3%A9%25%20%e2%82%ac',
  '/api/reviews?q=100%',
  '/uploads/AbC.jpg',
  '/_nuxt/Entry.AbC.js',
  '/api/reviews/',
  '/api/Reviews',
  '/editor/AbC',
  '/genres/%d0%a3',
  '/Nowhere',
  '*',
  'http://evil.example/',
  'http://evil.example/Movies/',
])('%s stays', address => expect(oneAddress(address)).toBeUndefined())
