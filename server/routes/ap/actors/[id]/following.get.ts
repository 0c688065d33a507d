/** GET /ap/actors/:id/following: whom an actor follows, which is nobody. */
import { defineEventHandler } from 'h3'
import { followingUrl } from '../../../../channels/activitypub/addresses'
import { answerFresh } from '../../../../channels/activitypub/documents/answer'
import { countOnly } from '../../../../channels/activitypub/documents/outbox'
import { requireActor } from '../../../../channels/activitypub/documents/require-actor'

export default defineEventHandler(event =>
  answerFresh(event, async views => {
    const { id } = await requireActor(event, views)
    return countOnly(followingUrl(id), 0)
  }),
)
