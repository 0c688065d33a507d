/** Like and Announce: somebody likes a review, or passes it on; they are counted once for each person. */
import { settings } from '../../../config/settings'
import { reviewAbout } from '../replies/reviews'
import { addReaction, forgetPages } from '../replies/store'
import type { Effect } from './effects'
import type { Posted } from './read-activity'
import type { RemoteActor } from './remote-actor'

export const react =
  (kind: 'like' | 'share') =>
  async ({ id, object }: Posted, actor: RemoteActor): Promise<Effect | undefined> => {
    const { siteUrl, fediverseReplies } = settings()
    if (!fediverseReplies || !object?.startsWith(`${siteUrl}/reviews/`)) return undefined
    const reviewId = await reviewAbout(object)
    if (!reviewId) return undefined
    const { host } = actor
    return {
      apply: tx =>
        addReaction(tx, { review_id: reviewId, actor: actor.id, kind, host, activity_id: id }),
      done: forgetPages,
    }
  }
