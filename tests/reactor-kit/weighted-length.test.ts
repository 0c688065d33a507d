/** Texts are measured as X measures them: the examples of https://docs.x.com/fundamentals/counting-characters, and what a critic may type. */
import { expect, it } from 'vitest'
import { linksIn } from '../../server/reactor-kit/bare-links'
import { weightedLength } from '../../server/reactor-kit/weighted-length'

it.each([
  ['👾', 2],
  ['🙋🏽', 2],
  ['👨‍🎤', 2],
  ['👨‍👩‍👧‍👦', 2],
  ['https://example.com', 23],
  ['https://example.com/very/long/path', 23],
  ['café', 4],
  ['cafe\u0301', 4],
  ['第三の男', 8],
  ['한', 2],
  ['Третий человек', 14],
  ['ο τρίτος', 8],
  ['4½ of 5', 7],
  ['“Vienna” – lost', 15],
  ['lost…', 6],
  ['1️⃣', 2],
  ['see example.com.', 28],
  ['(https://a.org/x)', 25],
  ['https://a.org https://b.org', 47],
  ['a sentence.Another', 18],
  ['me@example.com', 14],
  ['@example.com', 12],
  ['http://localhost:3000/reviews/x', 31],
  ['https://mymovies.example/reviews/x', 34],
  ['kino.de', 23],
  ['depub.space', 23],
  ['youtu.be/abc', 23],
  ['映画はkino.deです', 33],
  ['https://kino.de/第三の男', 31],
  ['❤️‍🔥', 2],
  ['', 0],
  ['x'.repeat(281), 281],
])('%s weighs %i', (text, weight) => {
  expect(weightedLength(text)).toBe(weight)
})

it('knows where a link ends', () => {
  expect(
    linksIn(
      'Read https://mymovies.org/reviews/a-b?c=d, or (http://bbc.co.uk). Also letterboxd.com/film!',
    ).map(({ url }) => url),
  ).toEqual(['https://mymovies.org/reviews/a-b?c=d', 'http://bbc.co.uk', 'letterboxd.com/film'])
})
