/** What the phone shows, which always fits. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  encode,
  LONGEST,
  ofCorrection,
  ofReview,
  ofSeveral,
  topicOf,
  TRIMMED,
} from '../../../server/channels/push/payload'

const review = {
  id: '0199-third-man',
  title: 'A city with two faces',
  movie: { id: 'the-third-man-1949', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
  rating: 5,
  summary: 'Everyone in Vienna is selling something.',
  critic: { id: 'ines', name: 'Ines Okafor' },
  url: 'https://mymovies.example/reviews/the-third-man',
}
/** Four people as one letter: eleven code units that belong together. */
const FAMILY = '👩\u200D👩\u200D👧\u200D👦'
const read = (json: Uint8Array) =>
  JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json))

describe('a review', () => {
  it('is a title and a sentence', () => {
    expect(read(encode(ofReview(review)))).toEqual({
      web_push: 8030,
      notification: {
        title: 'The Third Man, 5',
        body: 'Everyone in Vienna is selling something. By Ines Okafor',
        navigate: 'https://mymovies.example/reviews/the-third-man',
        tag: '0199-third-man',
      },
    })
  })

  it.each([
    [
      { rating: 3.5 },
      'The Third Man, 3½',
      'Everyone in Vienna is selling something. By Ines Okafor',
    ],
    [{ rating: 0.5, summary: '' }, 'The Third Man, ½', 'A city with two faces. By Ines Okafor'],
    [
      { rating: 0, summary: 'Who is Harry Lime?' },
      'The Third Man, 0',
      'Who is Harry Lime? By Ines Okafor',
    ],
    [{ summary: 'He said "stay."' }, 'The Third Man, 5', 'He said "stay." By Ines Okafor'],
  ])('%o', (changes, title, body) => {
    expect(ofReview({ ...review, ...changes })).toMatchObject({ title, body })
  })

  it("uses the critic's own words if there are any", () => {
    expect(ofReview(review, 'Go twice.').body).toBe('Go twice.')
  })

  it('that was corrected silently replaces the first notification', () => {
    expect(ofCorrection(review, 'The film is from 1949')).toEqual({
      ...ofReview(review),
      body: 'Corrected: The film is from 1949. By Ines Okafor',
      silent: true,
      renotify: false,
    })
  })
})

it('several reviews are one notification that opens the front page; a single one gets its own', () => {
  const heat = { ...review, id: '2', movie: { ...review.movie, title: 'Heat' }, rating: 4.5 }
  expect(ofSeveral([review, heat], 'week')).toEqual({
    title: '2 new reviews',
    body: 'The Third Man, 5 · Heat, 4½',
    navigate: 'https://mymovies.example/',
    tag: 'week',
  })
  expect(ofSeveral([heat], 'week')).toEqual(ofReview(heat))
})

describe('any notification', () => {
  it('fits into the bytes that services take, in whole letters, and keeps its link', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 4000 }),
        fc.string({ unit: 'grapheme', maxLength: 3000 }),
        fc.constantFrom(LONGEST, TRIMMED),
        (title, summary, longest) => {
          const json = encode(
            ofReview({ ...review, summary, movie: { ...review.movie, title } }),
            longest,
          )
          expect(json.length).toBeLessThanOrEqual(longest)
          expect(read(json).notification).toMatchObject({ navigate: review.url, tag: review.id })
        },
      ),
    )
  })

  it('is cut politely', () => {
    const { body } = read(
      encode(ofReview({ ...review, summary: `A word and ${FAMILY} `.repeat(200) }), TRIMMED),
    ).notification
    expect(body).toMatch(new RegExp(`(?:A|word|and|${FAMILY})…$`))
    expect(body).not.toContain('�')
  })

  it('has a topic that services accept, unique to its review', () => {
    expect(topicOf('a')).toMatch(/^[\w-]{1,32}$/)
    expect(topicOf('a')).toBe(topicOf('a'))
    expect(topicOf('a')).not.toBe(topicOf('b'))
  })
})
