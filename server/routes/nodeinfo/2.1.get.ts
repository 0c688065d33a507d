/** GET /nodeinfo/2.1: what this server is, for directories of the fediverse. */
import { defineEventHandler } from 'h3'
import { answerDocument } from '../../channels/activitypub/documents/answer'
import { nodeinfo, NODEINFO_TYPE } from '../../channels/activitypub/documents/nodeinfo'

export default defineEventHandler(event =>
  answerDocument(event, {}, nodeinfo, { type: NODEINFO_TYPE }),
)
