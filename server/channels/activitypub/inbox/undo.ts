/** Undo: takes back what the same actor did before (ActivityPub, 7.13). */
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { AppTables } from '../../../db/schema'
import { problem } from '../../../http/problem'
import { actorAt } from '../addresses'
import { removeFollower } from '../followers/store'
import { forgetPages } from '../replies/store'
import type { Effect } from './effects'
import { idOf, type Posted } from './read-activity'
import type { RemoteActor } from './remote-actor'

/** What is undone comes as a whole, or by its id alone. */
const whole = z.looseObject({
  object: z.looseObject({ type: z.string(), actor: z.unknown(), object: z.unknown() }),
})

/** 403 where it is not the actor's own. */
export async function undo({ json, object }: Posted, actor: RemoteActor): Promise<Effect> {
  const undone = whole.safeParse(json).data?.object
  const by = idOf(undone?.actor)
  if (by !== undefined && by !== actor.id)
    return problem(403, 'The activity is about somebody else’s', `It is what ${by} did.`)
  const follows = undone?.type === 'Follow' ? actorAt(idOf(undone.object) ?? '') : undefined
  return {
    async apply(tx) {
      // Some servers name no follow, or another one than they sent: whom it is about is enough.
      if (follows !== undefined) await removeFollower(tx, { actor: actor.id, follows })
      else if (object !== undefined) await undoById(tx, actor.id, object)
    },
    done: forgetPages,
  }
}

async function undoById(app: Kysely<AppTables>, actor: string, id: string) {
  await removeFollower(app, { actor, followId: id })
  await app
    .deleteFrom('fediverse_reactions')
    .where('actor', '=', actor)
    .where('activity_id', '=', id)
    .execute()
}
