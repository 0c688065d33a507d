/** The films that have a shown review. */
import { sql } from 'kysely'
import { z } from 'zod'
import { genreKey } from '../../shared/genre-key'
import { slugWords } from '../../shared/slug'
import type { GenreEntry, MovieAnswer, MovieEntry } from '../../shared/types/reading'
import type { Card } from '../../shared/types/review'
import { cursorOf, readKey } from './cursor'
import { latest } from './latest'
import type { PageFilter } from './list-filter'
import { movedTo } from './movie-identity'
import { reviewsById } from './review'
import type { Views } from './tables'
import { type Window, windowOf } from './window'

const MOST = 100

/**
 * Newest reviews first, at most 100; undefined when the film has no shown review. The newest one
 * decides what is known of the film: what it lacks, such as a poster, is not shown.
 */
export async function movieById(
  views: Views,
  siteUrl: string,
  id: string,
): Promise<MovieAnswer | undefined> {
  const { items } = await latest(views, siteUrl, { movie: id, limit: 100 })
  const [newest] = await reviewsById(
    views,
    siteUrl,
    items.slice(0, 1).map(item => item.id),
  )
  return newest && { ...newest.movie, reviews: items, scores: [] }
}

/** The film that has this address, or had it once, or has it in lower case and without accents. */
export const movieAt = (
  views: Views,
  siteUrl: string,
  asked: string,
): Promise<MovieAnswer | undefined> => findMovie(views, asked, id => movieById(views, siteUrl, id))

/** What `find` has under the first of the ids that an address may mean. */
export async function findMovie<Found>(
  views: Views,
  asked: string,
  find: (id: string) => Promise<Found | undefined>,
): Promise<Found | undefined> {
  for (const id of new Set([asked, slugWords(asked)])) {
    const found = await find(id)
    if (found) return found
    const moved = await movedTo(views, id)
    if (moved) return find(moved)
  }
}

/** Sorted by title, ignoring a leading article. */
export async function listMovies(views: Views): Promise<MovieEntry[]> {
  const rows = await entries(views).execute()
  return rows.map(entryOf).sort((a, b) => compare(keyOf(a), keyOf(b)))
}

/** Those of these films that have a shown review, in any order. */
export async function moviesById(views: Views, ids: string[]): Promise<MovieEntry[]> {
  const rows = await entries(views).where('movie_id', 'in', ids).execute()
  return rows.map(entryOf)
}

const entries = (views: Views) =>
  views
    .selectFrom('latest_reviews')
    .select(['movie_id', 'genres', 'rating', 'card'])
    .select(eb => [eb.fn.countAll<number>().as('reviews'), eb.fn.max('published_at').as('newest')]) // with one max(), SQLite takes bare columns from the row that has it
    .where('shown', '=', 1)
    .groupBy('movie_id')

type EntryRow = Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number]

function entryOf({ movie_id: id, genres, rating, card, reviews }: EntryRow): MovieEntry {
  const { title, year } = (JSON.parse(card) as Card).movie
  return {
    id,
    title,
    year: year ?? null,
    genres: JSON.parse(genres) as string[],
    rating,
    reviews: Number(reviews),
  }
}

/** What films are sorted by: the title without a leading article, the year, the id. */
const KEY = z.tuple([z.string(), z.number(), z.string()])
type Key = z.output<typeof KEY>

const keyOf = ({ title, year, id }: MovieEntry): Key => [sortTitle(title), year ?? 0, id]

const compare = ([title, year, id]: Key, [otherTitle, otherYear, otherId]: Key) =>
  title.localeCompare(otherTitle, 'en') || year - otherYear || id.localeCompare(otherId, 'en')

/** A film that comes in meanwhile is on a page that is still to come, or on none. */
export async function pageOfMovies(
  views: Views,
  { after, limit }: PageFilter,
): Promise<{ items: MovieEntry[]; next?: string }> {
  const all = await listMovies(views)
  const last = after && readKey(after, KEY)
  const left = last ? all.filter(movie => compare(keyOf(movie), last) > 0) : all
  const items = left.slice(0, limit ?? (after ? MOST : left.length))
  return { items, ...(items.length < left.length && { next: cursorOf(keyOf(items.at(-1)!)) }) }
}

/** Ids with their cursors. */
export async function movieWindow(
  views: Views,
  window: Window,
): Promise<{ id: string; cursor: string }[]> {
  const shown = windowOf(await listMovies(views), window, (cursor, field) => {
    const key = readKey(cursor, KEY, field)
    return movie => compare(keyOf(movie), key)
  })
  return shown.map(movie => ({ id: movie.id, cursor: cursorOf(keyOf(movie)) }))
}

const sortTitle = (title: string) => title.replace(/^(?:the|an?)\s+(?=\S)/i, '')

/** Every genre of a shown review, in its most common spelling, and how many reviews have it, most first. */
export async function listGenres(views: Views): Promise<GenreEntry[]> {
  const { rows } =
    await sql<GenreEntry>`SELECT value AS genre, count(*) AS reviews FROM latest_reviews, json_each(latest_reviews.genres) WHERE shown = 1 GROUP BY value ORDER BY reviews DESC, value`.execute(
      views,
    )
  const genres = new Map<string, GenreEntry>()
  for (const { genre, reviews } of rows) {
    const key = genreKey(genre)
    const known = genres.get(key)
    if (known) known.reviews += reviews
    else genres.set(key, { genre, reviews })
  }
  return [...genres.values()].sort((a, b) => b.reviews - a.reviews)
}
