/**
 * The three formats say the same: ids that never change, dates, links, and text that cannot break
 * out of its element.
 */
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { Window } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import type { Feed } from '../../server/feeds/feed'
import { toAtom, toJsonFeed, toRss } from '../../server/feeds/formats'
import { sampleReview } from '../support/sample-review'

const OUT = new Date('2026-11-14T11:01:17.000Z')
const LATER = new Date('2026-11-20T09:00:00.000Z')
const HOSTILE = '</title><script>alert("&amp;")</script>]]>'
const HTML = '<p>Say ]]> &amp; go.</p>'
const review = sampleReview({ summary: `A “zither” & ${HOSTILE}` })

const feed: Feed = {
  title: `MyMovies: ${HOSTILE}`,
  siteUrl: 'https://example.org',
  address: 'https://example.org/feed?genre=Film+%26+noir&minRating=4',
  self: 'https://example.org/feed?genre=Film+%26+noir&minRating=4',
  updated: LATER,
  archived: [],
  entries: [
    {
      review,
      title: HOSTILE,
      html: HTML,
      published: OUT,
      updated: LATER,
      categories: ['Thriller', 'Contains spoilers'],
      picture: { url: 'https://example.org/p.jpg', width: 1200, height: 630, alt: `A ${HOSTILE}` },
    },
  ],
}
const paged: Feed = {
  ...feed,
  self: 'https://example.org/feed?minRating=4&after=b',
  address: 'https://example.org/feed?minRating=4',
  next: 'https://example.org/feed?minRating=4&after=c',
}
const empty: Feed = { ...feed, entries: [] }
/** What a reader sees who takes a text for HTML. */
const asHtml = (text: string) => {
  const page = new Window().document
  page.body.innerHTML = text
  return { text: page.body.textContent, elements: page.body.children.length }
}

describe('RSS', () => {
  const { title, items, atom } = parseRssFeed(toRss(feed))
  const item = items![0]!
  it('is dated by the publication, with the update beside it', () => {
    expect(new Date(item.pubDate!)).toEqual(OUT)
    expect(new Date(item.atom!.updated!)).toEqual(LATER)
  })
  it('identifies a review by its id, which is not an address', () => {
    expect(item.guid).toEqual({ value: review.id, isPermaLink: false })
    expect(item.link).toBe(review.url)
    expect(item.dc!.creators).toEqual([review.critic.name])
    expect(item.categories!.map(({ name }) => name)).toEqual(['Thriller', 'Contains spoilers'])
  })
  it('escapes', () => {
    expect([title, item.title, item.description].map(text => asHtml(text!))).toEqual(
      [feed.title, HOSTILE, review.summary].map(text => ({ text, elements: 0 })),
    )
    expect(item.content!.encoded).toBe(HTML)
  })
  it('keeps the word in angle brackets, and quotes as they are', () => {
    const written = `Better than <Friends> & "Ocean's"`
    const { entries } = feed
    const xml = toRss({ ...feed, entries: [{ ...entries[0]!, title: written }] })
    const shown = parseRssFeed(xml).items![0]!.title!
    expect(shown).toBe(`Better than &lt;Friends&gt; &amp; "Ocean's"`)
    expect(asHtml(shown).text).toBe(written)
  })
  it('names its own address', () => {
    expect(atom!.links).toEqual([{ href: feed.self, rel: 'self', type: 'application/rss+xml' }])
  })
})

describe('Atom', () => {
  const parsed = parseAtomFeed(toAtom(feed))
  const entry = parsed.entries![0]!
  it('has both dates', () => {
    expect([entry.published, entry.updated].map(date => new Date(date!))).toEqual([OUT, LATER])
    expect(new Date(parsed.updated!)).toEqual(LATER)
  })
  it('identifies a review by its id', () => {
    expect(entry.id).toBe(`urn:mymovies:review:${review.id}`)
    expect(entry.links!.map(({ href }) => href)).toEqual([review.url])
    expect(entry.authors!.map(({ name }) => name)).toEqual([review.critic.name])
    expect(entry.categories!.map(({ term }) => term)).toEqual(['Thriller', 'Contains spoilers'])
  })
  it('escapes', () => {
    expect(parsed.title!.value).toBe(feed.title)
    expect(entry.title!.value).toBe(HOSTILE)
    expect(entry.content).toMatchObject({ value: HTML, type: 'html' })
  })
  it('names its own address, which is its id', () => {
    expect(parsed.id).toBe(feed.self)
    expect(parsed.links!.map(({ href, rel }) => [rel, href])).toEqual([
      ['alternate', 'https://example.org/'],
      ['self', feed.self],
    ])
  })
})

describe('JSON Feed', () => {
  const parsed = parseJsonFeed(toJsonFeed(feed))
  const item = parsed.items![0]!
  it('has both dates', () => {
    expect([item.date_published, item.date_modified].map(date => new Date(date!))).toEqual([
      OUT,
      LATER,
    ])
  })
  it('has the same id, address and text', () => {
    expect(item).toMatchObject({
      id: review.id,
      url: review.url,
      title: HOSTILE,
      summary: review.summary,
      content_html: HTML,
      tags: ['Thriller', 'Contains spoilers'],
      authors: [{ name: review.critic.name }],
    })
    expect(parsed.feed_url).toBe(feed.self)
  })
})

describe('in every format', () => {
  it.each([toRss, toAtom])(
    'no white space stands around CDATA, and the language is said',
    format => {
      for (const xml of [feed, paged, empty].map(format)) {
        expect(xml).not.toMatch(/>\s+<!\[CDATA\[|\]\]>\s+<\//)
        expect(xml).toMatch(/<(?:rss|feed) xml:lang="en"/)
      }
      expect(format(feed)).toContain('A “zither”')
    },
  )

  it('an empty feed is valid and has its date', () => {
    expect(JSON.parse(toJsonFeed(empty))).toMatchObject({ items: [] })
    expect(parseAtomFeed(toAtom(empty)).updated).toBe(LATER.toISOString())
    expect(new Date(parseRssFeed(toRss(empty)).lastBuildDate!)).toEqual(LATER)
  })

  it('a page of a feed leads to the first and to the next', () => {
    const links = [
      { rel: 'self', href: paged.self },
      { rel: 'first', href: paged.address },
      { rel: 'next', href: paged.next },
    ]
    expect(parseRssFeed(toRss(paged)).atom!.links).toMatchObject(links)
    expect(parseAtomFeed(toAtom(paged)).links!.slice(1)).toMatchObject(links)
    expect(parseAtomFeed(toAtom(paged)).id).toBe(paged.address)
    expect(parseJsonFeed(toJsonFeed(paged))).toMatchObject({
      next_url: paged.next,
      feed_url: paged.self,
    })
    expect(JSON.parse(toJsonFeed(feed))).not.toHaveProperty('next_url')
  })

  it('has pictures', () => {
    const { url } = feed.entries[0]!.picture
    const media = { contents: [{ url, type: 'image/jpeg', width: 1200, height: 630 }] }
    expect(parseRssFeed(toRss(feed)).items![0]).toMatchObject({ media })
    expect(parseAtomFeed(toAtom(feed)).entries![0]).toMatchObject({ media })
    expect(parseJsonFeed(toJsonFeed(feed)).items![0]).toMatchObject({ image: url })
    expect(parseRssFeed(toRss(feed)).image!.url).toMatch(/\.png$/)
    expect(parseAtomFeed(toAtom(feed)).icon).toMatch(/\.png$/)
    expect(parseJsonFeed(toJsonFeed(feed))).toMatchObject({
      icon: expect.stringMatching(/\.png$/),
      favicon: expect.stringMatching(/\.png$/),
    })
  })

  it('names the hub where there is one', () => {
    const hub = 'https://example.org/websub'
    const told = { ...feed, hub }
    const link = { href: hub, rel: 'hub' }
    expect(parseRssFeed(toRss(told)).atom!.links).toContainEqual(link)
    expect(parseAtomFeed(toAtom(told)).links).toContainEqual(link)
    expect(parseJsonFeed(toJsonFeed(told))).toMatchObject({ hubs: [{ type: 'WebSub', url: hub }] })
    for (const format of [toRss, toAtom, toJsonFeed]) expect(format(feed)).not.toMatch(/\bhubs?\b/)
  })

  it('only Atom has tombstones, in front of the entries, and nothing breaks out of them', () => {
    const archived = [{ id: 'gone', at: LATER, reason: `Wrong ${HOSTILE}` }]
    const xml = toAtom({ ...feed, archived })
    const [before, tombstone = '', reason = ''] =
      /<at:deleted-entry ([^>]*)>\s*<at:comment>([^<]*)<\/at:comment>\s*<\/at:deleted-entry>/.exec(
        xml,
      )!
    expect(tombstone).toBe(`ref="urn:mymovies:review:gone" when="${LATER.toISOString()}"`)
    expect(asHtml(reason).text).toBe(`Wrong ${HOSTILE}`)
    expect(xml.indexOf(before)).toBeLessThan(xml.indexOf('<entry>'))
    expect(xml).toContain('xmlns:at="http://purl.org/atompub/tombstones/1.0"')
    expect(parseAtomFeed(xml)).toEqual(parseAtomFeed(toAtom(feed)))
    expect(parseAtomFeed(toAtom({ ...empty, archived })).entries ?? []).toEqual([])
    expect(toAtom(feed)).not.toContain('xmlns:at')
    expect(toRss({ ...feed, archived })).toBe(toRss(feed))
    expect(toJsonFeed({ ...feed, archived })).toBe(toJsonFeed(feed))
  })
})
