/** A request that comes while the process starts waits until everything is there. */
import { defineEventHandler } from 'h3'
import { readiness, whenReady } from '../app/readiness'

export default defineEventHandler(async event => {
  if (readiness() === 'starting' && event.path !== '/health' && event.path !== '/ready')
    await whenReady()
})
