/** The comparison of two versions: every field that differs is in it. */
import { expect, it } from 'vitest'
import { compareWriting } from '../../../shared/review/compare'
import { type Writing, writingOf } from '../../../shared/review/writing'

const movie = { id: 'ikiru-1952', title: 'Ikiru', year: 1952, genres: ['Drama'] }
const then: Writing = writingOf({ title: 'A', movie, rating: 4, summary: 'S.', body: 'B.' })

it.each<[string, Partial<Writing>]>([
  ['Title', { title: 'Another' }],
  ['Film', { movie: { ...movie, year: 1953 } }],
  ['Film', { movie: { ...movie, director: 'Akira Kurosawa' } }],
  ['Film', { movie: { ...movie, imdbId: 'tt0044741' } }],
  ['Film', { movie: null }],
  ['Genres', { movie: { ...movie, genres: [] } }],
  ['Poster', { movie: { ...movie, poster: { url: '/uploads/a.webp', alt: 'A swing' } } }],
  ['Tags', { tags: ['one'] }],
  ['Summary', { summary: 'T.' }],
  ['Review', { body: 'C.' }],
  ['Spoilers', { spoiler: true }],
  ['Rating', { rating: 4.5 }],
  ['Rating', { rating: null }],
])('shows a change of %s', (label, change) => {
  const found = compareWriting(then, { ...then, ...change })
  expect(found.map(difference => difference.label)).toContain(label)
  expect(found[0]!.words.some(word => word.added || word.removed)).toBe(true)
})

it('shows nothing when nothing differs', () => {
  expect(compareWriting(then, { ...then })).toEqual([])
})

it('does not keep the page busy with long texts that have nothing in common', () => {
  const long = (word: string) => Array.from({ length: 8000 }, (_, i) => `${word}${i}`).join(' ')
  const before = performance.now()
  const [body] = compareWriting({ ...then, body: long('a') }, { ...then, body: long('b') })
  expect(performance.now() - before).toBeLessThan(3000)
  expect(body!.words.some(word => word.removed)).toBe(true)
})
