/** Answers other servers of the fediverse, which ask for a page as a document (ActivityPub, 3.2). */
import { defineEventHandler, getRequestHeader } from 'h3'
import { pageAt, prefersDocument } from '../channels/activitypub/documents/negotiate'
import { answerAsDocument } from '../channels/activitypub/documents/of-page'
import { federates } from '../channels/activitypub/federates'

declare module 'h3' {
  interface H3EventContext {
    /** The page at this address is also a document for other servers. */
    hasDocument?: true
  }
}

export default defineEventHandler(event => {
  if (event.method !== 'GET' || !federates()) return
  const page = pageAt(event.path.split('?')[0]!)
  if (!page) return
  if (prefersDocument(getRequestHeader(event, 'accept'))) return answerAsDocument(event, page)
  // The page itself says so too, because a cache in between must keep them apart.
  event.context.hasDocument = true
})
