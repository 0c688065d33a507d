/** What an activity changes here. Types that are not listed change nothing, and are no error (ActivityPub, 5.2). */
import type { Transaction } from 'kysely'
import type { AppTables } from '../../../db/schema'
import { problem } from '../../../http/problem'
import { actorAt } from '../addresses'
import { removeFollower } from '../followers/store'
import { forgetPages } from '../replies/store'
import { follow } from './follow'
import { forgetActor } from './leaving'
import { react } from './react'
import type { Posted } from './read-activity'
import type { RemoteActor } from './remote-actor'
import { changeReply, removeReply, reply } from './reply'
import { undo } from './undo'

/** `apply` runs in the transaction that remembers the activity, `done` after it. */
export interface Effect {
  apply: (tx: Transaction<AppTables>, now: number) => Promise<void>
  done?: () => void
}
type Act = (posted: Posted, actor: RemoteActor) => Promise<Effect | undefined>

const ACTS = new Map<string, Act>([
  ['Announce', react('share')],
  ['Block', leave],
  ['Create', reply],
  ['Delete', remove],
  ['Follow', follow],
  ['Like', react('like')],
  ['Undo', undo],
  ['Update', changeReply],
])

/** Who blocks one of our actors follows them no more. */
async function leave({ object }: Posted, actor: RemoteActor): Promise<Effect | undefined> {
  const follows = object === undefined ? undefined : actorAt(object)
  return follows === undefined
    ? undefined
    : { apply: tx => removeFollower(tx, { actor: actor.id, follows }) }
}

/** Throws the problem that the sender gets, where it asks for what it may not. */
export const effectOf: Act = async (posted, actor) => {
  if (['Create', 'Update', 'Delete', 'Undo'].includes(posted.type)) requireOwn(posted, actor)
  return ACTS.get(posted.type)?.(posted, actor)
}

/** 403 for what is on another server. */
function requireOwn({ object }: Posted, { host }: RemoteActor) {
  if (object !== undefined && new URL(object).host !== host)
    problem(403, 'The activity is about somebody else’s', `${object} is not on ${host}.`)
}

/** An account with all that is theirs, or a single reply. */
async function remove({ object }: Posted, actor: RemoteActor): Promise<Effect | undefined> {
  if (object !== actor.id) return object === undefined ? undefined : removeReply(object, actor)
  return { apply: tx => forgetActor(tx, actor.id), done: forgetPages }
}
