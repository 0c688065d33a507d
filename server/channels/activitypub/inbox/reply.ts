/** Create, Update and Delete of what somebody says about a review. */
import { settings } from '../../../config/settings'
import { take, tooMany } from '../../../http/limits'
import { problem } from '../../../http/problem'
import { reviewAbout } from '../replies/reviews'
import { addReply, forgetPages, replyById } from '../replies/store'
import type { Effect } from './effects'
import { noteIn } from './note'
import type { Posted } from './read-activity'
import type { RemoteActor } from './remote-actor'

/** What is not public, or about no review of ours, changes nothing. 429 where a server sends too many. */
export async function reply(posted: Posted, actor: RemoteActor): Promise<Effect | undefined> {
  if (!settings().fediverseReplies) return undefined
  const note = await noteIn(posted)
  if (!note?.repliesTo || !note.isPublic || !note.tree.length) return undefined
  if (note.author !== actor.id) return notTheirs(note.id)
  const reviewId = await reviewAbout(note.repliesTo)
  if (!reviewId) return undefined
  const wait = take('replies', actor.host)
  if (wait) throw tooMany(wait)
  const { id, url, tree, publishedAt } = note
  const { host, name, handle } = actor
  return {
    apply: (tx, now) =>
      addReply(tx, {
        id,
        review_id: reviewId,
        actor: actor.id,
        host,
        name,
        handle,
        url,
        tree: JSON.stringify(tree),
        published_at: publishedAt,
        received_at: now,
      }),
    done: forgetPages,
  }
}

/** Only of what is here already. */
export async function changeReply(posted: Posted, actor: RemoteActor): Promise<Effect | undefined> {
  const known = posted.object === undefined ? undefined : await replyById(posted.object)
  if (!known) return undefined
  if (known.actor !== actor.id) return notTheirs(known.id)
  const note = await noteIn(posted)
  // Whoever narrows a reply to followers takes it back from this page.
  if (note && !note.isPublic) return removeReply(known.id, actor)
  if (!note?.tree.length) return undefined
  const { name, handle } = actor
  return {
    async apply(tx) {
      await tx
        .updateTable('fediverse_replies')
        .set({ tree: JSON.stringify(note.tree), name, handle })
        .where('id', '=', known.id)
        .execute()
    },
    done: forgetPages,
  }
}

export async function removeReply(id: string, actor: RemoteActor): Promise<Effect | undefined> {
  const known = await replyById(id)
  if (!known) return undefined
  if (known.actor !== actor.id) return notTheirs(id)
  return {
    async apply(tx) {
      await tx.deleteFrom('fediverse_replies').where('id', '=', id).execute()
    },
    done: forgetPages,
  }
}

const notTheirs = (id: string) =>
  problem(403, 'The activity is about somebody else’s', `${id} is not theirs.`)
