/** A kept answer is never older than the last purge, and all together never take more than their bytes. */
import { expect, it } from 'vitest'
import { AnswerCache } from '../../../server/http/answer/cache'

const page = (body: string) => ({ type: 'text/html', body })
const text = (found: { bytes: Buffer } | undefined) => found?.bytes.toString()

it('one making serves all requests that come meanwhile', async () => {
  const cache = new AnswerCache()
  const done = cache.begin('/')
  const others = [cache.find('/'), cache.find('/')]
  done(page('home'))
  expect((await Promise.all(others)).map(text)).toEqual(['home', 'home'])
  expect(text(cache.get('/'))).toBe('home')
})

it('what was begun before a purge is never kept, and new requests do not wait for it', async () => {
  const cache = new AnswerCache()
  const old = cache.begin('/')
  const waiting = cache.find('/')
  cache.purge()
  expect(await cache.find('/')).toBeUndefined()
  const fresh = cache.begin('/')
  old(page('old'))
  expect(text(await waiting)).toBe('old')
  expect(cache.get('/')).toBeUndefined()
  const later = cache.find('/')
  fresh(page('fresh'))
  expect(text(await later)).toBe('fresh')
  expect(text(cache.get('/'))).toBe('fresh')
})

it('ending twice does not end another making', async () => {
  const cache = new AnswerCache()
  const first = cache.begin('/')
  first()
  const second = cache.begin('/')
  const waiting = cache.find('/')
  first()
  second(page('home'))
  expect(text(await waiting)).toBe('home')
})

it('a failure makes one of those who wait begin again', async () => {
  const cache = new AnswerCache()
  const done = cache.begin('/')
  const waiting = cache.find('/')
  done()
  expect(await waiting).toBeUndefined()
})

it('keeps an answer for a minute', () => {
  let now = 1
  const cache = new AnswerCache({ now: () => now })
  cache.begin('/')(page('home'))
  now += 59_000
  expect(cache.get('/')).toBeDefined()
  now += 2000
  expect(cache.get('/')).toBeUndefined()
})

it('drops the oldest answers when its bytes are used up, however small each is', () => {
  const cache = new AnswerCache()
  for (let n = 1; n <= 6; n++) cache.begin(`/${n}`)(page('x'.repeat(4 << 20)))
  expect([1, 2, 3, 4, 5, 6].map(n => cache.get(`/${n}`) !== undefined)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
  ])
  for (let n = 0; n < 40_000; n++) cache.begin(`/small/${n}`)(page('x'))
  expect(cache.get('/6')).toBeUndefined()
  expect(cache.get('/small/0')).toBeUndefined()
  expect(cache.get('/small/39999')).toBeDefined()
})
