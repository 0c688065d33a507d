/** The shown reviews that match a genre, a critic, a film, a minimum rating and words. */
import { type Expression, expressionBuilder, sql, type SqlBool } from 'kysely'
import { genreKey } from '../../shared/genre-key'
import { problem } from '../http/problem'
import { matching } from '../read-models/full-text'
import { criticIdOf } from './critic-slugs'
import type { Views, ViewTables } from './tables'
import { textQuery, typedTerms } from './text-query'

/** What narrows lists and feeds alike. */
export interface Narrowing {
  genre?: string
  /** An id or a slug. */
  critic?: string
  /** 0 to 5 in halves. */
  minRating?: number
}

export interface ReviewFilter extends Narrowing {
  movie?: string
  /** Words that must all occur. */
  q?: string
}

const MOST_MATCHES = 1000

/** A query that is still to be ordered and limited. Throws a 404 for a critic who never had a review. */
export async function narrowReviews(views: Views, { movie, q, ...narrowing }: ReviewFilter) {
  let query = views
    .selectFrom('latest_reviews')
    .where('shown', '=', 1)
    .where(await narrowedBy(views, narrowing))
  if (movie) query = query.where('movie_id', '=', movie)
  if (q)
    query = query.where(
      'id',
      'in',
      await matching(views, 'search', textQuery(typedTerms(q), true), MOST_MATCHES),
    )
  return query
}

/** The condition alone, for reviews that are shown or not. Throws a 404 for a critic who never had a review. */
export async function narrowedBy(
  views: Views,
  { genre, critic, minRating }: Narrowing,
): Promise<Expression<SqlBool>> {
  const row = expressionBuilder<ViewTables, 'latest_reviews'>()
  return row.and([
    ...(critic ? [row('latest_reviews.critic_id', '=', await criticIdOf(views, critic))] : []),
    ...(minRating ? [row('latest_reviews.rating', '>=', minRating)] : []),
    ...(genre ? [hasGenre(genre)] : []),
  ])
}

/** Throws a 404 for a genre that no review ever had. */
export async function requireGenre(views: Views, genre: string): Promise<void> {
  if (!(await genreExists(views, genre)))
    problem(404, 'No such genre', 'No review has had this genre.')
}

/** Whether any review ever had this genre, in whatever spelling. */
export async function genreExists(views: Views, genre: string): Promise<boolean> {
  const row = await views
    .selectFrom('latest_reviews')
    .select('id')
    .where(hasGenre(genre))
    .executeTakeFirst()
  return row !== undefined
}

const hasGenre = (genre: string) =>
  sql<boolean>`EXISTS (SELECT 1 FROM json_each(genre_keys) WHERE value = ${genreKey(genre)})`
