/** Who follows our actors from other servers. They are readers, so nothing of this is on the log. */
import type { Kysely } from 'kysely'
import { appReadOnly, useApp } from '../../../db/open'
import type { AppTables } from '../../../db/schema'

export type Follower = Omit<AppTables['fediverse_followers'], 'created_at'>

/** Following again changes where they are told, not since when. */
export async function addFollower(app: Kysely<AppTables>, follower: Follower, now: number) {
  const { follow_id, inbox, host } = follower
  await app
    .insertInto('fediverse_followers')
    .values({ ...follower, created_at: now })
    .onConflict(there =>
      there.columns(['actor', 'follows']).doUpdateSet({ follow_id, inbox, host }),
    )
    .execute()
}

/** Only what that actor asked for themselves; `followId` names one of their follows. */
export async function removeFollower(
  app: Kysely<AppTables>,
  { actor, follows, followId }: { actor: string; follows?: string; followId?: string },
) {
  await app
    .deleteFrom('fediverse_followers')
    .where('actor', '=', actor)
    .$if(follows !== undefined, rows => rows.where('follows', '=', follows!))
    .$if(followId !== undefined, rows => rows.where('follow_id', '=', followId!))
    .execute()
}

/** Everyone who was told through an inbox that is gone. */
export async function removeInbox(inbox: string) {
  const app = await useApp()
  await app.deleteFrom('fediverse_followers').where('inbox', '=', inbox).execute()
}

export async function countFollowers(...follows: string[]): Promise<number> {
  const { n } = await appReadOnly()
    .selectFrom('fediverse_followers')
    .select(eb => eb.fn.count<number>('actor').distinct().as('n'))
    .where('follows', 'in', follows)
    .executeTakeFirstOrThrow()
  return Number(n)
}
