/** Makes a request that arrives during startup wait until everything is ready. */
import { defineEventHandler } from 'h3'
import { readiness, whenReady } from '../app/readiness'

export default defineEventHandler(async event => {
  if (readiness() === 'starting' && event.path !== '/health' && event.path !== '/ready')
    await whenReady()
})
