/** GET /ap/actors/:id: a critic, or the publication, as an actor (ActivityPub, 4.1). Never kept: its key may change. */
import { defineEventHandler, setResponseHeader } from 'h3'
import { actorDocument } from '../../../../channels/activitypub/documents/actor'
import { ACTIVITY_JSON } from '../../../../channels/activitypub/documents/context'
import { requireActor } from '../../../../channels/activitypub/documents/require-actor'
import { requireFederation } from '../../../../channels/activitypub/federates'
import { answerCacheable } from '../../../../http/answer/answer-cacheable'
import { useViews } from '../../../../queries/views'

export default defineEventHandler(async event => {
  requireFederation()
  const actor = await requireActor(event, useViews())
  setResponseHeader(event, 'access-control-allow-origin', '*')
  return answerCacheable(event, JSON.stringify(await actorDocument(actor)), ACTIVITY_JSON)
})
