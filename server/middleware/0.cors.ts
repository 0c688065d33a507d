/** Lets scripts of other sites read what is public (CORS); they send no cookies, and can change nothing: a POST is a query. */
import { defineEventHandler, setResponseHeaders } from 'h3'

const PUBLIC =
  /^\/(?:api\/(?:(?:reviews|movies|critics)(?:\/[^/]+)?|events|event-map|search)|live|feed\.(?:xml|json)|atom\.xml|sitemap\.xml|(?:openapi|asyncapi)\.json|schemas\/[^/]+|graphql|schema\.graphql|(?:pictures|uploads)\/.+)\/?$/

const READ = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Last-Modified, Link, Retry-After',
}
/** Said before a request that is more than plain (a Last-Event-ID, an If-None-Match). */
const BEFORE = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers':
    'accept, cache-control, content-type, if-modified-since, if-none-match, last-event-id',
  'access-control-max-age': 86400,
}

export default defineEventHandler(event => {
  const path = event.path.split('?')[0]!
  if (!PUBLIC.test(path)) return
  const methods = ['GET', 'HEAD', ...(path.startsWith('/graphql') ? ['POST'] : [])]
  if (methods.includes(event.method)) setResponseHeaders(event, READ)
  if (event.method === 'OPTIONS')
    setResponseHeaders(event, { ...BEFORE, 'access-control-allow-methods': methods.join(', ') })
})
