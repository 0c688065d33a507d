/** The critics who have a shown review. */
import { sql } from 'kysely'
import type { CriticEntry } from '../../shared/types/reading'
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
export const listCritics = (views: Views): Promise<CriticEntry[]> =>
  entries(views).orderBy('newest', 'desc').execute()

export const criticById = (views: Views, id: string): Promise<CriticEntry | undefined> =>
  entries(views).where('critic_id', '=', id).executeTakeFirst()
