/** Every spelling of a feed's address is read as one, and everything else as none. */
import { expect, it } from 'vitest'
import { feedAddress, readFeedAddress } from '../../server/feeds/feed-address'

const SITE = 'https://example.org'
const canonical = async (written: string, site = SITE) => {
  const feed = await readFeedAddress(site, written)
  return feed && feedAddress(site, feed)
}

it.each([
  ['/feed.xml', '/feed.xml'],
  ['/feed.xml?', '/feed.xml'],
  [
    '/atom.xml?minRating=4&critic=ines&genre=Horror',
    '/atom.xml?genre=Horror&critic=ines&minRating=4',
  ],
  ['/feed.json?utm_source=x&genre=Film%20%26%20noir', '/feed.json?genre=Film+%26+noir'],
  ['/feed.xml?genre=&minRating=4.0&critic=', '/feed.xml?minRating=4'],
  ['/feed.xml?minRating=0', '/feed.xml'],
  ['/feed.xml?genre=%C3%89pouvante', '/feed.xml?genre=%C3%89pouvante'],
  ['/x/../feed.xml', '/feed.xml'],
])('%s is %s', async (written, one) => {
  expect(await canonical(SITE + written)).toBe(SITE + one)
  expect(await canonical(`HTTPS://EXAMPLE.ORG:443${written}`)).toBe(SITE + one)
  expect(await canonical(SITE + one)).toBe(SITE + one)
})

it.each([
  '/feed.xml',
  'http://example.org/feed.xml',
  'https://example.org.evil.example/feed.xml',
  'https://user@example.org/feed.xml',
  `${SITE}/feed.xml#top`,
  `${SITE}/feed.xml/`,
  `${SITE}/Feed.xml`,
  `${SITE}/`,
  `${SITE}/toString`,
  '',
])('%s is no feed', async written => {
  expect(await canonical(written)).toBeUndefined()
})

it('a site below a path has its feeds there', async () => {
  const site = 'https://example.org/films'
  expect(await canonical(`${site}/feed.xml`, site)).toBe(`${site}/feed.xml`)
  expect(await canonical(`${SITE}/feed.xml`, site)).toBeUndefined()
})

it.each(['minRating=6', 'minRating=4&minRating=5', `genre=${'x'.repeat(61)}`, 'critic=a&critic=a'])(
  '%s is refused, as by the feed itself',
  async query => {
    await expect(canonical(`${SITE}/feed.xml?${query}`)).rejects.toMatchObject({ statusCode: 422 })
  },
)
