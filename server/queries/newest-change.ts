/** The newest public change that the read models show. Whatever editors do in private leaves it as it is. */
import { isShown } from '../read-models/views'
import type { Views } from './tables'

export interface NewestChange {
  /** 0 before the first. */
  position: number
  /** Absent before the first. */
  at?: Date
  /** Another change bears the same second. */
  ambiguous: boolean
}

/** Read it before the rows: an answer may then show more than its position says, never less. */
export async function newestChange(views: Views): Promise<NewestChange> {
  const [newest, { behind }] = await Promise.all([
    views.selectFrom('public_changes').select(['position', 'at', 'ambiguous']).executeTakeFirst(),
    views
      .selectFrom('checkpoints')
      .select(eb => eb.fn.min('position').as('behind'))
      .where(isShown('name'))
      .executeTakeFirstOrThrow(),
  ])
  if (!newest) return { position: 0, ambiguous: false }
  return {
    position: Math.min(newest.position, Number(behind)),
    at: new Date(newest.at),
    ambiguous: newest.ambiguous === 1,
  }
}
