/** Lets scripts of other sites read what is public (CORS); they send no cookies, and can change nothing. */
import { defineEventHandler, setResponseHeaders } from 'h3'

const PUBLIC =
  /^\/(?:api\/(?:(?:reviews|movies|critics)(?:\/[^/]+)?|events|search)|live|feed\.(?:xml|json)|atom\.xml|sitemap\.xml|(?:openapi|asyncapi)\.json|schemas\/[^/]+|(?:pictures|uploads)\/.+)\/?$/

const READ = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Last-Modified, Link, Retry-After',
}
/** Said before a request that is more than plain (a Last-Event-ID, an If-None-Match). */
const BEFORE = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-allow-headers':
    'accept, cache-control, content-type, if-modified-since, if-none-match, last-event-id',
  'access-control-max-age': 86400,
}

export default defineEventHandler(event => {
  if (!PUBLIC.test(event.path.split('?')[0]!)) return
  if (event.method === 'GET' || event.method === 'HEAD') setResponseHeaders(event, READ)
  if (event.method === 'OPTIONS') setResponseHeaders(event, BEFORE)
})
