/** GET /.well-known/webfinger?resource=acct:NAME@HOST: finds a critic, or the publication, from other servers (RFC 7033). */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { answerDocument } from '../../channels/activitypub/documents/answer'
import { webfinger } from '../../channels/activitypub/documents/webfinger'
import { readQuery } from '../../http/read-input'

const query = z.object({ resource: z.string().min(1).max(500) })

export default defineEventHandler(async event => {
  const { resource } = await readQuery(event, query)
  return answerDocument(event, { resource }, views => webfinger(views, resource), {
    type: 'application/jrd+json',
  })
})
