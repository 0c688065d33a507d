/**
 * Answers public pages from memory; one rendering serves all simultaneous requests for the same
 * page.
 */
import { defineEventHandler } from 'h3'
import { answerPage } from '../http/answer-page'
import { usePageCache } from '../http/page-cache'

const PUBLIC_PAGE =
  /^\/(?:$|\?|(?:reviews|movies|critics|genres)(?:[/?]|$)|(?:about|how-we-rate|privacy|developers)(?:\?|$))/

export default defineEventHandler(async event => {
  if (
    event.method !== 'GET' ||
    event.path.length > 300 ||
    !PUBLIC_PAGE.test(event.path) ||
    event.path.includes('_payload.')
  )
    return
  const cache = usePageCache()
  const key = event.path
  // If the request that renders is closed, one of those that waited renders next, and the others
  // wait for it.
  for (
    let known = cache.get(key), begun;
    known ?? (begun = cache.rendering(key));
    known = cache.get(key)
  ) {
    known ??= await begun
    if (known) return answerPage(event, known)
  }
  const done = cache.begin(key)
  event.context.renderedPage = done
  event.node.res.once('close', () => done())
})
