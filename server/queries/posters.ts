/** Whether an uploaded picture is public: while a published review shows it, or as long as none ever did. */
import { sql } from 'kysely'
import type { Views } from './tables'

/** `shown`: a published review shows it. `gone`: one did, and none does now. `unused`: none ever did. */
export type PosterState = 'shown' | 'gone' | 'unused'

/** `id` is an upload's name without its ending. */
export async function posterState(views: Views, id: string): Promise<PosterState> {
  if ((await reviewsShowing(views, id)).length) return 'shown'
  const ever = await views
    .selectFrom('posters')
    .select('id')
    .where(sql<boolean>`EXISTS (SELECT 1 FROM json_each(ever) WHERE value = ${id})`)
    .executeTakeFirst()
  return ever ? 'gone' : 'unused'
}

/** The ids of the published reviews that show it. */
export async function reviewsShowing(views: Views, id: string): Promise<string[]> {
  const rows = await views
    .selectFrom('posters')
    .select('id')
    .where('poster', '=', id)
    .where('shown', '=', 1)
    .execute()
  return rows.map(row => row.id)
}

/** Every poster that a review ever showed. */
export async function postersOf(views: Views, reviewId: string): Promise<string[]> {
  const row = await views
    .selectFrom('posters')
    .select('ever')
    .where('id', '=', reviewId)
    .executeTakeFirst()
  return row ? (JSON.parse(row.ever) as string[]) : []
}

/** Posters that a review once showed, and that none has now, not even an archived one. */
export async function droppedPosters(views: Views): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT value AS id FROM posters, json_each(ever)
    WHERE value NOT IN (SELECT poster FROM posters WHERE poster IS NOT NULL)`.execute(views)
  return rows.map(row => row.id)
}
