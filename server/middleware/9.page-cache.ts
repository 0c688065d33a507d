/** Public pages are answered from memory; one rendering serves all who ask for the same page meanwhile. */
import { defineEventHandler, getRequestHeader, setResponseHeader, setResponseHeaders, setResponseStatus, type H3Event } from 'h3'
import { usePageCache } from '../live'
import type { Encoding, Kept } from '../live/page-cache'

const PUBLIC_PAGE = /^\/(?:$|\?|(?:reviews|movies|critics|genres)(?:[/?]|$)|(?:about|how-we-rate|privacy|developers)(?:\?|$))/

export default defineEventHandler(async (event) => {
  if (event.method !== 'GET' || event.path.length > 300 || !PUBLIC_PAGE.test(event.path) || event.path.includes('_payload.')) return
  const cache = usePageCache(), key = event.path
  // When the one who renders goes away, one of those who waited renders, and the others wait for him.
  for (let known = cache.get(key), begun; known ?? (begun = cache.rendering(key)); known = cache.get(key)) {
    known ??= await begun
    if (known) return answer(event, known)
  }
  const done = cache.begin(key)
  event.context.renderedPage = done
  event.node.res.once('close', () => done())
})

async function answer(event: H3Event, page: Kept) {
  setResponseHeaders(event, { ...page.headers, 'etag': page.etag, 'cache-control': 'no-cache', 'vary': 'accept-encoding' })
  if (getRequestHeader(event, 'if-none-match')?.includes(page.etag)) {
    setResponseStatus(event, 304)
    return ''
  }
  const encoding = encodingOf(getRequestHeader(event, 'accept-encoding') ?? '')
  if (encoding !== 'identity') setResponseHeader(event, 'content-encoding', encoding)
  setResponseStatus(event, page.status)
  return usePageCache().encoded(page, encoding)
}

const encodingOf = (accepted: string): Encoding => /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity'
