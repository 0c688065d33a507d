/** GET /ap/actors/:id/outbox: what an actor has published, a page at a time. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { answerDocument } from '../../../../channels/activitypub/documents/answer'
import { outbox } from '../../../../channels/activitypub/documents/outbox'
import { requireActor } from '../../../../channels/activitypub/documents/require-actor'
import { readQuery } from '../../../../http/read-input'
import { cursor } from '../../../../queries/list-filter'

const query = z.object({ page: z.string().max(10).optional(), after: cursor })

export default defineEventHandler(async event => {
  const asked = await readQuery(event, query)
  return answerDocument(event, asked, async views =>
    outbox(views, await requireActor(event, views), asked),
  )
})
