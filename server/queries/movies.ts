/** The films that have a shown review. */
import { sql } from 'kysely'
import type { MovieEntry } from '../../shared/types/entries'
import type { Card, Movie } from '../../shared/types/review'
import type { Views } from '../db/view-store'
import { latest } from './latest'

/** A source's figure in its own scale ("99%", "8.1"); `stale` when the source has not answered since. */
export interface Score { source: string, value: string, scale: string, observedAt: string, stale: boolean }

export interface MoviePage { movie: Movie, reviews: Card[], scores: Score[] }

/** Newest reviews first, at most 100; undefined when no shown review is about the film. */
export async function movieById(views: Views, siteUrl: string, id: string): Promise<MoviePage | undefined> {
  const row = await views.selectFrom('movies').select('movie').where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const { items } = await latest(views, siteUrl, { movie: id, limit: 100 })
  return items.length ? { movie: JSON.parse(row.movie), reviews: items, scores: [] } : undefined
}

/** By title, its article aside; `rating` is that of the newest review. */
export async function listMovies(views: Views): Promise<MovieEntry[]> {
  const rows = await views.selectFrom('movies').innerJoin('latest_reviews', 'latest_reviews.movie_id', 'movies.id')
    .select(['movies.id', 'movies.title', 'movies.year', 'movies.genres', 'latest_reviews.rating'])
    .select(eb => [eb.fn.countAll<number>().as('reviews'), eb.fn.max('latest_reviews.published_at').as('newest')]) // with one max(), SQLite's bare columns are those of that row
    .where('latest_reviews.shown', '=', 1).groupBy('movies.id').execute()
  return rows.map(({ genres, newest: _, ...row }) => ({ ...row, genres: JSON.parse(genres) as string[], reviews: Number(row.reviews) }))
    .sort((a, b) => sortTitle(a.title).localeCompare(sortTitle(b.title), 'en') || a.year - b.year)
}

const sortTitle = (title: string) => title.replace(/^(?:the|an?)\s+(?=\S)/i, '')

/** Every genre of a shown review and how many reviews have it, most first. */
export async function listGenres(views: Views): Promise<{ genre: string, reviews: number }[]> {
  const { rows } = await sql<{ genre: string, reviews: number }>`SELECT value AS genre, count(*) AS reviews FROM latest_reviews, json_each(latest_reviews.genres) WHERE shown = 1 GROUP BY value ORDER BY reviews DESC, value`.execute(views)
  return rows
}
