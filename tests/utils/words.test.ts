/** Small words and addresses that pages write. */
import { expect, it } from 'vitest'
import { withOwnAddress } from '../../utils/own-address'
import { criticPath, genrePath, moviePath } from '../../utils/page-paths'
import { queryText } from '../../utils/query-text'
import { saveWords } from '../../utils/save-words'
import { wantsFields } from '../../utils/wants-fields'
import { addressPieces, answerWords, eventsWords, payloadWords } from '../../utils/webhook-words'

it('makes paths of what people wrote', () => {
  expect(genrePath('Sci-Fi/Horror')).toBe('/genres/sci-fi-horror')
  expect(genrePath('Épouvante')).toBe('/genres/epouvante')
  expect(genrePath('Ужасы')).toBe('/genres/%D1%83%D0%B6%D0%B0%D1%81%D1%8B')
  expect(moviePath('amélie-2001')).toBe('/movies/am%C3%A9lie-2001')
  expect(criticPath('a b')).toBe('/critics/a%20b')
})

it('takes one value of the query, and none where there are two', () => {
  expect([queryText('x'), queryText(''), queryText(['x', 'y']), queryText(null)]).toEqual([
    'x',
    undefined,
    undefined,
    undefined,
  ])
})

it("puts this site's address into the examples of a page", () => {
  const page = { a: 'curl https://example.org/api', b: [{ href: 'https://example.org' }] }
  expect(withOwnAddress(page, 'https://$&.test')).toEqual({
    a: 'curl https://$&.test/api',
    b: [{ href: 'https://$&.test' }],
  })
})

it('shows wants as the fields of their form', () => {
  expect(wantsFields({ minRating: 0, hour: 0, quiet: { from: '22:00', to: '07:00' } })).toEqual({
    genres: [],
    critics: [],
    minRating: '0',
    hour: '0',
    weekday: undefined,
    frequency: undefined,
    timeZone: undefined,
    quietFrom: '22:00',
    quietTo: '07:00',
  })
})

it('never says "Saved" of what is not', () => {
  const kinds = ['unsaved', 'saving', 'offline', 'signed-out', 'clash'] as const
  for (const kind of kinds) expect(saveWords({ kind })).not.toMatch(/^Saved/)
  expect(saveWords({ kind: 'failed', say: 'Refused' })).toBe('Refused')
  expect(saveWords({ kind: 'saved' })).toBe('Saved')
})

it('says what a webhook is told, gets and answered', () => {
  const corrected = 'com.mymovies.review.corrected.v1'
  expect([eventsWords({ types: null }), eventsWords({ types: [corrected] })]).toEqual([
    'All events',
    'Corrected',
  ])
  const wants = { genres: ['Thriller', 'War'], critics: ['ines'], minRating: 4.5 }
  expect(eventsWords({ types: null, wants, subject: ['r1', 'r2'] })).toBe(
    'All events; only Thriller or War; by 1 critic; rated 4½ or more; of 2 reviews',
  )
  expect(payloadWords({ shape: 'pick', fields: ['id', 'title', 'url'] })).toBe('Id, title, url')
  expect(answerWords({ ok: true, status: 204, ms: 1200 })).toBe('204 in 1,200 ms')
  expect(answerWords({ ok: false, ms: 3 })).toBe('no answer')
  expect(addressPieces('https://partner.example/hook?a=1')).toEqual([
    'partner.',
    'example/',
    'hook?',
    'a=',
    '1',
  ])
})
