/** A page from the cache is never older than the last purge. */
import { brotliDecompressSync } from 'node:zlib'
import { afterEach, expect, it, vi } from 'vitest'
import { PageCache } from '../../server/http/page-cache'

const page = (body: string) => ({ status: 200, headers: {}, body })
afterEach(() => {
  vi.useRealTimers()
})

it('one rendering serves all requests that come meanwhile', async () => {
  const cache = new PageCache()
  const done = cache.begin('/')
  const others = [cache.rendering('/'), cache.rendering('/')]
  done(page('home'))
  expect((await Promise.all(others)).map(p => p!.bytes.identity!.toString())).toEqual([
    'home',
    'home',
  ])
  expect(cache.rendering('/')).toBeUndefined()
  expect(cache.get('/')!.status).toBe(200)
})

it('a rendering begun before a purge is never cached, and new requests do not wait for it', async () => {
  const cache = new PageCache()
  const old = cache.begin('/')
  const waiting = cache.rendering('/')
  cache.purge()
  expect(cache.rendering('/')).toBeUndefined()
  const fresh = cache.begin('/')
  old(page('old'))
  expect((await waiting)!.bytes.identity!.toString()).toBe('old')
  expect(cache.get('/')).toBeUndefined()
  expect(cache.rendering('/')).toBeDefined()
  fresh(page('fresh'))
  expect(cache.get('/')!.bytes.identity!.toString()).toBe('fresh')
})

it('ending a rendering twice does not end another one', () => {
  const cache = new PageCache()
  const first = cache.begin('/')
  first()
  cache.begin('/')
  first()
  expect(cache.rendering('/')).toBeDefined()
})

it('a request that waits for a rendering learns when it fails', async () => {
  const cache = new PageCache()
  const done = cache.begin('/')
  const waiting = cache.rendering('/')
  done()
  expect(await waiting).toBeUndefined()
})

it('caches a page for a minute', () => {
  vi.useFakeTimers()
  const cache = new PageCache()
  cache.begin('/')(page('home'))
  vi.advanceTimersByTime(59_000)
  expect(cache.get('/')).toBeDefined()
  vi.advanceTimersByTime(2000)
  expect(cache.get('/')).toBeUndefined()
})

it('drops the oldest pages when it is full', () => {
  const cache = new PageCache()
  const big = 'x'.repeat(8 << 20)
  for (let n = 1; n <= 6; n++) cache.begin(`/${n}`)(page(big))
  expect([1, 2, 3, 4, 5, 6].map(n => cache.get(`/${n}`) !== undefined)).toEqual([
    false,
    false,
    true,
    true,
    true,
    true,
  ])
})

it('compresses a page once', async () => {
  const cache = new PageCache()
  cache.begin('/')(page('home'.repeat(100)))
  const kept = cache.get('/')!
  const br = await cache.encoded(kept, 'br')
  expect(brotliDecompressSync(br).toString()).toBe('home'.repeat(100))
  expect(await cache.encoded(kept, 'br')).toBe(br)
})
