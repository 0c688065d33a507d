/** Somebody on another server is gone: whatever is kept about them goes too. */
import { type Kysely, sql } from 'kysely'
import { appReadOnly } from '../../../db/open'
import type { AppTables } from '../../../db/schema'
import { removeFollower } from '../followers/store'
import { removeReactionsOf } from '../replies/store'

export async function isKnown(actor: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM fediverse_followers WHERE actor = ${actor}
    UNION ALL SELECT 1 FROM fediverse_replies WHERE actor = ${actor}
    UNION ALL SELECT 1 FROM fediverse_reactions WHERE actor = ${actor} LIMIT 1`.execute(
    appReadOnly(),
  )
  return rows.length > 0
}

export async function forgetActor(app: Kysely<AppTables>, actor: string) {
  await removeFollower(app, { actor })
  await removeReactionsOf(app, 'actor', actor)
}
