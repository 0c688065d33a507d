/** Each page has one address; ids, files and other scripts keep their letters. */
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
])('%s is at %s', (address, one) => expect(oneAddress(address)).toBe(one))

it.each([
  '/',
  '/?A=B',
  '/movies',
  '/movies?x=A/',
  '/uploads/AbC.jpg',
  '/_nuxt/Entry.AbC.js',
  '/api/reviews/',
  '/api/Reviews',
  '/editor/AbC',
  '//evil.example/',
  '/\\evil.example/',
  '/genres/%d0%a3',
  '/Nowhere',
])('%s stays', address => expect(oneAddress(address)).toBeUndefined())
