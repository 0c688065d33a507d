/**
 * What a feed contains, whatever its format: the newest reviews in full, as they may be shown now.
 */
import { correctionWords } from '../../shared/correction'
import { toHtml } from '../../shared/markdown/to-html'
import { advice, figure } from '../../shared/rating'
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
  /** A fixed typo changes neither; a correction changes `updated` and never `published`. */
  published: Date
  updated: Date
}

export interface Feed {
  title: string
  siteUrl: string
  self: string
  updated: Date
  entries: FeedEntry[]
}

const NEWEST = 30

export async function readFeed(
  views: Views,
  siteUrl: string,
  path: string,
  filter: Pick<ListQuery, 'genre' | 'critic' | 'minRating'>,
): Promise<Feed> {
  const { items } = await latest(views, siteUrl, { ...filter, limit: NEWEST })
  const entries = (
    await reviewsById(
      views,
      siteUrl,
      items.map(card => card.id),
    )
  ).map(review => entryOf(review, siteUrl))
  const query = new URLSearchParams(
    Object.entries(filter).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  )
  return {
    title: titleOf(filter, items[0]?.critic.name),
    siteUrl,
    entries,
    self: `${siteUrl}${path}${query.size ? `?${query}` : ''}`,
    updated: new Date(Math.max(0, ...entries.map(entry => entry.updated.getTime()))),
  }
}

function entryOf(review: PublicReview, siteUrl: string): FeedEntry {
  const { title, movie, rating, corrections, tree, publishedAt, correctedAt } = review
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
  return {
    review,
    title: `${title}: ${filmOf(movie)}, ${figure(rating)}`,
    html: verdict + notes + toHtml(tree, siteUrl),
    published: new Date(publishedAt),
    updated: new Date(correctedAt ?? publishedAt),
  }
}

function titleOf(
  { genre, critic, minRating }: Pick<ListQuery, 'genre' | 'critic' | 'minRating'>,
  name: string | undefined,
): string {
  const kinds = [
    genre,
    critic && (name ?? critic),
    minRating && `rated ${figure(minRating)} or more`,
  ].filter(Boolean)
  return kinds.length ? `MyMovies: ${kinds.join(', ')}` : 'MyMovies'
}
