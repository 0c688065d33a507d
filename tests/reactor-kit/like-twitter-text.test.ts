/** Links and lengths are those of twitter-text, X's own library, for texts put together at random. */
import twitter from 'twitter-text'
import { expect, it } from 'vitest'
import { linksIn } from '../../server/reactor-kit/bare-links'
import { weightedLength } from '../../server/reactor-kit/weighted-length'

/** Without emoji that are younger than twitter-text. */
const PIECES = [
  'http://',
  'https://',
  'HTTP://',
  'example.com',
  'kino.de',
  'depub.space',
  'youtu.be/abc',
  't.co/abcde',
  'foo.co.jp',
  'www.',
  'a_b.c-d.com',
  '-x.com',
  'x-.net',
  '_u.org',
  '☃.net',
  '✪df.ws/ejp',
  'これは',
  '日本語です。',
  '中国語',
  '한국',
  'テスト',
  '.',
  ',',
  ' ',
  '\n',
  '(',
  ')',
  '@',
  '#',
  '$',
  '/',
  '/path/to',
  '?q=1&b=2',
  '#frag',
  '(film)',
  '_(a(b)c)',
  ':3000',
  '~',
  '!',
  '…',
  '“',
  '”',
  'é',
  'ß',
  'ё',
  'Русские_слова',
  'رابط',
  '\u200E',
  '\u202A',
  '\u3000',
  'user',
  'com',
  '.com',
  '.',
  'xn--fsq.com',
  'xn--',
  `${'a'.repeat(64)}.com`,
  `https://t.co/${'a'.repeat(40)}`,
  `https://t.co/${'a'.repeat(41)}`,
  'https://t.co/abc/def',
  '&',
  '=',
  '+',
  '-',
  '|',
  '%20',
  "'",
  '"',
  '<',
  '>',
  '*',
  ';',
  '🎬',
  '👨‍👩‍👧',
  '🏽',
  '©',
  '©️',
  '™',
  '1️⃣',
  '1⃣',
  '☺',
  '☺️',
  '🇩🇪',
  '🇩',
  '\u0301',
  'ı',
  'ſ',
  'K',
  'рф',
  '.рф',
  'пример.рф',
  '.invalid',
  'mymovies.example',
  'film.film',
  'mail@host.com',
  '.com-that',
  'COM',
  '½',
  '\u00A0',
  '\uFEFF',
  '📽️',
  '❤',
  '5',
  '⭐',
]

const TEXTS = 3000

/** The same pieces in the same order at every run. */
function pieces(seed: number): string {
  let state = seed
  const next = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor(state / 2 ** 16) % most
  }
  return Array.from({ length: 1 + next(6) }, () => PIECES[next(PIECES.length)]).join('')
}

it('agrees with it', () => {
  const ours: unknown[] = []
  const theirs: unknown[] = []
  for (let n = 1; n <= TEXTS; n++) {
    const text = pieces(n * 7919).normalize('NFC')
    ours.push([text, linksIn(text).map(({ url }) => url), weightedLength(text)])
    theirs.push([text, twitter.extractUrls(text), twitter.parseTweet(text).weightedLength])
  }
  expect(ours).toEqual(theirs)
})
