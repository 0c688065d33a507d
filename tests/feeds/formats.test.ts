/**
 * The three formats say the same: ids that never change, dates, links, and text that cannot break
 * out of its element.
 */
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
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
  self: 'https://example.org/feed?genre=Film+%26+noir&minRating=4',
  updated: LATER,
  entries: [{ review, title: HOSTILE, html: HTML, published: OUT, updated: LATER }],
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
    expect(item.categories!.map(({ name }) => name)).toEqual(review.movie.genres)
  })
  it('escapes', () => {
    expect([title, item.title, item.description]).toEqual([feed.title, HOSTILE, review.summary])
    expect(item.content!.encoded).toBe(HTML)
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
    expect(entry.categories!.map(({ term }) => term)).toEqual(review.movie.genres)
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
      tags: review.movie.genres,
      authors: [{ name: review.critic.name }],
    })
    expect(parsed.feed_url).toBe(feed.self)
  })
})
