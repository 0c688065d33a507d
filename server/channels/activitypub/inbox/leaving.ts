/** Somebody on another server is gone: whatever is kept about them goes too. */
import type { Kysely } from 'kysely'
import { appReadOnly } from '../../../db/open'
import type { AppTables } from '../../../db/schema'
import { removeFollower } from '../followers/store'

export async function isKnown(actor: string): Promise<boolean> {
  const row = await appReadOnly()
    .selectFrom('fediverse_followers')
    .select('actor')
    .where('actor', '=', actor)
    .executeTakeFirst()
  return row !== undefined
}

export async function forgetActor(app: Kysely<AppTables>, actor: string) {
  await removeFollower(app, { actor })
}
