/** Every public address that a search engine should know, with the day it last changed. */
import { criticPath, genrePath, moviePath } from '../../shared/page-paths'
import type { Card } from '../../shared/types/review'
import { listedPages } from '../http/public-pages'
import { criticSlugs } from './critic-slugs'
import type { Views } from './tables'

export interface Place {
  path: string
  changedAt?: string
}

/** One sitemap holds 50,000 addresses (sitemaps.org); the oldest reviews are left out first. */
const MOST_REVIEWS = 40_000

export async function allForSitemap(views: Views): Promise<Place[]> {
  const rows = await views
    .selectFrom('latest_reviews')
    .select('card')
    .where('shown', '=', 1)
    .orderBy('published_at', 'desc')
    .limit(MOST_REVIEWS)
    .execute()
  const cards = rows.map(row => JSON.parse(row.card) as Card)
  const { byId } = await criticSlugs(views)
  const about = (paths: string[]) => [...new Set(paths)].map(path => ({ path }))
  return [
    ...about(listedPages()),
    ...cards.map(card => ({ path: card.url, changedAt: card.correctedAt ?? card.publishedAt })),
    ...about(cards.map(card => moviePath(card.movie.id))),
    ...about(cards.map(card => criticPath(byId.get(card.critic.id)!))),
    ...about(cards.flatMap(card => card.genres.map(genrePath))),
  ]
}
