/** The critics who have a shown review. */
import { sql } from 'kysely'
import type { CriticEntry } from '../../shared/types/reading'
import { criticIdOf, criticSlugs, noSuchCritic } from './critic-slugs'
import type { Views } from './tables'

const entries = (views: Views) =>
  views
    .selectFrom('latest_reviews')
    .select('critic_id as id')
    .select(eb => [
      sql<string>`json_extract(card, '$.critic.name')`.as('name'), // with one max(), SQLite takes bare columns from the row that has it
      eb.fn.countAll<number>().as('reviews'),
      eb.fn.max('published_at').as('newest'),
    ])
    .where('shown', '=', 1)
    .groupBy('critic_id')

/** The critic of the newest review comes first. */
export async function listCritics(views: Views): Promise<CriticEntry[]> {
  const { byId } = await criticSlugs(views)
  const critics = await entries(views).orderBy('newest', 'desc').execute()
  return critics.map(critic => ({ ...critic, slug: byId.get(critic.id)! }))
}

/** Those of these critics who have a shown review. */
export async function criticsById(views: Views, ids: string[]): Promise<CriticEntry[]> {
  const { byId } = await criticSlugs(views)
  const critics = await entries(views).where('critic_id', 'in', ids).execute()
  return critics.map(critic => ({ ...critic, slug: byId.get(critic.id)! }))
}

/** By id or slug. Throws a 404 unless a review of theirs is shown. */
export async function criticAt(views: Views, asked: string): Promise<CriticEntry> {
  const id = await criticIdOf(views, asked)
  const [critic] = await criticsById(views, [id])
  return critic ?? noSuchCritic()
}
