/**
 * One feed in three formats: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1, each with its own address.
 */
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith'
import type { Feed } from './feed'

const DESCRIPTION = 'Film reviews by critics who answer one question: should I go?'

const links = ({ self }: Feed, type: string) => [{ href: self, rel: 'self', type }]

export const toRss = (feed: Feed): string =>
  generateRssFeed({
    title: feed.title,
    link: `${feed.siteUrl}/`,
    description: DESCRIPTION,
    language: 'en',
    lastBuildDate: feed.updated,
    atom: { links: links(feed, 'application/rss+xml') },
    items: feed.entries.map(({ review, title, html, published, updated }) => ({
      title,
      link: review.url,
      guid: { value: review.id, isPermaLink: false },
      pubDate: published,
      description: review.summary,
      content: { encoded: html },
      categories: review.movie.genres.map(name => ({ name })),
      dc: { creators: [review.critic.name] },
      atom: { updated },
    })),
  })

export const toAtom = (feed: Feed): string =>
  generateAtomFeed({
    id: feed.self,
    title: { value: feed.title },
    subtitle: { value: DESCRIPTION },
    updated: feed.updated,
    links: [
      { href: `${feed.siteUrl}/`, rel: 'alternate', type: 'text/html' },
      ...links(feed, 'application/atom+xml'),
    ],
    entries: feed.entries.map(({ review, title, html, published, updated }) => ({
      id: `urn:mymovies:review:${review.id}`,
      title: { value: title },
      links: [{ href: review.url, rel: 'alternate', type: 'text/html' }],
      published,
      updated,
      summary: { value: review.summary },
      content: { value: html, type: 'html' },
      authors: [{ name: review.critic.name }],
      categories: review.movie.genres.map(term => ({ term })),
    })),
  })

export const toJsonFeed = (feed: Feed): string =>
  JSON.stringify(
    generateJsonFeed({
      title: feed.title,
      home_page_url: `${feed.siteUrl}/`,
      feed_url: feed.self,
      description: DESCRIPTION,
      language: 'en',
      items: feed.entries.map(({ review, title, html, published, updated }) => ({
        id: review.id,
        url: review.url,
        title,
        summary: review.summary,
        content_html: html,
        date_published: published,
        date_modified: updated,
        authors: [{ name: review.critic.name }],
        tags: review.movie.genres,
      })),
    }),
  )
