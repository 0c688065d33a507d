/**
 * Public answers that anyone may cache but must revalidate: an ETag, and 304 when nothing changed
 * (RFC 9110, 8.8.3 and 13.1.2).
 */
import { createHash } from 'node:crypto'
import {
  getRequestHeader,
  type H3Event,
  setResponseHeader,
  setResponseHeaders,
  setResponseStatus,
} from 'h3'

/**
 * Sends `body` as `type` (default JSON), or nothing with 304. It may be cached for `seconds`
 * without asking again.
 */
export function answerCacheable<Body extends string | Buffer>(
  event: H3Event,
  body: Body,
  type = 'application/json',
  seconds = 0,
): Body | '' {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
  setResponseHeaders(event, {
    etag,
    'cache-control': `public, max-age=${seconds}, must-revalidate`,
  })
  if (known(getRequestHeader(event, 'if-none-match'), etag)) {
    setResponseStatus(event, 304)
    return ''
  }
  setResponseHeader(
    event,
    'content-type',
    typeof body === 'string' ? `${type}; charset=utf-8` : type,
  )
  return body
}

/**
 * Compared weakly, as If-None-Match requires: a proxy that compresses turns our tag into a weak
 * one.
 */
const known = (header: string | undefined, etag: string) =>
  header !== undefined &&
  header
    .split(',')
    .map(tag => tag.trim().replace(/^W\//, ''))
    .some(tag => tag === etag || tag === '*')
