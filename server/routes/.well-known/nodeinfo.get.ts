/** GET /.well-known/nodeinfo: where the description of this server is. */
import { defineEventHandler } from 'h3'
import { answerDocument } from '../../channels/activitypub/documents/answer'
import { nodeinfoLinks } from '../../channels/activitypub/documents/nodeinfo'

export default defineEventHandler(event =>
  answerDocument(event, {}, async () => nodeinfoLinks(), { type: 'application/json' }),
)
