/** Whether two texts are equal at the path of a problem. */
import { expect, it } from 'vitest'
import { equalAtPath } from '../../utils/equal-at-path'

const one = { title: 'A', movie: { poster: { alt: 'x' } }, tags: ['a', 'b'] }

it.each([
  ['title', { ...one, title: 'B' }, false],
  ['title', { ...one, tags: [] }, true],
  ['movie.poster.alt', { ...one, movie: { poster: { alt: 'y' } } }, false],
  ['movie.poster.alt', { ...one, movie: null }, false],
  ['tags.1', { ...one, tags: ['z', 'b'] }, true],
  ['nowhere.at.all', {}, true],
])('%s', (path, other, equal) => {
  expect(equalAtPath(path, one, other)).toBe(equal)
})
