/**
 * Answers a method that an address does not support with 405 and Allow, and an unknown API address
 * with 404, so that neither falls through to the page renderer. HEAD is GET without the body.
 */
// @ts-expect-error Nitro makes this module at build time and declares no types for it
import { handlers } from '#nitro-internal-virtual/server-handlers'
import { defineEventHandler, setResponseHeader, setResponseStatus } from 'h3'
import { Problem } from '../http/problem'

interface Handler {
  route?: string
  method?: string
  middleware?: boolean
}

let routes: { pattern: RegExp; method: string }[] | undefined

export default defineEventHandler(event => {
  const path = event.path.split('?')[0]!
  if (event.method === 'HEAD') event._method = 'GET'
  const isApi = path.startsWith('/api/')
  if (event.method === 'GET' && !isApi) return
  const allowed = methodsOf(path)
  if (isApi && !allowed.size)
    throw new Problem(404, 'Not found', 'There is nothing at this address.')
  if (allowed.has(event.method) || allowed.has('ALL')) return
  const allow = [...allowed].sort().join(', ')
  if (event.method !== 'OPTIONS')
    throw new Problem(
      405,
      'Method not allowed',
      `${event.method} does not work here; ${allow} does.`,
      undefined,
      { headers: { allow } },
    )
  setResponseHeader(event, 'allow', allow)
  setResponseStatus(event, 204)
  return ''
})

/**
 * The methods of the routes that match a path; anything outside the API may also be a page, and
 * pages are only read.
 */
function methodsOf(path: string): Set<string> {
  routes ??= (handlers as Handler[])
    .filter(h => h.route && !h.middleware && h.route !== '/**')
    .map(h => ({ pattern: patternOf(h.route!), method: (h.method || 'all').toUpperCase() }))
  const methods = new Set(
    routes.filter(route => route.pattern.test(path)).map(route => route.method),
  )
  if (!path.startsWith('/api/')) methods.add('GET')
  if (methods.has('GET')) methods.add('HEAD')
  return methods
}

/** "/api/reviews/:id/publish" and "/x/**" as patterns. */
function patternOf(route: string): RegExp {
  const parts = route.split('/').map(part => {
    if (part.startsWith('**')) return '.*'
    if (part.startsWith(':')) return '[^/]+'
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('/')}/?$`)
}
