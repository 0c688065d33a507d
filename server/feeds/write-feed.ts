/** A feed as it is answered at one of its three addresses: its text, and its links (RFC 8288). */
import type { Views } from '../queries/tables'
import { type Feed, readFeed } from './feed'
import type { FeedPath, FeedQuery } from './feed-address'
import { toAtom, toJsonFeed, toRss } from './formats'

const FORMATS = {
  '/feed.xml': { type: 'application/rss+xml', write: toRss },
  '/atom.xml': { type: 'application/atom+xml', write: toAtom },
  '/feed.json': { type: 'application/feed+json', write: toJsonFeed },
} satisfies Record<FeedPath, { type: string; write: (feed: Feed) => string }>

export interface FeedSource {
  views: Views
  siteUrl: string
  /** When the newest change that the feed may show was made. */
  newest: { at?: Date }
  /** The hub that distributes feeds, while it runs; it knows only their first pages. */
  hub?: string
}

/** Throws a 404 for a genre or a critic that no review ever had. */
export async function writeFeed(
  { views, siteUrl, newest, hub }: FeedSource,
  path: FeedPath,
  query: FeedQuery,
): Promise<{ type: string; body: string; link: string }> {
  const read = await readFeed(views, siteUrl, path, query, newest.at)
  const feed = query.after ? read : { ...read, hub }
  const { type, write } = FORMATS[path]
  const link = [
    `<${feed.self}>; rel="self"`,
    ...(feed.hub ? [`<${feed.hub}>; rel="hub"`] : []),
    ...(feed.next ? [`<${feed.next}>; rel="next"`] : []),
  ]
  return { type, body: write(feed), link: link.join(', ') }
}
