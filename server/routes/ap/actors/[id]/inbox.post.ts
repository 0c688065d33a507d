/** POST /ap/actors/:id/inbox: what other servers send to one of our actors (ActivityPub, 7.1). */
import { defineEventHandler } from 'h3'
import { requireActor } from '../../../../channels/activitypub/documents/require-actor'
import { requireFederation } from '../../../../channels/activitypub/federates'
import { receive } from '../../../../channels/activitypub/inbox/receive'
import { useViews } from '../../../../queries/views'

export default defineEventHandler(async event => {
  requireFederation()
  await requireActor(event, useViews())
  return receive(event)
})
