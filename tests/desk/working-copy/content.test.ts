/**
 * What a working copy holds: the film with its id, pictures of this site only, and what differs
 * from the public text.
 */
import { describe, expect, it } from 'vitest'
import { contentOf, overlay, pending } from '../../../server/desk/working-copy/content'

const SITE = 'https://example.org'
const withPoster = (url: string) =>
  contentOf(
    { movie: { title: 'Rope', year: 1948, genres: [], poster: { url, alt: 'A rope.' } } },
    SITE,
  )

describe('a poster', () => {
  it.each(['/uploads/a-b_c.webp', `${SITE}/uploads/a.jpeg`])('may be %s', url => {
    expect(withPoster(url).movie!.poster!.url).toBe(url.replace(SITE, ''))
  })
  it.each([
    'https://elsewhere.example/uploads/a.webp',
    `${SITE}.elsewhere.example/uploads/a.webp`,
    '/uploads/../secrets/key.webp',
    '/uploads/a.svg',
    '//uploads/a.webp',
  ])('must not be %s', url => {
    expect(() => withPoster(url)).toThrow(
      expect.objectContaining({
        statusCode: 422,
        errors: [expect.objectContaining({ path: 'movie.poster.url' })],
      }),
    )
  })
})

it('a film gets an id from its title and year; null clears it', () => {
  expect(withPoster('/uploads/a.webp').movie!.id).toBe('rope-1948')
  expect(contentOf({ movie: null }, SITE)).toEqual({ movie: null })
  expect(contentOf({ title: 'A' }, SITE)).toEqual({ title: 'A' })
})

it('pending fields are those that differ, whatever the order of keys; a cleared field differs from a present one', () => {
  const movie = { id: 'rope-1948', title: 'Rope', genres: [] }
  expect(
    pending(
      {
        title: 'B',
        rating: null,
        summary: null,
        movie: { genres: [], title: 'Rope', id: 'rope-1948' },
      },
      { title: 'A', rating: 4, movie },
    ),
  ).toEqual({ title: 'B', rating: null })
})

it('the critic sees the public text with the changes over it', () => {
  expect(overlay({ title: 'A', rating: 4, body: 'B.' }, { title: 'C', rating: null })).toEqual({
    title: 'C',
    body: 'B.',
  })
})
