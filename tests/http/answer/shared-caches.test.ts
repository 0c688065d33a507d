/** The tags by which caches in front of the server can be purged. */
import { expect, it } from 'vitest'
import { forSharedCaches } from '../../../server/http/answer/shared-caches'

const tagsOf = (...tags: [string, ...string[]]) => forSharedCaches(tags)['cache-tag']

it('names the kind and each item once', () => {
  expect(tagsOf('events', 'review-a', 'review-b', 'review-a')).toBe('events,review-a,review-b')
})

it.each([
  ['movie-千と千尋の神隠し-2001', 'movie-%E5%8D%83%E3%81%A8'],
  ['movie-a,b c', 'movie-a%2Cb%20c'],
  ['movie-a\r\nx: y', 'movie-a%0D%0Ax%3A%20y'],
])('writes %j so that a header can have it', (tag, start) => {
  const headers = forSharedCaches(['movies', tag])
  expect(headers['cache-tag']).toContain(`movies,${start}`)
  expect(() => new Headers(headers)).not.toThrow()
})

it('names only the kind where there are too many', () => {
  expect(tagsOf('events', ...Array.from({ length: 100 }, (_, n) => `review-${n}`))).toBe('events')
})
