/**
 * What a feed contains, whatever its format: the newest reviews in full, as they may be shown now,
 * and those that were archived lately.
 */
import { figure } from '../../shared/rating'
import { latest } from '../queries/latest'
import type { Narrowing } from '../queries/narrow-reviews'
import { type ArchivedEntry, newlyArchived } from '../queries/newly-archived'
import { reviewsById } from '../queries/review'
import type { Views } from '../queries/tables'
import { entryOf, type FeedEntry } from './entry'
import { type FeedQuery, queryOf } from './feed-address'

export interface Feed {
  title: string
  siteUrl: string
  /** The feed's own address; `self` is that of this page of it. */
  address: string
  self: string
  /** The address of older entries. */
  next?: string
  /** The WebSub hub that distributes this page. */
  hub?: string
  updated: Date
  entries: FeedEntry[]
  /** Empty on the pages with older entries. */
  archived: ArchivedEntry[]
}

const AT_ONCE = 30
/** The date of a feed before the site has anything to date it by. */
const STARTED = new Date()

/**
 * `changedAt` dates a feed without entries. Throws a 404 for a genre or a critic that no review ever
 * had.
 */
export async function readFeed(
  views: Views,
  siteUrl: string,
  path: string,
  { after, ...filter }: FeedQuery,
  changedAt = STARTED,
  now = Date.now(),
): Promise<Feed> {
  const { items, next } = await latest(views, siteUrl, { ...filter, after, limit: AT_ONCE })
  const archived = after ? [] : await newlyArchived(views, filter, now)
  const entries = (
    await reviewsById(
      views,
      siteUrl,
      items.map(card => card.id),
    )
  ).map(review => entryOf(review, siteUrl))
  const address = siteUrl + path
  const changes = [...entries.map(entry => entry.updated), ...archived.map(({ at }) => at)]
  return {
    title: titleOf(filter, items[0]?.critic.name),
    siteUrl,
    entries,
    archived,
    address: address + queryOf(filter),
    self: address + queryOf({ ...filter, after }),
    ...(next && { next: address + queryOf({ ...filter, after: next }) }),
    updated: changes.length ? new Date(Math.max(...changes.map(Number))) : changedAt,
  }
}

function titleOf({ genre, critic, minRating }: Narrowing, name: string | undefined): string {
  const kinds = [
    genre,
    critic && (name ?? critic),
    minRating && `rated ${figure(minRating)} or more`,
  ].filter(Boolean)
  return kinds.length ? `MyMovies: ${kinds.join(', ')}` : 'MyMovies'
}
