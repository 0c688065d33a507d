/**
 * GET /ready: 200 when this process may take traffic; 503 while it starts and from the moment it is
 * told to stop.
 */
import { defineEventHandler, setResponseHeaders, setResponseStatus } from 'h3'
import { readiness } from '../app/readiness'

export default defineEventHandler(event => {
  const status = readiness()
  setResponseHeaders(event, {
    'cache-control': 'no-store',
    ...(status === 'ready' ? {} : { 'retry-after': 1 }),
  })
  setResponseStatus(event, status === 'ready' ? 200 : 503)
  return { status }
})
