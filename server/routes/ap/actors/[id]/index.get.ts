/** GET /ap/actors/:id: a critic, or the publication, as an actor (ActivityPub, 4.1). */
import { defineEventHandler } from 'h3'
import { actorDocument } from '../../../../channels/activitypub/documents/actor'
import { answerFresh } from '../../../../channels/activitypub/documents/answer'
import { requireActor } from '../../../../channels/activitypub/documents/require-actor'

export default defineEventHandler(event =>
  answerFresh(event, async views => actorDocument(await requireActor(event, views))),
)
