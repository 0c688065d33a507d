/** The coding of an answer follows Accept-Encoding and its weights. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { compress, preferredCoding } from '../../../server/http/answer/codings'
import { bytesIn, represent } from '../../../server/http/answer/representation'

it.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['br;q=0.5, gzip', 'gzip'],
  ['gzip;q=0', 'identity'],
  ['gzip;q=0, br', 'br'],
  ['gzip;q=0.000, br;q=0.0', 'identity'],
  ['br;q=0, gzip;q=0.001', 'gzip'],
  ['identity, gzip;q=0.5', 'identity'],
  ['identity;q=0.5, gzip', 'gzip'],
  ['identity, gzip', 'gzip'],
  ['identity;q=0', 'identity'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['br;q=0, *', 'gzip'],
  ['*;q=0, gzip', 'gzip'],
  ['GZIP ; Q=1.0', 'gzip'],
  ['gzip;q=abc', 'gzip'],
  ['zstd, deflate', 'identity'],
  ['brotli, gzipped', 'identity'],
])('%s asks for %s', (header, coding) => expect(preferredCoding(header)).toBe(coding))

it('compresses once, and many at the same time come out right', async () => {
  const home = represent({ type: 'text/html', body: 'home'.repeat(100) })
  expect(await bytesIn(home, 'br')).toBe(await bytesIn(home, 'br'))
  const texts = Array.from({ length: 40 }, (_, n) => Buffer.from(`text ${n} `.repeat(5000)))
  const br = await Promise.all(texts.map(text => compress(text, 'br')))
  const gzip = await Promise.all(texts.map(text => compress(text, 'gzip')))
  expect(
    br.map(bytes => brotliDecompressSync(bytes).equals(texts[br.indexOf(bytes)]!)),
  ).not.toContain(false)
  expect(gzip.map(bytes => gunzipSync(bytes).equals(texts[gzip.indexOf(bytes)]!))).not.toContain(
    false,
  )
})
