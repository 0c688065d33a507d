/** What an activity changes here. Types that are not listed change nothing, and are no error (ActivityPub, 5.2). */
import type { Transaction } from 'kysely'
import type { AppTables } from '../../../db/schema'
import { problem } from '../../../http/problem'
import { follow } from './follow'
import { forgetActor } from './leaving'
import type { Posted } from './read-activity'
import type { RemoteActor } from './remote-actor'
import { undo } from './undo'

/** `apply` runs in the transaction that remembers the activity, `done` after it. */
export interface Effect {
  apply: (tx: Transaction<AppTables>, now: number) => Promise<void>
  done?: () => void
}
type Act = (posted: Posted, actor: RemoteActor) => Promise<Effect | undefined>

const ACTS: Record<string, Act> = {
  Follow: follow,
  Undo: undo,
  Delete: remove,
}

/** An account, or something of theirs; 403 for what is on another server. */
async function remove({ object }: Posted, actor: RemoteActor): Promise<Effect | undefined> {
  if (object === undefined) return undefined
  if (new URL(object).host !== actor.host)
    return problem(403, 'The activity is about somebody else’s', `${object} is not theirs.`)
  return object === actor.id ? { apply: tx => forgetActor(tx, actor.id) } : undefined
}

/** Throws the problem that the sender gets, where it asks for what it may not. */
export const effectOf: Act = async (posted, actor) => ACTS[posted.type]?.(posted, actor)
