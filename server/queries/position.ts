/**
 * How far the read models have followed the log. Read it before the rows: a page may then show more
 * than its position says, never less.
 */
import type { Views } from './tables'

export async function viewsPosition(views: Views): Promise<number> {
  const { position } = await views
    .selectFrom('checkpoints')
    .select(eb => eb.fn.min('position').as('position'))
    .executeTakeFirstOrThrow()
  return Number(position ?? 0)
}
