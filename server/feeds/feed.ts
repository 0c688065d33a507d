/**
 * What a feed contains, whatever its format: the newest reviews in full, as they may be shown now.
 */
import { shareScene } from '../../shared/card/card-scene'
import { sharePath } from '../../shared/card/paths'
import { correctionWords } from '../../shared/correction'
import { toHtml } from '../../shared/markdown/to-html'
import { advice, figure } from '../../shared/rating'
import { SPOILERS } from '../../shared/spoilers'
import type { PublicReview } from '../../shared/types/review'
import { filmOf } from '../../shared/wording'
import { latest, type ListQuery } from '../queries/latest'
import { reviewsById } from '../queries/review'
import type { Views } from '../queries/tables'

export interface FeedEntry {
  review: PublicReview
  /** "Everyone in Vienna is selling something: The Third Man (1949), 5". */
  title: string
  html: string
  /** The film's genres, and whether there are spoilers. */
  categories: string[]
  picture: { url: string; width: number; height: number; alt: string }
  /** A fixed typo changes neither; a correction changes `updated` and never `published`. */
  published: Date
  updated: Date
}

export interface Feed {
  title: string
  siteUrl: string
  /** The feed's own address; `self` is that of this page of it. */
  address: string
  self: string
  /** The address of older entries. */
  next?: string
  updated: Date
  entries: FeedEntry[]
}

const AT_ONCE = 30
/** The date of a feed before the site has anything to date it by. */
const STARTED = new Date()

type Filter = Pick<ListQuery, 'genre' | 'critic' | 'minRating'>

/** `changedAt` dates a feed without entries. */
export async function readFeed(
  views: Views,
  siteUrl: string,
  path: string,
  { after, ...filter }: Filter & Pick<ListQuery, 'after'>,
  changedAt = STARTED,
): Promise<Feed> {
  const { items, next } = await latest(views, siteUrl, { ...filter, after, limit: AT_ONCE })
  const entries = (
    await reviewsById(
      views,
      siteUrl,
      items.map(card => card.id),
    )
  ).map(review => entryOf(review, siteUrl))
  const address = siteUrl + path
  const updated = entries.map(entry => entry.updated.getTime())
  return {
    title: titleOf(filter, items[0]?.critic.name),
    siteUrl,
    entries,
    address: address + queryOf(filter),
    self: address + queryOf({ ...filter, after }),
    ...(next && { next: address + queryOf({ ...filter, after: next }) }),
    updated: entries.length ? new Date(Math.max(...updated)) : changedAt,
  }
}

function queryOf(given: object): string {
  const query = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  )
  return query.size ? `?${query}` : ''
}

export function entryOf(review: PublicReview, siteUrl: string): FeedEntry {
  const { id, title, movie, rating, spoiler, corrections, tree, publishedAt, correctedAt } = review
  const { width, height, label } = shareScene(movie)
  const notes = toHtml(
    corrections.map(correction => ({
      t: 'p',
      c: [
        { t: 'strong', c: [{ t: 'text', v: `Correction, ${correction.at.slice(0, 10)}.` }] },
        { t: 'text', v: ` ${correctionWords(correction)}` },
      ],
    })),
  )
  const verdict = toHtml([
    {
      t: 'p',
      c: [{ t: 'strong', c: [{ t: 'text', v: `${figure(rating)} of 5. ${advice(rating)}.` }] }],
    },
  ])
  const text = notes + toHtml(tree, siteUrl)
  return {
    review,
    title: `${title}: ${filmOf(movie)}, ${figure(rating)}${spoiler ? ` (${SPOILERS.toLowerCase()})` : ''}`,
    html: verdict + (spoiler ? behindNotice(text) : text),
    categories: [...movie.genres, ...(spoiler ? [SPOILERS] : [])],
    picture: { url: siteUrl + sharePath(id), width, height, alt: label },
    published: new Date(publishedAt),
    updated: new Date(correctedAt ?? publishedAt),
  }
}

/** A reader that knows no `details` shows the notice above the text. */
const behindNotice = (html: string) =>
  `<details><summary>${SPOILERS}. Show the review.</summary>${html}</details>`

function titleOf({ genre, critic, minRating }: Filter, name: string | undefined): string {
  const kinds = [
    genre,
    critic && (name ?? critic),
    minRating && `rated ${figure(minRating)} or more`,
  ].filter(Boolean)
  return kinds.length ? `MyMovies: ${kinds.join(', ')}` : 'MyMovies'
}
