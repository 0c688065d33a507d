/** The titles of reviews, published or not, for the editors' pages. */
import { sql } from 'kysely'
import type { Views } from './tables'

/** Keyed by id; a review without a title is left out. */
export async function titlesOf(views: Views, ids: string[]): Promise<Map<string, string>> {
  const rows = await views
    .selectFrom('reviews')
    .select(['id', sql<string | null>`json_extract(state, '$.content.title')`.as('title')])
    .where('id', 'in', sql<string>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    .execute()
  return new Map(rows.flatMap(({ id, title }) => (title ? [[id, title]] : [])))
}
