/** GET /ap/actors/:id/followers: how many follow an actor, but not who. */
import { defineEventHandler } from 'h3'
import { followersUrl } from '../../../../channels/activitypub/addresses'
import { answerFresh } from '../../../../channels/activitypub/documents/answer'
import { countOnly } from '../../../../channels/activitypub/documents/outbox'
import { requireActor } from '../../../../channels/activitypub/documents/require-actor'
import { countFollowers } from '../../../../channels/activitypub/followers/store'

export default defineEventHandler(event =>
  answerFresh(event, async views => {
    const { id } = await requireActor(event, views)
    return countOnly(followersUrl(id), await countFollowers(id))
  }),
)
