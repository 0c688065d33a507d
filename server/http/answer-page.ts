/**
 * Answers with a cached page: compressed in a way that the client accepts, or 304 if the client
 * already has it.
 */
import {
  getRequestHeader,
  type H3Event,
  setResponseHeader,
  setResponseHeaders,
  setResponseStatus,
} from 'h3'
import { type CachedPage, type Encoding, usePageCache } from './page-cache'

/** Sets status and headers, and returns the body. */
export async function answerPage(event: H3Event, page: CachedPage): Promise<Buffer | string> {
  setResponseHeaders(event, {
    ...page.headers,
    etag: page.etag,
    'cache-control': 'no-cache',
    vary: 'accept-encoding',
  })
  if (getRequestHeader(event, 'if-none-match')?.includes(page.etag)) {
    setResponseStatus(event, 304)
    return ''
  }
  const encoding = encodingOf(getRequestHeader(event, 'accept-encoding') ?? '')
  if (encoding !== 'identity') setResponseHeader(event, 'content-encoding', encoding)
  setResponseStatus(event, page.status)
  return usePageCache().encoded(page, encoding)
}

function encodingOf(accepted: string): Encoding {
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'identity'
}
