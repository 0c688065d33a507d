/**
 * One feed in three formats: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1, each with its own address.
 */
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import { escapeText } from '../../shared/escape-html'
import { withTombstones } from './atom-tombstones'
import type { FeedEntry } from './entry'
import type { Feed } from './feed'
import { tidyXml } from './tidy-xml'

const DESCRIPTION = 'Film reviews by critics who answer one question: should I go?'

const LANGUAGE = 'en'

/** This page of the feed, its hub, the first page, and the one with older entries (RFC 5005). */
const links = ({ self, hub, address, next }: Feed, type: string) => [
  { href: self, rel: 'self', type },
  ...(hub ? [{ href: hub, rel: 'hub' }] : []),
  ...(next || self !== address ? [{ href: address, rel: 'first', type }] : []),
  ...(next ? [{ href: next, rel: 'next', type }] : []),
]

const media = ({ picture: { alt, ...picture } }: Pick<FeedEntry, 'picture'>) => ({
  contents: [
    { ...picture, type: 'image/jpeg', medium: 'image', description: { value: alt, type: 'plain' } },
  ],
})

/** Readers take titles and descriptions for HTML, so their text is escaped once more. */
export function toRss(feed: Feed): string {
  const title = escapeText(feed.title)
  const link = `${feed.siteUrl}/`
  const xml = generateRssFeed({
    title,
    link,
    description: escapeText(DESCRIPTION),
    language: LANGUAGE,
    lastBuildDate: feed.updated,
    image: { url: `${feed.siteUrl}/icon-144.png`, title, link, width: 144, height: 144 },
    atom: { links: links(feed, 'application/rss+xml') },
    items: feed.entries.map(entry => ({
      title: escapeText(entry.title),
      link: entry.review.url,
      guid: { value: entry.review.id, isPermaLink: false },
      pubDate: entry.published,
      description: escapeText(entry.review.summary),
      content: { encoded: entry.html },
      categories: entry.categories.map(name => ({ name })),
      dc: { creators: [entry.review.critic.name] },
      atom: { updated: entry.updated },
      media: media(entry),
    })),
  })
  return tidyXml(xml, 'rss', LANGUAGE)
}

export function toAtom(feed: Feed): string {
  const xml = generateAtomFeed({
    id: feed.address,
    title: { value: feed.title },
    subtitle: { value: DESCRIPTION },
    updated: feed.updated,
    icon: `${feed.siteUrl}/icon-192.png`,
    links: [
      { href: `${feed.siteUrl}/`, rel: 'alternate', type: 'text/html' },
      ...links(feed, 'application/atom+xml'),
    ],
    entries: feed.entries.map(
      ({ review, title, html, published, updated, categories, picture }) => ({
        id: entryId(review.id),
        title: { value: title },
        links: [{ href: review.url, rel: 'alternate', type: 'text/html' }],
        published,
        updated,
        summary: { value: review.summary },
        content: { value: html, type: 'html' },
        authors: [{ name: review.critic.name }],
        categories: categories.map(term => ({ term })),
        media: media({ picture }),
      }),
    ),
  })
  return withTombstones(tidyXml(xml, 'feed', LANGUAGE), feed.archived, entryId)
}

const entryId = (reviewId: string) => `urn:mymovies:review:${reviewId}`

export function toJsonFeed(feed: Feed): string {
  const written = generateJsonFeed({
    title: feed.title,
    home_page_url: `${feed.siteUrl}/`,
    feed_url: feed.self,
    next_url: feed.next,
    ...(feed.hub && { hubs: [{ type: 'WebSub', url: feed.hub }] }),
    description: DESCRIPTION,
    language: LANGUAGE,
    icon: `${feed.siteUrl}/icon-512.png`,
    favicon: `${feed.siteUrl}/icon-192.png`,
    items: feed.entries.map(({ review, title, html, published, updated, categories, picture }) => ({
      id: review.id,
      url: review.url,
      title,
      summary: review.summary,
      content_html: html,
      date_published: published,
      date_modified: updated,
      authors: [{ name: review.critic.name }],
      tags: categories,
      image: picture.url,
    })),
  })
  // feedsmith leaves an empty list out, which JSON Feed requires.
  return JSON.stringify({ items: [], ...(written as object) })
}
